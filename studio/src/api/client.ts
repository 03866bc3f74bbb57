// The only place that calls the server. Addresses are relative to the page, so that the studio works below any path.
import { ApiError, problemOf, unreachable } from './problem'
import { backoff, eventsOf, type ServerEvent } from './sse'
import type {
  Check, Evaluation, Formatted, Json, Proposal, Queue, RulesSummary, Run, RunPage, RunStatus, Saved, Started, Task, TaskPage, TaskStatus, Workflow, WorkflowSummary,
} from './types'

export interface Connection {
  /** The bearer token, or null when the server asks for none. */
  token(): string | null
  /** The server refused the token (or its absence). */
  refused(): void
}

export interface RunFilter { readonly workflow?: string | undefined, readonly status?: RunStatus | undefined, readonly cursor?: string | undefined, readonly limit?: number }

export interface TaskFilter { readonly status?: TaskStatus | undefined, readonly run?: string | undefined, readonly cursor?: string | undefined, readonly limit?: number }

export type RunEvent =
  | { readonly kind: 'run', readonly run: Run }
  | { readonly kind: 'entry', readonly sequence: string | null, readonly entry: { readonly kind: string, readonly path?: string, readonly at?: string } }
  | { readonly kind: 'end' }
  /** The connection broke; the next attempt comes by itself. */
  | { readonly kind: 'broken', readonly attempt: number }

export type GenerateEvent =
  | { readonly kind: 'progress', readonly round: number, readonly message: string }
  | { readonly kind: 'text', readonly delta: string }
  | { readonly kind: 'result', readonly proposal: Proposal }
  | { readonly kind: 'problem', readonly code: string, readonly detail: string }

const part = encodeURIComponent

export class Client {
  constructor(private readonly connection: Connection, private readonly base = 'api/v1') {}

  workflows(signal?: AbortSignal) {
    return this.json<{ workflows: WorkflowSummary[] }>('GET', '/workflows', { signal }).then(answer => answer.workflows)
  }

  workflow(name: string, signal?: AbortSignal) {
    return this.json<Workflow>('GET', `/workflows/${part(name)}`, { signal })
  }

  save(name: string, text: string) {
    return this.json<Saved>('PUT', `/workflows/${part(name)}`, { text })
  }

  /** @param workflow which of the text's workflows is drawn; the first when it is null or not declared */
  check(text: string, workflow: string | null, signal?: AbortSignal) {
    return this.json<Check>('POST', workflow === null ? '/check' : `/check?workflow=${part(workflow)}`, { text, signal })
  }

  format(text: string) {
    return this.json<Formatted>('POST', '/format', { text })
  }

  start(workflow: string, input: Json, key: string) {
    return this.json<Started>('POST', `/workflows/${part(workflow)}/runs`, { body: input, headers: { 'Idempotency-Key': key } })
  }

  runs(filter: RunFilter, signal?: AbortSignal) {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(filter)) if (value !== undefined && value !== '') query.set(name, String(value))
    return this.json<RunPage>('GET', `/runs?${query}`, { signal })
  }

  run(id: string, signal?: AbortSignal) {
    return this.json<Run>('GET', `/runs/${part(id)}`, { signal })
  }

  cancel(id: string) {
    return this.json<unknown>('POST', `/runs/${part(id)}/cancel`, {})
  }

  pause(id: string) {
    return this.json<unknown>('POST', `/runs/${part(id)}/pause`, {})
  }

  resume(id: string) {
    return this.json<unknown>('POST', `/runs/${part(id)}/resume`, {})
  }

  tasks(filter: TaskFilter, signal?: AbortSignal) {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(filter)) if (value !== undefined && value !== '') query.set(name, String(value))
    return this.json<TaskPage>('GET', `/tasks?${query}`, { signal })
  }

  answer(task: string, answer: Json) {
    return this.json<Task>('POST', `/tasks/${part(task)}/answer`, { body: answer })
  }

  rules(signal?: AbortSignal) {
    return this.json<{ rules: RulesSummary[] }>('GET', '/rules', { signal }).then(answer => answer.rules)
  }

  evaluate(name: string, input: Json) {
    return this.json<Evaluation>('POST', `/rules/${part(name)}/evaluate`, { body: input })
  }

  queue(signal?: AbortSignal) {
    return this.json<Queue>('GET', '/queue', { signal })
  }

  /** Follows a run until it ends or the signal aborts, resuming after the last entry seen whenever the connection breaks. */
  async* follow(id: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
    let last: string | null = null
    for (let failures = 0; !signal.aborted;) {
      try {
        const headers: Record<string, string> = { Accept: 'text/event-stream' }
        if (last !== null) headers['Last-Event-ID'] = last
        const response = await this.send('GET', `/runs/${part(id)}/events`, { headers, signal })
        for await (const event of eventsOf(response)) {
          failures = 0
          last = event.id ?? last
          const read = runEvent(event)
          if (read) yield read
          if (read?.kind === 'end') return
        }
      } catch (error) {
        if (signal.aborted) return
        // The server said no (unknown run, no right): trying again changes nothing.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) throw error
      }
      if (signal.aborted) return
      failures++
      yield { kind: 'broken', attempt: failures }
      await pause(backoff(failures, Math.random), signal)
    }
  }

  /** Asks for a text in plain words; the last event is a result or a problem. */
  async* generate(prompt: string, current: string | null, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const body = current === null ? { prompt } : { prompt, current }
    const response = await this.send('POST', '/generate', { body, headers: { Accept: 'text/event-stream' }, signal })
    let ended = false
    for await (const { event, data } of eventsOf(response)) {
      if (event !== 'progress' && event !== 'text' && event !== 'result' && event !== 'problem') continue
      const value = JSON.parse(data)
      if (event === 'result') yield { kind: 'result', proposal: value }
      else yield { kind: event, ...value }
      ended ||= event === 'result' || event === 'problem'
    }
    if (!ended && !signal.aborted) yield { kind: 'problem', code: 'cut', detail: 'The connection ended before the answer was complete. Try again.' }
  }

  private async json<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const response = await this.send(method, path, options)
    const text = await response.text()
    return (text === '' ? null : JSON.parse(text)) as T
  }

  private async send(method: string, path: string, { text, body, headers = {}, signal }: RequestOptions): Promise<Response> {
    const all: Record<string, string> = { Accept: 'application/json', ...headers }
    const token = this.connection.token()
    if (token !== null) all.Authorization = `Bearer ${token}`
    if (text !== undefined) all['Content-Type'] = 'text/plain; charset=utf-8'
    if (body !== undefined) all['Content-Type'] = 'application/json'
    let response: Response
    try {
      response = await fetch(this.base + path, { method, headers: all, body: text ?? (body === undefined ? null : JSON.stringify(body)), signal: signal ?? null })
    } catch (error) {
      if (signal?.aborted) throw error
      throw unreachable()
    }
    if (response.ok) return response
    if (response.status === 401) this.connection.refused()
    throw await problemOf(response)
  }
}

interface RequestOptions {
  readonly text?: string
  readonly body?: Json | undefined
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal | undefined
}

function runEvent({ id, event, data }: ServerEvent): RunEvent | null {
  switch (event) {
    case 'run': return { kind: 'run', run: JSON.parse(data) }
    case 'entry': return { kind: 'entry', sequence: id, entry: JSON.parse(data) }
    case 'end': return { kind: 'end' }
    default: return null
  }
}

function pause(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
