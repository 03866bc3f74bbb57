import { describe, expect, it } from 'vitest'
import type { Diagnostic, Run, StepView } from '../api/types'
import { declaredIn, destination, drafted, edited, isDirty, opened, stored } from './document'
import { BLANK, EXAMPLES } from './examples'
import { ASKING, BEGUN, hear } from './generation'
import { brief, jsonPieces } from './json'
import { changesOf, codePieces, counts, fromLanguageServer, offsetOf, ordered, rangeOf, summary } from './problems'
import { href, parseRoute, type Route } from './route'
import { ruleSets } from './rules'
import { advance, nodeStates, timeline, titleOf, UNWATCHED } from './run'
import { exampleInput, rulesIn } from './table'
import { ago, between, duration, until } from './time'

describe('addresses', () => {
  const routes: Route[] = [
    { page: 'home' }, { page: 'new', start: 'blank' }, { page: 'new', start: 'describe' }, { page: 'new', start: { example: 'fan-out' } },
    { page: 'workflow', name: 'a b/ü' }, { page: 'runs', workflow: '', status: '' }, { page: 'runs', workflow: 'x&y', status: 'failed' },
    { page: 'run', id: '0190' }, { page: 'rules', name: null }, { page: 'rules', name: 'discount' },
  ]
  it.each(routes)('lead back to the page they came from: %o', route => {
    expect(parseRoute(href(route))).toEqual(route)
  })

  it('say when they lead nowhere, whatever they contain', () => {
    expect(parseRoute('#/nothing/here').page).toBe('missing')
    expect(parseRoute('#/workflows/%E0%A4%A').page).toBe('workflow')
  })
})

describe('times', () => {
  it.each([[0, '0 ms'], [12.4, '12 ms'], [1_449, '1.4 s'], [9_999, '9.9 s'], [59_999, '59 s'], [125_000, '2 m 5 s'], [7_200_000, '2 h'], [180_000_000, '2 d 2 h']])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })

  it('are told from now', () => {
    const now = Date.parse('2026-03-01T12:00:00Z')
    expect(ago('2026-03-01T11:59:58Z', now)).toBe('just now')
    expect(ago('2026-03-01T11:00:00Z', now)).toBe('1 h ago')
    expect(ago('2025-12-24T11:00:00Z', now)).toBe('Dec 24, 2025')
    expect(until('2026-03-01T12:00:09.6Z', now)).toBe('in 10 s')
    expect(until('2026-03-01T12:00:00.1Z', now)).toBe('in 1 s')
    expect(until('2026-03-01T11:00:00Z', now)).toBe('now')
    expect(between('2026-03-01T11:59:00Z', null, now)).toBe(60_000)
    expect(between(null, null, now)).toBe(null)
    expect(ago('never', now)).toBe('')
  })
})

describe('a text', () => {
  it('is dirty while it differs from what the server has, and what was typed during a save stays unsaved', () => {
    const first = opened('a', 'one', 3)
    expect(isDirty(first)).toBe(false)
    const typed = edited(first, 'two')
    expect(isDirty(typed)).toBe(true)
    const meanwhile = stored(edited(typed, 'three'), 'a', 4, 'two')
    expect(isDirty(meanwhile)).toBe(true)
    expect(meanwhile).toMatchObject({ version: 4, saved: 'two', text: 'three' })
  })

  it('goes where its declarations say', () => {
    expect(destination(drafted('x'), [])).toEqual({ kind: 'none' })
    expect(destination(drafted('x'), ['b', 'c'])).toEqual({ kind: 'first', name: 'b' })
    expect(destination(opened('c', '', 1), ['b', 'c'])).toEqual({ kind: 'same', name: 'c' })
    expect(destination(opened('a', '', 1), ['b'])).toEqual({ kind: 'other', name: 'b', instead: 'a' })
  })

  it('tells what it declares before the server has looked at it', () => {
    for (const { text } of EXAMPLES) expect(declaredIn(text)).toHaveLength(1)
    expect(declaredIn(BLANK)).toEqual(['my_workflow'])
    expect(declaredIn('// workflow no()\n  workflow neither() {}\n')).toEqual([])
  })
})

function diagnostic(severity: Diagnostic['severity'], line: number): Diagnostic {
  return { code: 'W1', severity, message: '', file: '', start: { line, column: 1 }, end: { line, column: 2 } }
}

