// The input of a run: read as JSON, and looked at against the workflow's parameters while it is typed.
// The server decides; this only saves a round trip, and says nothing about types it does not know.
import type { InputError, Json, Parameter, Type } from '../api/types'

export type ReadInput =
  | { readonly ok: true, readonly value: Json }
  | { readonly ok: false, readonly errors: readonly InputError[] }

export function readInput(text: string, parameters: readonly Parameter[]): ReadInput {
  let value: Json
  try {
    value = text.trim() === '' ? {} : JSON.parse(text)
  } catch (error) {
    return { ok: false, errors: [{ path: '', message: `This is not JSON yet: ${(error as Error).message}` }] }
  }
  const errors = inputErrors(value, parameters)
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors }
}

export function inputErrors(value: Json, parameters: readonly Parameter[]): InputError[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [{ path: '', message: 'The input is an object with one entry for each parameter.' }]
  }
  return recordErrors(value, parameters, '')
}

interface Named { readonly name: string, readonly type: Type, readonly optional?: boolean }

function recordErrors(value: { [key: string]: Json }, fields: readonly Named[], path: string): InputError[] {
  return fields.flatMap(({ name, type, optional }) => {
    const at = path === '' ? name : `${path}.${name}`
    const given = value[name]
    if (given === undefined) return optional ? [] : [{ path: at, message: `${at} is missing.` }]
    return typeErrors(given, type, at)
  })
}

function typeErrors(value: Json, type: Type, path: string): InputError[] {
  const expected = (what: string) => [{ path, message: `${path} is ${kindOf(value)}, but should be ${what}.` }]
  if ('item' in type && type.kind === 'list') {
    if (!Array.isArray(value)) return expected('a list')
    return value.flatMap((item, at) => typeErrors(item, type.item, `${path}[${at}]`)).slice(0, 20)
  }
  if ('fields' in type && type.kind === 'record') {
    return isRecord(value) ? recordErrors(value, type.fields, path) : expected('an object')
  }
  if ('value' in type && type.kind === 'map') {
    if (!isRecord(value)) return expected('an object')
    const inner = type.value
    return isType(inner) ? Object.entries(value).flatMap(([key, entry]) => typeErrors(entry, inner, `${path}.${key}`)) : []
  }
  if ('value' in type && type.kind === 'literal') return value === type.value ? [] : expected(JSON.stringify(type.value))
  if ('members' in type && type.kind === 'union') return unionErrors(value, type.members, path)
  switch (type.kind) {
    case 'string': return typeof value === 'string' ? [] : expected('a string')
    case 'number': return typeof value === 'number' ? [] : expected('a number')
    case 'int': return typeof value === 'number' && Number.isInteger(value) ? [] : expected('a whole number')
    case 'boolean': return typeof value === 'boolean' ? [] : expected('true or false')
    case 'null': return value === null ? [] : expected('null')
    default: return []
  }
}

function unionErrors(value: Json, members: readonly Type[], path: string): InputError[] {
  const tries = members.map(member => typeErrors(value, member, path))
  if (tries.some(errors => errors.length === 0)) return []
  const literals = members.filter(member => member.kind === 'literal' && 'value' in member)
  if (literals.length === members.length) {
    return [{ path, message: `${path} should be one of ${literals.map(literal => JSON.stringify('value' in literal ? literal.value : null)).join(', ')}.` }]
  }
  // The member that fits best says what is wrong: errors deeper inside beat "is a string, but should be an object".
  return tries.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!
}

function depth(errors: readonly InputError[]) {
  return Math.max(...errors.map(error => error.path.length))
}

function isType(value: unknown): value is Type {
  return value !== null && typeof value === 'object' && 'kind' in value
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`
}

/** The input as it is first shown. */
export function inputText(example: Json): string {
  return JSON.stringify(example ?? {}, null, 2)
}
