// The language server over a WebSocket: completion, hover, definition, colours, actions. It comes back by itself when the connection breaks.
import { findReferencesKeymap, LSPClient, hoverTooltips, jumpToDefinitionKeymap, renameKeymap, serverCompletion, signatureHelp, type Transport } from '@codemirror/lsp-client'
import { keymap } from '@codemirror/view'
import DOMPurify from 'dompurify'
import { backoff } from '../api/sse'
import type { Diagnostic } from '../api/types'
import { fromLanguageServer } from '../state/problems'
import { actions } from './actions'
import { weirLanguage } from './language'
import { semantics } from './semantics'

export interface Listener {
  /** A client to attach the text to; null while there is none. Each connection brings a new one, which knows nothing of the one before. */
  attach(client: LSPClient | null): void
  /** Diagnostics of the text as it is now in the editor. */
  problems(diagnostics: readonly Diagnostic[]): void
}

/** Connects, and connects again whenever the connection breaks, until the returned function is called. */
export function connect(token: string | null, listener: Listener): () => void {
  const address = new URL('lsp', location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let closed = false

  const open = () => {
    const made = new WebSocket(address, token === null ? [] : [`weir.bearer.${base64url(token)}`])
    socket = made
    made.onopen = () => {
      const client = clientFor(listener)
      client.connect(transport(made)).initializing.then(() => {
        failures = 0
        if (!closed) listener.attach(client)
      }, () => made.close())
    }
    made.onclose = () => {
      if (closed) return
      listener.attach(null)
      failures++
      timer = setTimeout(open, backoff(failures, Math.random))
    }
  }
  open()
  return () => {
    closed = true
    clearTimeout(timer)
    listener.attach(null)
    // What was said last, that the text is closed, is on its way in this turn.
    setTimeout(() => socket?.close())
  }
}

function clientFor(listener: Listener): LSPClient {
  return new LSPClient({
    rootUri: 'file:///workflows',
    timeout: 10_000,
    sanitizeHTML: html => DOMPurify.sanitize(html),
    highlightLanguage: name => name === '' || name === 'weir' ? weirLanguage : null,
    extensions: [serverCompletion({ override: true }), hoverTooltips({ hoverTime: 350 }), signatureHelp(), semantics, actions, keymap.of([...jumpToDefinitionKeymap, ...renameKeymap, ...findReferencesKeymap])],
    notificationHandlers: {
      'textDocument/publishDiagnostics': (client, params: { uri: string, version?: number | null, diagnostics: unknown[] }) => {
        const file = client.workspace.getFile(params.uri)
        const view = file?.getView()
        const current = file && view && file.doc.eq(view.state.doc) && (params.version === undefined || params.version === null || params.version === file.version)
        if (current) listener.problems(params.diagnostics.flatMap(sent => fromLanguageServer(sent, params.uri) ?? []))
        return true
      },
    },
  })
}

function transport(socket: WebSocket): Transport {
  const handlers = new Set<(message: string) => void>()
  socket.onmessage = event => {
    for (const handler of handlers) handler(String(event.data))
  }
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
      // Only who waits for an answer has to hear that there will be none.
      else if (message.startsWith('{"jsonrpc":"2.0","id"')) throw new Error('The connection to the language server is closed.')
    },
    subscribe(handler) {
      handlers.add(handler)
    },
    unsubscribe(handler) {
      handlers.delete(handler)
    },
  }
}

function base64url(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
