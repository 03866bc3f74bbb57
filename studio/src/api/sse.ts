// Server-sent events over fetch: EventSource cannot send an Authorization header.

export interface ServerEvent { readonly id: string | null, readonly event: string, readonly data: string }

/** Cuts a stream of text into events. Feed it pieces of any size; it gives back the events that are complete. */
export class EventCutter {
  private rest = ''
  private id: string | null = null

  push(text: string): ServerEvent[] {
    this.rest += text
    const events: ServerEvent[] = []
    for (;;) {
      // A lone \r at the very end may be half of a \r\n: leave it for the next piece.
      const found = /\r\n\r\n|\n\n|\r\r(?!$)/.exec(this.rest)
      if (!found) return events
      const block = this.rest.slice(0, found.index)
      this.rest = this.rest.slice(found.index + found[0].length)
      const event = this.parse(block)
      if (event) events.push(event)
    }
  }

  private parse(block: string): ServerEvent | null {
    let event = 'message'
    const data: string[] = []
    for (const line of block.split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(':')
      if (colon === 0 || line === '') continue
      const field = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (field === 'event') event = value
      else if (field === 'data') data.push(value)
      else if (field === 'id' && !value.includes('\0')) this.id = value
    }
    return data.length === 0 && event === 'message' ? null : { id: this.id, event, data: data.join('\n') }
  }
}

/** The events of one answer, until it ends or breaks. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) return
  const cutter = new EventCutter()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* cutter.push(value)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** How long to wait before attempt n (from 1), in milliseconds: doubling from 0.5 s to 15 s, with jitter so that many tabs do not return at once. */
export function backoff(attempt: number, random: () => number): number {
  return Math.min(15_000, 500 * 2 ** (attempt - 1)) * (0.5 + random() / 2)
}
