// A server with the API of Weir and nothing behind it, for working on the studio and for its tests.
// PORT (5171), WEIR_TOKEN (asks for a bearer token), MOCK_EMPTY=1 (nothing deployed), MOCK_PACE (0.1: runs ten times as fast).
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { compile, exampleOf, graphOf } from './mock/compiler.mjs'
import { languageServer } from './mock/language-server.mjs'
import { Player } from './mock/player.mjs'
import { STANDALONE_RULES, TEXTS } from './mock/texts.mjs'

const port = Number(process.env.PORT ?? 5171)
const token = process.env.WEIR_TOKEN ?? null
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const player = new Player()
/** name → { version, text, file, compiled, versions, updatedAt } */
const deployed = new Map()
const standalone = compile(STANDALONE_RULES).rules
const answered = new Map()

const hash = text => createHash('sha256').update(text).digest('hex').slice(0, 12)

function deploy(name, text, file, at = new Date().toISOString()) {
  const before = deployed.get(name)
  const version = (before?.version ?? 0) + 1
  const versions = [{ version, hash: hash(text), at }, ...(before?.versions ?? [])]
  const entry = { version, text, file, compiled: compile(text), versions, updatedAt: at }
  deployed.set(name, entry)
  return entry
}

if (!process.env.MOCK_EMPTY) {
  let hours = 2
  for (const [file, text] of Object.entries(TEXTS)) {
    for (const name of compile(text).workflows.keys()) deploy(name, text, file, new Date(Date.now() - hours * 3_600_000).toISOString())
    hours = hours * 3
  }
  history()
}

/** Runs of the past hours, so that lists have something to show. */
function history() {
  const names = [...deployed.keys()]
  for (let at = 0; at < 74; at++) {
    const workflow = names[(at * 7) % 5]
    const failed = workflow === 'refund' ? at % 2 === 0 : at % 19 === 3
    const started = Date.now() - (at * at * 45_000 + at * 150_000 + 60_000)
    const took = 180 + (at * 7_919) % 9_000
    const error = failed ? { code: 'http_503', message: 'POST https://down.example.com/refunds answered 503 Service Unavailable', step: 'refund', attempts: 3, status: 503, body: { error: 'maintenance' } } : null
    player.add({
      id: randomUUID(), workflow, version: 1, resumable: failed && at % 4 === 0, status: failed ? 'failed' : at % 23 === 11 ? 'cancelled' : 'succeeded', trigger: ['webhook', 'schedule', 'api'][at % 3],
      startedAt: new Date(started).toISOString(), endedAt: new Date(started + took).toISOString(), input: { charge: 'ch_81', amount: 19.9 }, output: failed ? null : { ok: true }, error,
      steps: [...failed ? undone(started) : [], { path: 'refund', node: 'refund', name: 'refund', kind: 'step', action: 'http.post', status: failed ? 'failed' : 'succeeded', attempt: failed ? 3 : 1, startedAt: new Date(started).toISOString(), endedAt: new Date(started + took).toISOString(), input: { url: 'https://down.example.com/refunds' }, output: failed ? null : { status: 200, body: { id: 're_1' } }, error, key: 'ch_81', attempts: [] }],
      logs: [], wakeAt: null,
    })
  }
}

/** A step that was taken back because a later one failed. */
function undone(started) {
  const at = after => new Date(started + after).toISOString()
  const step = { name: 'claim', kind: 'step', action: 'http.post', status: 'succeeded', attempt: 1, startedAt: at(0), endedAt: at(40), input: { url: 'https://ledger.example.com/claims' }, output: { status: 201, body: { id: 'c_1' } }, error: null, key: 'ch_81', attempts: [] }
  return [
    { ...step, path: 'claim', node: 'claim', undone: true },
    { ...step, path: 'claim/undo', node: 'claim/undo', name: null, kind: 'undo', action: 'http.delete', startedAt: at(90), endedAt: at(140), input: { url: 'https://ledger.example.com/claims/c_1' }, output: { status: 204 } },
  ]
}

function tally(name) {
  const runs = [...player.runs.values()].filter(run => run.workflow === name)
  const count = (...statuses) => runs.filter(run => statuses.includes(run.status)).length
  return { succeeded: count('succeeded'), failed: count('failed', 'parked'), running: count('queued', 'running', 'waiting') }
}

const view = run => {
  const { sequence, entries, cancelled, ...rest } = run
  return rest
}

function rulesOf(compiled) {
  return Object.fromEntries([...compiled.rules.values()].map(rules => [rules.name, (...values) => evaluateTable(rules, values).output]))
}

