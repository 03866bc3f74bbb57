// What every page shares: the server, the sign-in, the route, the theme, the clock and messages.
import { Client } from '../api/client'
import { href, parseRoute, type Route } from '../state/route'

const TOKEN = 'weir.token'
const THEME = 'weir.theme'

// ---- sign-in

class Session {
  token = $state<string | null>(stored(sessionStorage, TOKEN))
  /** The server asks for a token: the sign-in is shown over the page, which keeps its state. */
  asked = $state(false)
  /** Whether a token was given and not accepted. */
  refused = $state(false)
  /** Counts sign-ins, so that pages load again after one. */
  round = $state(0)

  signIn(token: string) {
    this.token = token.trim()
    keep(sessionStorage, TOKEN, this.token)
    this.asked = false
    this.round++
  }

  refuse() {
    this.refused = this.token !== null
    this.asked = true
  }

  signOut() {
    this.token = null
    keep(sessionStorage, TOKEN, null)
    this.refused = false
    this.asked = true
  }
}

export const session = new Session()

export const api = new Client({ token: () => session.token, refused: () => session.refuse() })

// ---- route

/** Says whether the page may be left; asks the person when something would be lost. */
type Guard = (to: Route) => Promise<boolean>

class Router {
  route = $state<Route>(parseRoute(location.hash))
  private guard: Guard | null = null
  private shown = location.hash

  constructor() {
    addEventListener('hashchange', () => void this.moved())
  }

  /** One guard at a time: the page that has something to lose. Returns what removes it. */
  protect(guard: Guard): () => void {
    this.guard = guard
    return () => {
      if (this.guard === guard) this.guard = null
    }
  }

  go(route: Route) {
    location.hash = href(route)
  }

  /** Changes the address without asking and without a new entry in the history: the page stays what it is. */
  replace(route: Route) {
    this.shown = href(route)
    history.replaceState(null, '', this.shown)
    this.route = route
  }

  private async moved() {
    if (location.hash === this.shown) return
    const wanted = location.hash
    const to = parseRoute(wanted)
    if (this.guard) {
      history.replaceState(null, '', this.shown || '#/')
      if (!await this.guard(to)) return
      history.pushState(null, '', wanted)
    }
    this.shown = wanted
    this.route = to
    scrollTo(0, 0)
  }
}

export const router = new Router()

// ---- theme

export type Theme = 'system' | 'light' | 'dark'

class Look {
  theme = $state<Theme>(themeOf(stored(localStorage, THEME)))
  private readonly system = matchMedia('(prefers-color-scheme: dark)')
  private systemDark = $state(this.system.matches)
  dark = $derived(this.theme === 'dark' || (this.theme === 'system' && this.systemDark))

  constructor() {
    this.system.addEventListener('change', event => {
      this.systemDark = event.matches
      this.apply()
    })
    this.apply()
  }

  toggle() {
    const next = this.dark ? 'light' : 'dark'
    this.theme = (next === 'dark') === this.systemDark ? 'system' : next
    keep(localStorage, THEME, this.theme === 'system' ? null : this.theme)
    this.apply()
  }

  private apply() {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light'
  }
}

export const look = new Look()

// ---- clock

class Clock {
  /** Moves twice a second; what shows a time that passes reads it. */
  now = $state(Date.now())

  constructor() {
    setInterval(() => {
      if (!document.hidden) this.now = Date.now()
    }, 500)
  }
}

export const clock = new Clock()

// ---- messages

export interface Message { readonly id: number, readonly tone: 'good' | 'bad' | 'plain', readonly text: string, readonly link?: { readonly label: string, readonly href: string } }

class Messages {
  list = $state.raw<readonly Message[]>([])
  private next = 0

  say(tone: Message['tone'], text: string, link?: Message['link']) {
    const id = this.next++
    // Said again, it is said once.
    this.list = [...this.list.filter(message => message.text !== text).slice(-2), { id, tone, text, ...(link ? { link } : {}) }]
    setTimeout(() => this.dismiss(id), tone === 'bad' ? 9_000 : 5_000)
  }

  clear() {
    this.list = []
  }

  dismiss(id: number) {
    this.list = this.list.filter(message => message.id !== id)
  }
}

export const messages = new Messages()

// ---- storage that may be blocked

function stored(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}

function keep(storage: Storage, key: string, value: string | null) {
  try {
    if (value === null) storage.removeItem(key)
    else storage.setItem(key, value)
  } catch {
    // A browser that keeps nothing forgets at the next load; everything else works.
  }
}

function themeOf(value: string | null): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}
