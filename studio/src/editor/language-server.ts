// The language server over a WebSocket: completion, hover, definition. It comes back by itself when the connection breaks.
import { LSPClient, hoverTooltips, jumpToDefinitionKeymap, renameKeymap, serverCompletion, signatureHelp, type Transport } from '@codemirror/lsp-client'
import { keymap } from '@codemirror/view'
import DOMPurify from 'dompurify'
import { backoff } from '../api/sse'
import type { Diagnostic } from '../api/types'
import { fromLanguageServer } from '../state/problems'
import { weirLanguage } from './language'

export interface LanguageServer {
  readonly client: LSPClient
  close(): void
}

export interface Heard {
  /** Diagnostics of the text as it is now in the editor. */
  problems(uri: string, diagnostics: readonly Diagnostic[]): void
}

export function connect(token: string | null, heard: Heard): LanguageServer {
  const client = new LSPClient({
    rootUri: 'file:///workflows',
    timeout: 10_000,
    sanitizeHTML: html => DOMPurify.sanitize(html),
    highlightLanguage: name => name === '' || name === 'weir' ? weirLanguage : null,
    extensions: [serverCompletion({ override: true }), hoverTooltips({ hoverTime: 350 }), signatureHelp(), keymap.of([...jumpToDefinitionKeymap, ...renameKeymap])],
    notificationHandlers: {
      'textDocument/publishDiagnostics': (_, params: { uri: string, version?: number | null, diagnostics: unknown[] }) => {
        const file = client.workspace.getFile(params.uri)
        const view = file?.getView()
        const current = file && view && file.doc.eq(view.state.doc) && (params.version === undefined || params.version === null || params.version === file.version)
        if (current) heard.problems(params.uri, params.diagnostics.flatMap(sent => fromLanguageServer(sent, params.uri) ?? []))
        return true
      },
    },
  })
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let closed = false

  const open = () => {
    const address = new URL('lsp', location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    address.hash = ''
    const made = new WebSocket(address, token === null ? [] : [`weir.bearer.${base64url(token)}`])
    socket = made
    made.onopen = () => {
      failures = 0
      client.connect(transport(made)).initializing.catch(() => made.close())
    }
    made.onclose = () => {
      if (client.connected) client.disconnect()
      if (closed) return
      failures++
      timer = setTimeout(open, backoff(failures, Math.random))
    }
  }
  open()
  return {
    client,
    close() {
      closed = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}

function transport(socket: WebSocket): Transport {
  const handlers = new Set<(message: string) => void>()
  socket.onmessage = event => {
    for (const handler of handlers) handler(String(event.data))
  }
  return {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('The connection to the language server is closed.')
      socket.send(message)
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