function evaluateTable(rules, values) {
  for (const [at, row] of rules.rows.entries()) {
    const [inputs, outputs] = row.trim().replace(/^\||\|$/g, '').split('||').map(half => half.split('|').map(cell => cell.trim()))
    const fits = inputs[0] === 'else' || inputs.every((cell, column) => cell === '-' || cell.split(',').some(one => test(one.trim(), values[column])))
    if (!fits) continue
    const cells = outputs.map(cell => JSON.parse(cell))
    const names = [...(rules.result ?? '').matchAll(/(\w+):/g)].map(match => match[1])
    return { output: Object.fromEntries(names.map((name, column) => [name, cells[column]])), fired: [at + 1] }
  }
  return { output: null, fired: [] }
}

function test(cell, value) {
  const range = /^(-?[\d.]+)\s*\.\.(<?)\s*(-?[\d.]+)$/.exec(cell)
  if (range) return value >= Number(range[1]) && (range[2] ? value < Number(range[3]) : value <= Number(range[3]))
  const comparison = /^(<=|>=|<|>)\s*(.*)$/.exec(cell)
  if (comparison) return new Function('value', `return value ${comparison[1]} ${Number(comparison[2])}`)(value)
  return JSON.parse(cell) === value
}

// ---- http

class Refusal extends Error {
  constructor(status, code, detail, more = {}) {
    super(detail)
    this.problem = { type: `https://weir.example/problems/${code}`, title: code.replaceAll('-', ' ').replace(/^./, sign => sign.toUpperCase()), status, code, detail, ...more }
  }
}

const body = request => new Promise((resolve, reject) => {
  let text = ''
  request.setEncoding('utf8').on('data', piece => { text += piece }).on('end', () => resolve(text)).on('error', reject)
})

const found = name => deployed.get(name) ?? (() => { throw new Refusal(404, 'not-found', `There is no workflow called ${name}.`) })()
const foundRun = id => player.runs.get(id) ?? (() => { throw new Refusal(404, 'not-found', `There is no run ${id}.`) })()

