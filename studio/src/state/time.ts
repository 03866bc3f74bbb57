// Times in words. The clock is handed in.

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time as short as it is still exact enough: `12 ms`, `1.4 s`, `2 m 5 s`, `3 h 12 m`, `2 d 4 h`. */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 1) return '0 ms'
  if (ms < SECOND) return `${Math.round(ms)} ms`
  if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toString()} s`
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return pair(ms, MINUTE, 'm', SECOND, 's')
  if (ms < DAY) return pair(ms, HOUR, 'h', MINUTE, 'm')
  return pair(ms, DAY, 'd', HOUR, 'h')
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string) {
  const rest = Math.floor((ms % big) / small)
  return `${Math.floor(ms / big)} ${bigUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`
}

/** How long ago: `just now`, `5 min ago`, `yesterday`, then the date. */
export function ago(at: string, now: number): string {
  const time = Date.parse(at)
  if (Number.isNaN(time)) return ''
  const passed = now - time
  if (passed < 10 * SECOND) return 'just now'
  if (passed < MINUTE) return `${Math.floor(passed / SECOND)} s ago`
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`
  if (passed < 2 * DAY) return 'yesterday'
  if (passed < 14 * DAY) return `${Math.floor(passed / DAY)} days ago`
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: new Date(time).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric' }).format(time)
}

/** A moment to the millisecond in the reader's zone, for a tooltip. */
export function moment(at: string): string {
  const time = Date.parse(at)
  return Number.isNaN(time) ? at : new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' }).format(time)
}

/** The time between two moments in milliseconds; an open end counts until now. Null when it has not begun. */
export function between(start: string | null, end: string | null, now: number): number | null {
  if (start === null) return null
  const from = Date.parse(start)
  const to = end === null ? now : Date.parse(end)
  return Number.isNaN(from) || Number.isNaN(to) ? null : Math.max(0, to - from)
}

/** What is left until a moment: `in 12 s`, `now` when it is due. */
export function until(at: string, now: number): string {
  const left = Date.parse(at) - now
  return left <= 0 ? 'now' : `in ${duration(left < MINUTE ? Math.max(1, Math.round(left / SECOND)) * SECOND : left)}`
}
