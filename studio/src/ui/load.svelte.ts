// Something the server has, with its three states: on its way, here, not to be had.
import { ApiError } from '../api/problem'
import { session } from './app.svelte'

export class Loaded<T> {
  value = $state.raw<T | null>(null)
  error = $state.raw<unknown>(null)
  loading = $state(true)
  private abort: AbortController | null = null

  constructor(private readonly fetch: (signal: AbortSignal) => Promise<T>) {}

  /** Loads again; what was shown stays until the new value is here. */
  async load(): Promise<void> {
    this.abort?.abort()
    const { signal } = this.abort = new AbortController()
    this.loading = true
    try {
      const value = await this.fetch(signal)
      if (signal.aborted) return
      this.value = value
      this.error = null
    } catch (error) {
      // Not signed in: the sign-in stands over the page, which loads again after it.
      if (signal.aborted || (error instanceof ApiError && error.status === 401)) return
      this.error = error
    }
    this.loading = false
  }

  stop() {
    this.abort?.abort()
  }
}

/** Loads now, after each sign-in, whenever `depends` changes, and every `every` milliseconds while the page is seen. For a component's start. */
export function loaded<T>(fetch: (signal: AbortSignal) => Promise<T>, depends: () => unknown = () => null, every: number | null = null): Loaded<T> {
  const it = new Loaded(fetch)
  $effect(() => {
    void session.round
    depends()
    void it.load()
    const timer = every === null ? 0 : setInterval(() => {
      if (!document.hidden && !session.asked) void it.load()
    }, every)
    return () => {
      clearInterval(timer)
      it.stop()
    }
  })
  return it
}
