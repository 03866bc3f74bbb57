// Plays a run of the toy compiler's workflows in real time, as the real engine would be seen to do it.
import { randomUUID } from 'node:crypto'

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

class RunFailure extends Error {
  constructor(error) {
    super(error.message)
    this.error = error
  }
}
class Returned {
  constructor(value) {
    this.value = value
  }
}
class Yielded {
  constructor(value) {
    this.value = value
  }
}

export class Player {
  constructor(pace = Number(process.env.MOCK_PACE ?? 1)) {
    this.runs = new Map()
    this.listeners = new Map()
    this.pace = pace
  }

  add(run) {
    this.runs.set(run.id, { sequence: 0, entries: [], ...run })
  }

  start(workflow, version, rules, input, trigger = 'api') {
    const id = randomUUID()
    const run = { id, workflow: workflow.name, version, status: 'queued', trigger, startedAt: new Date().toISOString(), endedAt: null, input, output: null, error: null, steps: [], logs: [], wakeAt: null }
    this.add(run)
    const kept = this.runs.get(id)
    setTimeout(() => void this.play(kept, workflow, rules), 150)
    return kept
  }

  listen(id, listener) {
    const all = this.listeners.get(id) ?? new Set()
    all.add(listener)
    this.listeners.set(id, all)
    return () => all.delete(listener)
  }

  entry(run, kind, path) {
    run.sequence++
    const entry = { sequence: run.sequence, kind, path, at: new Date().toISOString() }
    run.entries.push(entry)
    for (const listener of this.listeners.get(run.id) ?? []) listener(entry, run)
  }

  cancel(id) {
    const run = this.runs.get(id)
    if (!run || run.endedAt) return
    run.cancelled = true
    run.status = 'cancelled'
    run.endedAt = new Date().toISOString()
    for (const step of run.steps) if (!step.endedAt) Object.assign(step, { status: 'skipped', endedAt: run.endedAt, until: null })
    this.entry(run, 'cancelled', '')
  }

  async play(run, workflow, rules) {
    if (run.cancelled) return
    run.status = 'running'
    this.entry(run, 'started', '')
    const scope = { ...run.input, Math, JSON, now: () => new Date().toISOString(), ...rules }
    try {
      const ended = await this.block(run, workflow.body, scope, '')
      if (run.cancelled) return
      run.output = ended instanceof Returned ? ended.value : null
      run.status = 'succeeded'
    } catch (error) {
      if (run.cancelled) return
      run.status = 'failed'
      run.error = error instanceof RunFailure ? error.error : { code: 'W9000', message: error.message, step: null, attempts: 1 }
    }
    run.wakeAt = null
    run.endedAt = new Date().toISOString()
    this.entry(run, run.status, '')
  }

  async block(run, block, scope, prefix) {
    for (const node of block) {
      if (run.cancelled) return null
      const ended = await this.node(run, node, scope, prefix)
      if (ended instanceof Returned || ended instanceof Yielded) return ended
    }
    return null
  }

  begin(run, node, prefix, more = {}) {
    const step = { path: prefix + node.id.split('/').at(-1), node: node.id, name: node.name ?? null, kind: node.kind, action: node.action ?? null, status: 'running', attempt: 1, startedAt: new Date().toISOString(), endedAt: null, input: null, output: null, error: null, key: null, attempts: [], until: null, ...more }
    run.steps.push(step)
    this.entry(run, 'step', step.path)
    return step
  }

  finish(run, step, status, more = {}) {
    if (run.cancelled) return
    Object.assign(step, { status, endedAt: new Date().toISOString(), until: null, ...more })
    this.entry(run, 'outcome', step.path)
  }

  sleep(milliseconds) {
    return new Promise(resolve => setTimeout(resolve, milliseconds * this.pace))
  }