const routes = [
  ['GET', /^\/api\/v1\/workflows$/, () => ({
    workflows: [...deployed].map(([name, { version, file, text, compiled, updatedAt }]) => {
      const { doc, triggers, uses } = compiled.workflows.get(name)
      return { name, version, hash: hash(text), file, doc, updatedAt, triggers, rules: uses, runs: tally(name) }
    }),
  })],
  ['GET', /^\/api\/v1\/workflows\/([^/]+)$/, ({ part }) => {
    const { version, text, compiled, versions } = found(part)
    const workflow = compiled.workflows.get(part)
    return { name: part, version, hash: hash(text), text, doc: workflow.doc, parameters: workflow.parameters.map(({ name, type, optional }) => ({ name, type, optional, doc: '' })), result: workflow.result, graph: graphOf(workflow), inputExample: inputExample(workflow), versions, triggers: workflow.triggers }
  }],
  ['PUT', /^\/api\/v1\/workflows\/([^/]+)$/, ({ part, text }) => {
    const compiled = compile(text)
    if (compiled.diagnostics.length > 0) throw new Refusal(422, 'does-not-compile', `The text has ${compiled.diagnostics.length === 1 ? 'a mistake' : `${compiled.diagnostics.length} mistakes`}.`, { diagnostics: compiled.diagnostics })
    if (!compiled.workflows.has(part)) throw new Refusal(422, 'not-declared', `The text does not declare a workflow called ${part}.`, { diagnostics: [] })
    const { version } = deploy(part, text, deployed.get(part)?.file ?? `${part}.weir`)
    return { name: part, version, hash: hash(text), warnings: [] }
  }],
  ['POST', /^\/api\/v1\/check$/, ({ text, query }) => {
    const { workflows, diagnostics } = compile(text)
    const shown = workflows.get(query.get('workflow')) ?? [...workflows.values()][0]
    return { diagnostics, graph: shown ? graphOf(shown) : null, drawn: shown?.name ?? null, workflows: [...workflows.keys()], inputExamples: Object.fromEntries([...workflows.values()].map(workflow => [workflow.name, inputExample(workflow)])) }
  }],
  ['POST', /^\/api\/v1\/format$/, ({ text }) => ({ text: text.split('\n').map(line => line.trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim() + '\n' })],
  ['POST', /^\/api\/v1\/workflows\/([^/]+)\/runs$/, ({ part, text, request }) => {
    const { version, compiled } = found(part)
    const workflow = compiled.workflows.get(part)
    const input = JSON.parse(text || '{}')
    const missing = workflow.parameters.filter(parameter => !parameter.optional && input[parameter.name] === undefined)
    if (missing.length > 0) throw new Refusal(422, 'input', 'The input does not fit.', { errors: missing.map(({ name }) => ({ path: name, message: `${name} is missing.` })) })
    const key = request.headers['idempotency-key']
    const run = answered.get(key) ?? player.start(workflow, version, rulesOf(compiled), input)
    if (key) answered.set(key, run)
    return [202, { id: run.id }]
  }],
  ['GET', /^\/api\/v1\/runs$/, ({ query }) => {
    const limit = Number(query.get('limit') ?? 50)
    const from = Number(query.get('cursor') ?? 0)
    const all = [...player.runs.values()]
      .filter(run => (!query.get('workflow') || run.workflow === query.get('workflow')) && (!query.get('status') || run.status === query.get('status')))
      .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
    return {
      runs: all.slice(from, from + limit).map(({ id, workflow, version, status, startedAt, endedAt, trigger, error, resumable }) => ({ resumable: resumable ?? false, id, workflow, version, status, startedAt, endedAt, durationMs: endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : null, trigger, error })),
      next: from + limit < all.length ? String(from + limit) : null,
    }
  }],
  ['GET', /^\/api\/v1\/runs\/([^/]+)$/, ({ part }) => view(foundRun(part))],
  ['POST', /^\/api\/v1\/runs\/([^/]+)\/cancel$/, ({ part }) => {
    foundRun(part)
    player.cancel(part)
    return view(foundRun(part))
  }],
  ['POST', /^\/api\/v1\/runs\/([^/]+)\/resume$/, ({ part }) => {
    const run = foundRun(part)
    const { compiled } = found(run.workflow)
    Object.assign(run, { status: 'running', resumable: false, endedAt: null, error: null, steps: [] })
    void player.play(run, compiled.workflows.get(run.workflow), rulesOf(compiled))
    return view(run)
  }],
  ['GET', /^\/api\/v1\/rules$/, () => ({
    rules: [
      ...[...standalone.values()].map(rules => ({ name: rules.name, doc: rules.doc, version: 1, inputExample: inputExample(rules) })),
      ...[...deployed].flatMap(([workflow, { compiled, version }]) => [...compiled.rules.values()].map(rules => ({ name: rules.name, doc: rules.doc, version, workflow, inputExample: inputExample(rules) }))),
    ],
  })],
  ['POST', /^\/api\/v1\/rules\/([^/]+)\/evaluate$/, ({ part, text }) => {
    const rules = [standalone, ...[...deployed.values()].map(entry => entry.compiled.rules)].map(all => all.get(part)).find(Boolean)
    if (!rules) throw new Refusal(404, 'not-found', `There are no rules called ${part}.`)
    const input = JSON.parse(text)
    const missing = rules.parameters.filter(parameter => input[parameter.name] === undefined)
    if (missing.length > 0) throw new Refusal(422, 'input', 'The input does not fit.', { errors: missing.map(({ name }) => ({ path: name, message: `${name} is missing.` })) })
    return evaluateTable(rules, rules.parameters.map(parameter => input[parameter.name]))
  }],
  ['GET', /^\/api\/v1\/tasks$/, ({ query }) => ({ tasks: tasks.filter(each => (query.get('status') ?? each.status) === each.status), next: null })],
  ['POST', /^\/api\/v1\/tasks\/([^/]+)\/answer$/, ({ part, text }) => {
    const task = tasks.find(each => each.id === part)
    if (!task) throw new Refusal(404, 'not_found', 'There is no such task.')
    if (task.status !== 'open') throw new Refusal(409, 'task_closed', 'Somebody has answered it already.')
    return Object.assign(task, { status: 'answered', answer: JSON.parse(text) })
  }],
  ['GET', /^\/api\/v1\/queue$/, () => {
    const runs = [...player.runs.values()]
    const count = status => runs.filter(run => run.status === status).length
    return { pending: count('queued'), scheduled: count('waiting'), processing: count('running'), workers: [{ name: 'worker-1', seenAt: new Date().toISOString(), runs: count('running') }], oldestAgeMs: null }
  }],
  ['GET', /^\/health$/, () => ({ status: 'UP' })],
]

/** Questions that no run of the mock asks. */
const question = {
  id: '01975b2e-0000-7000-8000-000000000001', run: '01975b2e-0000-7000-8000-000000000002', workflow: 'expense', path: 'decision',
  question: 'Pay 120 EUR for a chair?', role: 'finance', person: null, status: 'open', askedAt: new Date().toISOString(), until: new Date(Date.now() + 7.2e6).toISOString(), answer: null,
  fields: [{ name: 'approved', type: 'boolean', optional: false, doc: '' }, { name: 'by', type: 'string', optional: false, doc: '' }, { name: 'comment', type: 'string', optional: true, doc: '' }, { name: 'limit', type: 'int', optional: false, doc: '' }],
}
const tasks = [question, { ...question, id: '01975b2e-0000-7000-8000-000000000003', question: 'Give ada@example.com 15 % off?', until: null, role: null, person: 'sales@example.com', fields: [...question.fields, { name: 'level', type: '"once" | "always"', optional: true, doc: '' }] }]

function inputExample({ parameters }) {
  return Object.fromEntries(parameters.filter(parameter => !parameter.optional).map(({ name, shape }) => [name, exampleOf(shape)]))
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock')
  const send = (status, value, type = 'application/json') => response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(value))
  try {
    if (url.pathname.startsWith('/api/') && token !== null && request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'unauthorized', 'A token is needed.')
    const events = /^\/api\/v1\/runs\/([^/]+)\/events$/.exec(url.pathname)
    if (events) return follow(request, response, foundRun(events[1]))
    if (url.pathname === '/api/v1/generate' && request.method === 'POST') return await generate(request, response, JSON.parse(await body(request)))
    for (const [method, pattern, handle] of routes) {
      const match = pattern.exec(url.pathname)
      if (!match || method !== request.method) continue
      const answer = handle({ part: match[1] && decodeURIComponent(match[1]), query: url.searchParams, text: await body(request), request })
      return Array.isArray(answer) ? send(...answer) : send(200, answer)
    }
    if (url.pathname.startsWith('/api/')) throw new Refusal(404, 'not-found', `Nothing answers ${request.method} ${url.pathname}.`)
    file(url.pathname, response)
  } catch (error) {
    const problem = error.problem ?? { status: error instanceof SyntaxError ? 400 : 500, code: 'mock', title: 'The mock failed', detail: String(error) }
    send(problem.status, problem, 'application/problem+json')
  }
})

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain' }

