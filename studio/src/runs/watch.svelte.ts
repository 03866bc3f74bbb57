// A run followed while it goes on.
import { nodeStates, timeline, UNWATCHED, advance, type Watched } from '../state/run'
import { api } from '../ui/app.svelte'

export class Watch {
  id = $state<string | null>(null)
  error = $state.raw<unknown>(null)
  private watched = $state.raw<Watched>(UNWATCHED)
  private abort: AbortController | null = null

  run = $derived(this.watched.run)
  connected = $derived(this.watched.connected)
  states = $derived(nodeStates(this.watched.run?.steps ?? []))
  items = $derived(timeline(this.watched.run?.steps ?? []))

  async follow(id: string): Promise<void> {
    this.stop()
    const { signal } = this.abort = new AbortController()
    this.id = id
    this.error = null
    this.watched = UNWATCHED
    try {
      for await (const event of api.follow(id, signal)) {
        if (signal.aborted) return
        this.watched = advance(this.watched, event)
      }
    } catch (error) {
      if (!signal.aborted) this.error = error
    }
  }

  stop() {
    this.abort?.abort()
    this.abort = null
  }

  forget() {
    this.stop()
    this.id = null
    this.watched = UNWATCHED
    this.error = null
  }
}
