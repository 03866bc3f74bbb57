import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Client, type RunEvent } from './client'
import { ApiError } from './problem'
import { backoff, EventCutter } from './sse'

describe('server-sent events', () => {
  it('are the same however the stream is cut', () => {
    const text = ': hello\n\nid: 7\nevent: entry\ndata: {"a":\ndata: 1}\n\nevent: end\r\ndata:\r\n\r\ndata: plain\n\n'
    const whole = new EventCutter().push(text)
    expect(whole).toEqual([{ id: '7', event: 'entry', data: '{"a":\n1}' }, { id: '7', event: 'end', data: '' }, { id: '7', event: 'message', data: 'plain' }])
    const cutter = new EventCutter()
    expect([...text].flatMap(sign => cutter.push(sign))).toEqual(whole)
  })

  it('are asked for again after pauses that grow, but not without end', () => {
    expect([1, 2, 3, 10].map(attempt => backoff(attempt, () => 1))).toEqual([500, 1_000, 2_000, 15_000])
    expect(backoff(1, () => 0)).toBe(250)
  })
})

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void
const servers: (() => void)[] = []
afterEach(() => servers.splice(0).forEach(close => close()))

async function client(handler: Handler, token: string | null = null) {
  let refused = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', piece => { body += piece }).on('end', () => handler(request, response, body))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  servers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
  return { api: new Client({ token: () => token, refused: () => { refused++ } }, base), refusals: () => refused, stop: () => server.closeAllConnections() }
}

describe('the client', () => {
  it('sends the token, the text as text and the input as JSON', async () => {
    const seen: unknown[] = []
    const { api } = await client((request, response, body) => {
      seen.push([request.method, request.url, request.headers.authorization, request.headers['content-type'], request.headers['idempotency-key'], body])
      response.end('{"id":"1"}')
    }, 'secret')
    await api.save('a b', 'workflow')
    await api.start('a b', { n: 1 }, 'key')
    expect(seen).toEqual([
      ['PUT', '/api/v1/workflows/a%20b', 'Bearer secret', 'text/plain; charset=utf-8', undefined, 'workflow'],
      ['POST', '/api/v1/workflows/a%20b/runs', 'Bearer secret', 'application/json', 'key', '{"n":1}'],
    ])
  })

  it('tells what the server said, whatever it sent', async () => {
    const { api, refusals } = await client((request, response) => {
      if (request.url!.endsWith('/queue')) response.writeHead(401).end('{"code":"unauthorized","detail":"A token is needed."}')
      else response.writeHead(502).end('<html>Bad gateway')
    })
    await expect(api.queue()).rejects.toMatchObject({ status: 401, code: 'unauthorized', message: 'A token is needed.' })
    expect(refusals()).toBe(1)
    await expect(api.workflows()).rejects.toMatchObject({ status: 502, code: 'http-502' })
  })

  it('says when nothing answers', async () => {
    const api = new Client({ token: () => null, refused: () => {} }, 'http://127.0.0.1:1/api/v1')
    await expect(api.workflows()).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  })

  it('follows a run through a broken connection, from the last entry it has seen', async () => {
    const asked: (string | undefined)[] = []
    const { api } = await client((request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined)
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      if (asked.length === 1) {
        response.write('id: 1\nevent: entry\ndata: {"kind":"started"}\n\n')
        setTimeout(() => response.destroy(), 20)
      } else response.end('id: 2\nevent: entry\ndata: {"kind":"done"}\n\nevent: end\ndata: {}\n\n')
    })
    const events: RunEvent[] = []
    for await (const event of api.follow('1', new AbortController().signal)) events.push(event)
    expect(asked).toEqual([undefined, '1'])
    expect(events.map(event => event.kind)).toEqual(['entry', 'broken', 'entry', 'end'])
  })

  it('gives up on a run that is not there', async () => {
    const { api } = await client((_, response) => response.writeHead(404).end('{"code":"not_found","detail":"No run."}'))
    const all = async () => {
      for await (const _ of api.follow('1', new AbortController().signal)) void _
    }
    await expect(all()).rejects.toBeInstanceOf(ApiError)
  })

  it('says when a generation ends without a result', async () => {
    const { api } = await client((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.end('event: progress\ndata: {"round":1,"message":"writing"}\n\nevent: text\ndata: {"delta":"wor"}\n\n')
    })
    const kinds: string[] = []
    for await (const event of api.generate('x', null, new AbortController().signal)) kinds.push(event.kind === 'problem' ? event.code : event.kind)
    expect(kinds).toEqual(['progress', 'text', 'cut'])
  })
})