describe('problems', () => {
  it('are counted in words and shown errors first', () => {
    const list = [diagnostic('warning', 1), diagnostic('error', 9), diagnostic('error', 2), diagnostic('hint', 1)]
    expect(summary(counts(list))).toBe('2 mistakes, 1 warning, 1 note')
    expect(summary(counts([]))).toBe('No problems')
    expect(ordered(list).map(each => each.start.line)).toEqual([2, 9, 1, 1])
  })

  it('are found in the text even when their place lies outside it', () => {
    const text = 'ab\ncd\n'
    expect(offsetOf(text, { line: 2, column: 2 })).toBe(4)
    expect(offsetOf(text, { line: 2, column: 99 })).toBe(5)
    expect(offsetOf(text, { line: 99, column: 1 })).toBe(6)
    expect(rangeOf(text, { start: { line: 1, column: 3 }, end: { line: 1, column: 3 } })).toEqual({ from: 1, to: 2 })
    expect(rangeOf('', { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } })).toEqual({ from: 0, to: 0 })
  })

  it('are fixed by edits in the order of the text; overlapping ones are refused', () => {
    const at = (line: number, from: number, to: number, text: string) => ({ start: { line, column: from }, end: { line, column: to }, text })
    expect(changesOf('one\ntwo', [at(2, 1, 4, '2'), at(1, 1, 4, '1')])).toEqual([{ from: 0, to: 3, insert: '1' }, { from: 4, to: 7, insert: '2' }])
    expect(changesOf('one', [at(1, 1, 3, ''), at(1, 2, 4, '')])).toBe(null)
  })

  it('show code as code', () => {
    expect(codePieces('No `x` here')).toEqual([{ text: 'No ', code: false }, { text: 'x', code: true }, { text: ' here', code: false }])
    expect(codePieces('a ` b').map(piece => piece.text).join('')).toBe('a ` b')
    expect(codePieces('a `b` c ` d').map(piece => piece.text).join('|')).toBe('a |b| c ` d')
  })

  it('come from the language server in its own counting', () => {
    expect(fromLanguageServer({ message: 'm', code: 'W2', severity: 2, range: { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } } }, 'f'))
      .toMatchObject({ code: 'W2', severity: 'warning', start: { line: 1, column: 5 }, end: { line: 1, column: 6 }, fixes: [] })
    expect(fromLanguageServer({ nonsense: true }, 'f')).toBe(null)
    expect(fromLanguageServer(null, 'f')).toBe(null)
  })
})

function step(path: string, status: StepView['status'], more: Partial<StepView> = {}): StepView {
  return { path, node: path.replace(/\[\d+\]/g, ''), name: null, kind: 'step', action: 'http.get', status, attempt: 1, startedAt: null, endedAt: null, error: null, ...more }
}

function run(status: Run['status'], steps: readonly StepView[] = []): Run {
  return { id: '1', workflow: 'w', version: 1, status, trigger: 'api', startedAt: '2026-01-01T00:00:00Z', endedAt: null, input: {}, output: null, error: null, steps, logs: [], wakeAt: null }
}

describe('a run that is watched', () => {
  it('keeps its end even when an older view arrives late', () => {
    let watched = advance(UNWATCHED, { kind: 'run', run: run('succeeded') })
    watched = advance(watched, { kind: 'run', run: run('running') })
    expect(watched.run?.status).toBe('succeeded')
  })

  it('goes on when it is resumed after a failure', () => {
    const failed = advance(UNWATCHED, { kind: 'run', run: { ...run('failed'), resumable: true } })
    expect(advance(failed, { kind: 'run', run: run('running') }).run?.status).toBe('running')
  })

  it('knows when it is cut off and when it is back', () => {
    const cut = advance(advance(UNWATCHED, { kind: 'run', run: run('running') }), { kind: 'broken', attempt: 1 })
    expect(cut).toMatchObject({ connected: false, run: { status: 'running' } })
    expect(advance(cut, { kind: 'run', run: run('running') }).connected).toBe(true)
    expect(advance(cut, { kind: 'end' }).ended).toBe(true)
  })

  it('shows of a loop what is going on now, and how far it is', () => {
    const states = nodeStates([step('holds[0]/hold', 'succeeded'), step('holds[1]/hold', 'retrying', { attempt: 2 }), step('holds[2]/hold', 'succeeded')])
    expect(states.get('holds/hold')).toMatchObject({ status: 'retrying', done: 2, total: 3, attempt: 2 })
    expect(nodeStates([step('a[0]/b', 'failed'), step('a[1]/b', 'succeeded')]).get('a/b')?.status).toBe('failed')
  })

  it('nests steps in their blocks and numbers the passes of loops from 1', () => {
    const items = timeline([step('holds', 'running', { kind: 'for' }), step('holds[0]/hold', 'succeeded'), step('holds[1]/inner[2]/x', 'running')])
    expect(items.map(({ depth, place }) => [depth, place])).toEqual([[0, ''], [1, '#1'], [1, '#2 · #3']])
  })

  it('puts what takes a step back below that step, and says of the step that it was', () => {
    const steps = [step('a', 'succeeded', { undone: true }), step('b', 'failed'), step('holds[0]/c/undo', 'failed', { kind: 'undo', action: 'http.delete' }), step('a/undo', 'succeeded', { kind: 'undo', action: 'http.delete' })]
    expect(timeline(steps).map(({ step, depth }) => [step.path, depth])).toEqual([['a', 0], ['a/undo', 1], ['b', 0], ['holds[0]/c/undo', 0]])
    expect(titleOf(steps[3]!)).toBe('undo')
    expect(nodeStates(steps).get('a')?.undone).toBe(true)
    expect(nodeStates(steps).get('b')?.undone).toBe(false)
  })

  it('calls a step by its name, else by what it does', () => {
    expect(titleOf(step('a', 'running', { name: 'charge' }))).toBe('charge')
    expect(titleOf(step('a', 'running'))).toBe('http.get')
    expect(titleOf(step('if/then/log#2', 'running', { action: null }))).toBe('log')
  })
})

