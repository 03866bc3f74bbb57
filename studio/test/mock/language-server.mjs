// A language server of a few lines: diagnostics, completion of names in the text, hover and definition.
import { compile } from './compiler.mjs'

const KEYWORDS = ['let', 'step', 'if', 'for', 'parallel', 'wait', 'log', 'return', 'fail', 'emit', 'try', 'retry', 'timeout', 'on error continue']
const ABOUT = {
  'http.get': '**http.get**(url: string, headers?: { [name]: string }, accept?: [int]) → { status: int, body: json }\n\nFetches a resource. Fails on 4xx and 5xx.',
  'http.post': '**http.post**(url: string, body?: json, headers?: { [name]: string }) → { status: int, body: json }\n\nSends JSON. Fails on 4xx and 5xx.',
  step: 'An effect: journaled, retried as its policies say, never done again once it is done.',
  retry: '`retry N times [from D [to D]]`\n\nN further attempts with growing pauses.',
}

export function languageServer(socket) {
  const texts = new Map()
  const send = message => socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }))
  const publish = (uri, version) => send({
    method: 'textDocument/publishDiagnostics',
    params: {
      uri, version,
      diagnostics: compile(texts.get(uri)).diagnostics.map(({ code, message, start, end, hint, fixes }) => ({
        code, message, severity: 1, source: 'weir', data: { hint, fixes },
        range: { start: { line: start.line - 1, character: start.column - 1 }, end: { line: end.line - 1, character: end.column - 1 } },
      })),
    },
  })
  const wordAt = (uri, { line, character }) => {
    const text = texts.get(uri).split('\n')[line] ?? ''
    for (const match of text.matchAll(/[A-Za-z_][\w.]*/g)) if (match.index <= character && match.index + match[0].length >= character) return { word: match[0], from: match.index, line }
    return null
  }
  const handlers = {
    initialize: () => ({ capabilities: { textDocumentSync: { openClose: true, change: 2 }, completionProvider: { triggerCharacters: ['.'] }, hoverProvider: true, definitionProvider: true, documentFormattingProvider: true } }),
    'textDocument/completion': ({ textDocument }) => ({
      isIncomplete: false,
      items: [
        ...KEYWORDS.map(label => ({ label, kind: 14 })),
        ...Object.keys(ABOUT).filter(label => label.includes('.')).map(label => ({ label, kind: 3, detail: 'action', documentation: { kind: 'markdown', value: ABOUT[label] } })),
        ...[...new Set([...texts.get(textDocument.uri).matchAll(/(?:let|step|for) (\w+)/g)].map(match => match[1]))].map(label => ({ label, kind: 6 })),
      ],
    }),
    'textDocument/hover': ({ textDocument, position }) => {
      const at = wordAt(textDocument.uri, position)
      return at && ABOUT[at.word] ? { contents: { kind: 'markdown', value: ABOUT[at.word] } } : null
    },
    'textDocument/definition': ({ textDocument, position }) => {
      const at = wordAt(textDocument.uri, position)
      if (!at) return null
      const lines = texts.get(textDocument.uri).split('\n')
      const line = lines.findIndex(text => new RegExp(`\\b(?:let|step|for|rules|function)\\s+${at.word.split('.')[0]}\\b`).test(text))
      if (line < 0) return null
      const character = lines[line].indexOf(at.word.split('.')[0])
      return { uri: textDocument.uri, range: { start: { line, character }, end: { line, character: character + at.word.length } } }
    },
    shutdown: () => null,
  }
  socket.on('message', data => {
    const { id, method, params } = JSON.parse(String(data))
    if (method === 'textDocument/didOpen') {
      texts.set(params.textDocument.uri, params.textDocument.text)
      publish(params.textDocument.uri, params.textDocument.version)
    } else if (method === 'textDocument/didChange') {
      let text = texts.get(params.textDocument.uri) ?? ''
      for (const { range, text: insert } of params.contentChanges) text = range ? splice(text, range, insert) : insert
      texts.set(params.textDocument.uri, text)
      publish(params.textDocument.uri, params.textDocument.version)
    } else if (id !== undefined) {
      const handler = handlers[method]
      if (handler) send({ id, result: handler(params) })
      else send({ id, error: { code: -32601, message: `no ${method}` } })
    }
  })
}

function splice(text, { start, end }, insert) {
  const lines = text.split('\n')
  const offset = ({ line, character }) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character
  return text.slice(0, offset(start)) + insert + text.slice(offset(end))
}