function file(path, response) {
  const wanted = join(dist, normalize(path === '/' ? '/index.html' : path))
  if (!wanted.startsWith(dist) || !existsSync(wanted) || !statSync(wanted).isFile()) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end(existsSync(dist) ? 'Not found\n' : 'Run npm run build first\n')
    return
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(wanted)] ?? 'application/octet-stream',
    // As strict as the real server is: what the studio needs beyond its own files shows here first.
    'Content-Security-Policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  }).end(readFileSync(wanted))
}

const stream = response => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  return (event, data, id) => response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

function follow(request, response, run) {
  const write = stream(response)
  const after = Number(request.headers['last-event-id'] ?? 0)
  write('run', view(run))
  for (const entry of run.entries) if (entry.sequence > after) write('entry', entry, entry.sequence)
  const end = () => {
    write('end', {})
    response.end()
  }
  if (run.endedAt) return end()
  const stop = player.listen(run.id, entry => {
    write('entry', entry, entry.sequence)
    write('run', view(run))
    if (run.endedAt) {
      stop()
      end()
    }
  })
  request.on('close', stop)
}

const PROPOSED = `/// Watches a page and tells the team when it is down.
workflow watch_page(url: string) -> { healthy: boolean } {
  on schedule(every: 5m)

  try {
    step page = http.get(url: url) {
      retry 2 times from 1s
      timeout 5s
    }
    log page.status
  } catch problem {
    step http.post(url: "https://chat.example.com/messages", body: { text: \`\${url} is down: \${problem.message}\` })
    return { healthy: false }
  }
  return { healthy: true }
}
`

async function generate(request, response, { prompt, current }) {
  if (/no key/i.test(prompt)) throw new Refusal(503, 'no-model', 'No language model is set up. Set OPENAI_API_KEY (or OPENAI_BASE_URL and WEIR_MODEL for another server), then start Weir again.')
  const write = stream(response)
  const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds * player.pace))
  write('progress', { round: 1, message: 'Writing a first version' })
  for (const word of PROPOSED.split(/(?<=\s)/)) {
    write('text', { delta: word })
    await sleep(18)
    if (response.destroyed) return
  }
  write('progress', { round: 2, message: 'The compiler found 1 mistake; correcting it' })
  await sleep(1_200)
  const text = current && /retr/i.test(prompt) ? current.replace(/retry \d+ times/, 'retry 8 times').replace(/timeout \d+s/, 'timeout 30s') : PROPOSED
  write('result', { text, diagnostics: [], explanation: current ? 'Retries go up to eight and each attempt has half a minute.' : 'Every five minutes it fetches the page, tries again twice when that fails, and then tells the team in the chat. The run itself succeeds either way and says whether the page was well.', rounds: 2 })
  response.end()
}

const sockets = new WebSocketServer({ noServer: true, handleProtocols: protocols => [...protocols].find(protocol => protocol.startsWith('weir.bearer.')) ?? false })
server.on('upgrade', (request, socket, head) => {
  const protocols = String(request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/)
  const allowed = token === null || protocols.includes(`weir.bearer.${Buffer.from(token).toString('base64url')}`)
  if (!request.url.startsWith('/lsp') || !allowed) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
  sockets.handleUpgrade(request, socket, head, languageServer)
})

server.listen(port, '127.0.0.1', () => console.log(`mock server on http://127.0.0.1:${port}`))