describe('a generation', () => {
  it('begins its text anew with every round, and ends with a proposal or a problem', () => {
    let it = hear(BEGUN, { kind: 'text', delta: 'work' })
    it = hear(it, { kind: 'text', delta: 'flow' })
    expect(it).toMatchObject({ kind: 'writing', text: 'workflow' })
    expect(hear(it, { kind: 'progress', round: 2, message: 'again' })).toMatchObject({ round: 2, text: '' })
    expect(hear(it, { kind: 'problem', code: 'no_key', detail: 'Set it.' })).toEqual({ kind: 'refused', code: 'no_key', detail: 'Set it.' })
    expect(hear(ASKING, { kind: 'text', delta: 'late' })).toBe(ASKING)
  })
})

describe('JSON', () => {
  it('is cut into pieces that make up the whole text, even when it is cut off', () => {
    const text = JSON.stringify({ a: [1, -2.5e3, null, true, 'x "y" ü'], 'b c': { d: false } }, null, 2)
    for (let end = 0; end <= text.length; end++) expect(jsonPieces(text.slice(0, end)).map(piece => piece.text).join('')).toBe(text.slice(0, end))
    expect(jsonPieces('{"a": "b"}').map(piece => piece.look)).toEqual(['mark', 'key', 'mark', 'mark', 'string', 'mark'])
  })

  it('is cut to one line', () => {
    expect(brief({ a: 1 })).toBe('{"a":1}')
    expect(brief('x'.repeat(100), 10)).toHaveLength(10)
    expect(brief(undefined)).toBe('')
  })
})

describe('rules', () => {
  const TEXT = EXAMPLES.find(example => example.id === 'decision-table')!.text

  it('are read as a table, bars in strings and parentheses included', () => {
    const table = rulesIn(TEXT, 'discount')!
    expect(table).toMatchObject({ inputs: ['tier', 'total'], outputs: ['rate', 'reason'], policy: 'first', line: 2 })
    expect(table.rows[1]).toEqual({ inputs: ['"gold", "silver"', '100 ..< 500'], outputs: ['0.08', '"loyal"'], note: '' })
    expect(table.rows[3]!.inputs[0]).toBe('else')
    const odd = rulesIn('rules r(a: string) -> string {\n  | a || b |\n  | --- || --- |\n  | "x|y" || (a || "|") | valid from "2026-01-01"\n}\n', 'r')!
    expect(odd.rows[0]).toEqual({ inputs: ['"x|y"'], outputs: ['(a || "|")'], note: 'valid from "2026-01-01"' })
  })

  it('are read as sentences', () => {
    expect(rulesIn('rules r(a: int) -> string first {\n  when a > 1 then "many"\n  else "one"\n}', 'r')!.rows).toEqual([
      { inputs: ['a > 1'], outputs: ['"many"'], note: '' }, { inputs: ['else'], outputs: ['"one"'], note: '' },
    ])
    expect(rulesIn(TEXT, 'missing')).toBe(null)
    expect(rulesIn('rules r(when: string) -> { else: int } {', 'r')).toBe(null)
  })

  it('bring an input to try them with', () => {
    expect(exampleInput(rulesIn(TEXT, 'discount')!)).toEqual({ tier: 'gold', total: 500 })
    expect(exampleInput(rulesIn('rules r(o: json) -> int {\n  | o.customer.tier | o.n || x |\n  | --- | --- || --- |\n  | - | 5..30 || 1 |\n}', 'r')!)).toEqual({ o: { customer: { tier: null }, n: 5 } })
  })

  it('are listed once, with the workflow that brings them', () => {
    const workflow = { name: 'w', version: 4, hash: '', file: '', doc: '', updatedAt: '', triggers: [], rules: ['b'], runs: { succeeded: 0, failed: 0, running: 0 } }
    expect(ruleSets([{ name: 'a', doc: 'alone', version: 1 }, { name: 'b', doc: 'both', version: 4 }], [workflow]).map(({ name, workflow: owner, doc }) => [name, owner, doc]))
      .toEqual([['a', null, 'alone'], ['b', 'w', 'both']])
  })
})
