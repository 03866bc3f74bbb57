// The input of a run: read as JSON, and held against the workflow's parameters while it is typed.
// The server decides; this only saves a round trip, and says nothing where it is not sure.
import type { InputError, Json } from '../api/types'
import { type Declared, type Field, parametersIn, type Type, typesIn } from './types'

export type ReadInput =
  | { readonly ok: true, readonly value: Json }
  | { readonly ok: false, readonly errors: readonly InputError[] }

/** Reads an input for something that `text` declares as `name`; an unreadable text leaves all judging to the server. */
export function readInput(input: string, text: string, name: string | null): ReadInput {
  let value: Json
  try {
    value = input.trim() === '' ? {} : JSON.parse(input)
  } catch (error) {
    return { ok: false, errors: [{ path: '', message: `This is not JSON yet: ${(error as Error).message}` }] }
  }
  const parameters = name === null ? null : parametersIn(text, name)
  const errors = parameters === null ? [] : inputErrors(value, parameters, typesIn(text))
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors }
}

/** At most this many, so that a list of the wrong thing does not fill the screen. */
const MOST = 12

export function inputErrors(value: Json, parameters: readonly Field[], declared: Declared = new Map()): InputError[] {
  if (!isRecord(value)) return [{ path: '', message: 'The input is an object with one entry for each parameter.' }]
  const unknown = Object.keys(value).filter(name => !parameters.some(parameter => parameter.name === name))
  return [
    ...new Judge(declared).fields(value, parameters, ''),
    ...unknown.map(name => ({ path: name, message: parameters.length === 0 ? `There is no parameter ${name}: nothing is taken.` : `There is no parameter ${name}; there ${parameters.length === 1 ? 'is' : 'are'} ${parameters.map(each => each.name).join(', ')}.` })),
  ].slice(0, MOST)
}

class Judge {
  constructor(private readonly declared: Declared) {}

  fields(value: { [key: string]: Json }, fields: readonly Field[], path: string): InputError[] {
    return fields.flatMap(({ name, type, optional }) => {
      const at = path === '' ? name : `${path}.${name}`
      const given = value[name]
      if (given === undefined) return optional ? [] : [{ path: at, message: `${at} is missing.` }]
      return this.value(given, type, at)
    })
  }

  private value(value: Json, type: Type, path: string): InputError[] {
    const expected = (what: string) => [{ path, message: `${path} is ${kindOf(value)}, but should be ${what}.` }]
    switch (type.kind) {
      case 'json': return []
      case 'string': return typeof value === 'string' ? [] : expected('a string')
      case 'number': return typeof value === 'number' ? [] : expected('a number')
      case 'int': return typeof value === 'number' && Number.isInteger(value) ? [] : expected('a whole number')
      case 'boolean': return typeof value === 'boolean' ? [] : expected('true or false')
      case 'null': return value === null ? [] : expected('null')
      case 'literal': return value === type.value ? [] : expected(JSON.stringify(type.value))
      case 'list': return Array.isArray(value) ? value.flatMap((item, at) => this.value(item, type.item, `${path}[${at}]`)).slice(0, MOST) : expected('a list')
      case 'map': return isRecord(value) ? Object.entries(value).flatMap(([key, entry]) => this.value(entry, type.value, `${path}.${key}`)).slice(0, MOST) : expected('an object')
      case 'record': return isRecord(value) ? this.fields(value, type.fields, path) : expected('an object')
      case 'union': return this.union(value, type.members, path)
      case 'named': {
        const found = this.declared.get(type.name)
        return found === undefined ? [] : this.value(value, found, path)
      }
    }
  }

  private union(value: Json, members: readonly Type[], path: string): InputError[] {
    const tries = members.map(member => this.value(value, member, path))
    if (tries.some(errors => errors.length === 0)) return []
    const constants = members.flatMap(member => member.kind === 'literal' ? [JSON.stringify(member.value)] : member.kind === 'null' ? ['null'] : [])
    if (constants.length === members.length) return [{ path, message: `${path} should be one of ${constants.join(', ')}.` }]
    // The member that fits best says what is wrong: a complaint deeper inside beats "is a string, but should be an object".
    return tries.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!
  }
}

function depth(errors: readonly InputError[]) {
  return Math.max(...errors.map(error => error.path.length))
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