  async node(run, node, scope, prefix) {
    switch (node.kind) {
      case 'let': {
        scope[node.name] = evaluate(node.expr, scope)
        this.finish(run, this.begin(run, node, prefix), 'succeeded', { output: scope[node.name] ?? null })
        return null
      }
      case 'log': {
        const value = evaluate(node.expr, scope) ?? null
        run.logs.push({ at: new Date().toISOString(), path: prefix + node.id.split('/').at(-1), value })
        this.finish(run, this.begin(run, node, prefix), 'succeeded', { output: value })
        return null
      }
      case 'emit': {
        await this.sleep(100)
        this.finish(run, this.begin(run, node, prefix), 'succeeded')
        return null
      }
      case 'wait': {
        const length = durationOf(node.expr)
        const until = new Date(Date.now() + length).toISOString()
        run.status = 'waiting'
        run.wakeAt = until
        const step = this.begin(run, node, prefix, { status: 'waiting', until })
        await this.sleep(length)
        if (run.cancelled) return null
        run.status = 'running'
        this.finish(run, step, 'succeeded')
        return null
      }
      case 'return':
        return new Returned(evaluate(node.expr, scope))
      case 'yield':
        return new Yielded(evaluate(node.expr, scope))
      case 'fail':
        throw new RunFailure({ code: 'failed', message: String(evaluate(node.expr, scope)), step: node.id, attempts: 1 })
      case 'if': {
        const arm = node.arms.find(each => evaluate(each.condition, scope))
        this.finish(run, this.begin(run, node, prefix), 'succeeded', { output: arm ? arm.condition : 'else' })
        const block = arm?.block ?? node.otherwise
        return block ? this.block(run, block, scope, `${prefix}${node.id.split('/').at(-1)}/`) : null
      }
      case 'for': case 'repeat':
        return this.loop(run, node, scope, prefix)
      case 'parallel': case 'race': {
        const step = this.begin(run, node, prefix)
        await Promise.all(node.branches.map(branch => this.block(run, branch.block, scope, `${step.path}/${branch.name}/`)))
        this.finish(run, step, 'succeeded')
        return null
      }
      case 'try': {
        const step = this.begin(run, node, prefix)
        try {
          const ended = await this.block(run, node.block, scope, `${step.path}/`)
          this.finish(run, step, 'succeeded')
          return ended
        } catch (error) {
          this.finish(run, step, 'failed', { error: error.error })
          return this.block(run, node.handler ?? [], { ...scope, [node.error]: error.error ?? error }, `${step.path}/catch/`)
        }
      }
      default:
        return this.step(run, node, scope, prefix)
    }
  }

  async loop(run, node, scope, prefix) {
    const step = this.begin(run, node, prefix)
    const items = node.kind === 'for' ? evaluate(node.list, scope) : Array.from({ length: node.times }, (_, at) => at)
    const yields = []
    let next = 0
    const worker = async () => {
      while (next < items.length && !run.cancelled) {
        const at = next++
        const ended = await this.block(run, node.block, { ...scope, [node.item]: items[at] }, `${step.path}[${at}]/`)
        if (ended instanceof Yielded) yields[at] = ended.value
      }
    }
    await Promise.all(Array.from({ length: Math.max(1, node.atOnce || 1) }, worker))
    if (node.name) scope[node.name] = yields
    this.finish(run, step, 'succeeded', { output: yields })
    return null
  }

  async step(run, node, scope, prefix) {
    const input = evaluate(`({ ${node.arguments} })`, scope) ?? {}
    const step = this.begin(run, node, prefix, { input, key: `${run.id.slice(0, 8)}/${node.id}` })
    const url = String(input.url ?? '')
    const failing = url.includes('down.') ? Infinity : url.includes('flaky.') ? 2 : 0
    for (let attempt = 1; ; attempt++) {
      const startedAt = new Date().toISOString()
      step.attempt = attempt
      step.status = 'running'
      await this.sleep(400 + 500 * Math.random())
      if (run.cancelled) return null
      if (attempt > failing) {
        step.attempts.push({ attempt, startedAt, endedAt: new Date().toISOString(), error: null, nextAttemptAt: null })
        const output = { status: 200, body: { id: `re_${Math.random().toString(36).slice(2, 10)}`, rows: 12, ok: true } }
        if (node.name) scope[node.name] = output
        this.finish(run, step, 'succeeded', { output })
        return null
      }
      const error = { code: 'http_503', message: `POST ${url} answered 503 Service Unavailable`, step: node.id, attempts: attempt, status: 503, body: { error: 'try again later' } }
      const pause = 1_000 * attempt
      const last = attempt > node.retry
      step.attempts.push({ attempt, startedAt, endedAt: new Date().toISOString(), error, nextAttemptAt: last ? null : new Date(Date.now() + pause).toISOString() })
      if (last) {
        this.finish(run, step, 'failed', { error })
        if (node.onError) return null
        throw new RunFailure(error)
      }
      step.status = 'retrying'
      step.error = error
      step.until = new Date(Date.now() + pause).toISOString()
      this.entry(run, 'retry', step.path)
      await this.sleep(pause)
      step.error = null
    }
  }
}

function durationOf(text) {
  let sum = 0
  for (const [, number, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) sum += Number(number) * UNITS[unit]
  return sum
}

/** The texts are the mock's own or the developer's: they run as they stand. */
function evaluate(expr, scope) {
  try {
    return new Function('scope', `with (scope) { return (${expr.trim() === '' ? 'null' : expr}) }`)(scope)
  } catch (error) {
    throw new RunFailure({ code: 'W9001', message: error.message, step: null, attempts: 1 })
  }
}
