import { describe, expect, it } from 'vitest'
import { inputErrors, readInput } from './input'
import { parametersIn, typesIn } from './types'

const TEXT = `
type Line = { sku: string, qty: int }
type Payment = { kind: "card", last4: string } | { kind: "invoice", level: -1 | 0 | 1 }

/// A paid web-shop order.
type Order = {
  id: string // its number
  lines: [Line]
  coupon?: string
  labels: { [name]: string }
  "x-trace": string | null
  payment: Payment
}

workflow intake(order: Order, mode: "fast" | "slow", extra: json, n?: number) -> { ok: boolean } {
  return { ok: true }
}
`
const ORDER = { id: '1', lines: [{ sku: 'a', qty: 1 }], labels: { a: 'b' }, 'x-trace': null, payment: { kind: 'card', last4: '1234' } }
const GOOD = { order: ORDER, mode: 'fast', extra: [1] }

function messages(input: unknown) {
  const read = readInput(JSON.stringify(input), TEXT, 'intake')
  return read.ok ? [] : read.errors.map(error => error.message)
}

describe('the types of a text', () => {
  it('are read with every form', () => {
    expect(parametersIn(TEXT, 'intake')!.map(({ name, optional }) => [name, optional])).toEqual([['order', false], ['mode', false], ['extra', false], ['n', true]])
    expect(typesIn(TEXT).get('Payment')).toMatchObject({ kind: 'union', members: [{ kind: 'record' }, { kind: 'record' }] })
  })

  it('leave all judging to the server when they cannot be read', () => {
    expect(parametersIn('workflow a(x: {', 'a')).toBe(null)
    expect(parametersIn('workflow a(x: ?) {}', 'a')).toBe(null)
    expect(parametersIn(`workflow a(x: ${'['.repeat(100)}int${']'.repeat(100)}) {}`, 'a')).toBe(null)
    expect(parametersIn(TEXT, 'other')).toBe(null)
    expect(readInput('{"anything": 1}', 'workflow a(', 'a').ok).toBe(true)
  })
})

describe('an input', () => {
  it('that fits is taken', () => {
    expect(messages(GOOD)).toEqual([])
    expect(messages({ ...GOOD, n: 2.5, order: { ...ORDER, coupon: 'c', payment: { kind: 'invoice', level: -1 } } })).toEqual([])
  })

  it.each([
    ['a missing field', { ...GOOD, order: { ...ORDER, id: undefined } }, 'order.id is missing.'],
    ['a wrong kind', { ...GOOD, order: { ...ORDER, lines: 'x' } }, 'order.lines is a string, but should be a list.'],
    ['a wrong item', { ...GOOD, order: { ...ORDER, lines: [{ sku: 'a', qty: 1.5 }] } }, 'order.lines[0].qty is a number, but should be a whole number.'],
    ['a wrong constant', { ...GOOD, mode: 'later' }, 'mode should be one of "fast", "slow".'],
    ['null where none is allowed', { ...GOOD, order: { ...ORDER, id: null } }, 'order.id is null, but should be a string.'],
    ['a wrong value in a map', { ...GOOD, order: { ...ORDER, labels: { a: 1 } } }, 'order.labels.a is a number, but should be a string.'],
    ['a union, by the member that fits best', { ...GOOD, order: { ...ORDER, payment: { kind: 'card', last4: 4 } } }, 'order.payment.last4 is a number, but should be a string.'],
    ['something that is not asked for', { ...GOOD, colour: 'red' }, 'There is no parameter colour; there are order, mode, extra, n.'],
  ])('with %s says where and why', (_, input, message) => {
    expect(messages(input)).toEqual([message])
  })

  it('that is not JSON, or not an object, says so', () => {
    expect(readInput('{"a": ', TEXT, 'intake')).toMatchObject({ ok: false, errors: [{ path: '', message: expect.stringContaining('not JSON') }] })
    expect(inputErrors([1], [])[0]!.message).toContain('object')
    expect(readInput('', 'workflow a() {}', 'a')).toEqual({ ok: true, value: {} })
  })

  it('of a recursive type is followed as deep as the value goes', () => {
    const text = 'type Tree = { value: int, children: [Tree] }\nworkflow a(t: Tree) {}'
    expect(readInput(JSON.stringify({ t: { value: 1, children: [{ value: 'x', children: [] }] } }), text, 'a')).toMatchObject({ ok: false, errors: [{ path: 't.children[0].value' }] })
  })
})
