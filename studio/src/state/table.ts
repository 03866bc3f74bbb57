// The rules of a text as a table to look at. The server judges; this only reads what is written.
import type { Json } from '../api/types'

export interface RulesText {
  /** The columns that are looked at, and those that are given. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** One for each row, as written; a row of `else` has one input cell. */
  readonly rows: readonly { readonly inputs: readonly string[], readonly outputs: readonly string[], readonly note: string }[]
  /** How rows are chosen: unique, first or all. */
  readonly policy: string
  /** From 1, in the whole text. */
  readonly line: number
}

/** The rules of that name in a text, or null when it does not declare them. */
export function rulesIn(text: string, name: string): RulesText | null {
  const head = new RegExp(`^rules\\s+${name}\\s*\\(`, 'm').exec(text)
  if (!head) return null
  const rest = text.slice(head.index)
  // The result's type may have braces too; the one that opens the rules stands before a row or a sentence.
  const opening = /\{\s*(?=\||when\s+[^:\s]|else\s+[^:\s]|\/\/)/.exec(rest)
  if (!opening) return null
  const end = rest.indexOf('\n}', opening.index)
  const body = rest.slice(opening.index + 1, end < 0 ? undefined : end).split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('//'))
  const policy = /(unique|first|all)\s*$/.exec(rest.slice(0, opening.index))?.[1] ?? 'unique'
  const line = text.slice(0, head.index).split('\n').length
  const table = body.filter(row => row.startsWith('|'))
  return { ...(table.length > 1 ? ofTable(table) : ofSentences(body)), policy, line }
}

function ofTable([head, , ...rest]: readonly string[]) {
  const columns = cells(head!)
  return { inputs: columns.inputs, outputs: columns.outputs, rows: rest.map(cells) }
}

function ofSentences(lines: readonly string[]) {
  const rows = lines.flatMap(line => {
    const when = /^when\s+(.*)\s+then\s+(.*)$/.exec(line)
    if (when) return [{ inputs: [when[1]!], outputs: [when[2]!], note: '' }]
    const other = /^else\s+(.*)$/.exec(line)
    return other ? [{ inputs: ['else'], outputs: [other[1]!], note: '' }] : []
  })
  return { inputs: ['when'], outputs: ['then'], rows }
}

/** Cuts a row at its bars; bars in strings, templates and parentheses belong to their cell. */
function cells(row: string) {
  const parts: string[] = []
  let cell = ''
  let quote = ''
  let depth = 0
  for (let at = 1; at < row.length; at++) {
    const sign = row[at]!
    if (quote !== '') {
      if (sign === '\\') cell += sign + (row[++at] ?? '')
      else {
        cell += sign
        if (sign === quote) quote = ''
      }
    } else if (sign === '|' && depth === 0) {
      parts.push(cell.trim())
      cell = ''
      if (row[at + 1] === '|') {
        parts.push('||')
        at++
      }
    } else {
      if (sign === '"' || sign === "'" || sign === '`') quote = sign
      if (sign === '(' || sign === '[' || sign === '{') depth++
      if (sign === ')' || sign === ']' || sign === '}') depth--
      cell += sign
    }
  }
  const middle = parts.indexOf('||')
  return middle < 0
    ? { inputs: parts, outputs: [], note: cell.trim() }
    : { inputs: parts.slice(0, middle), outputs: parts.slice(middle + 1), note: cell.trim() }
}

/** An input that the first rows would look at, when the server gives none: each column's first value. */
export function exampleInput(rules: RulesText): Json {
  const input: { [key: string]: Json } = {}
  rules.inputs.forEach((path, column) => {
    if (!/^[A-Za-z_][\w.]*$/.test(path) || path === 'when') return
    const value = rules.rows.map(row => valueOf(row.inputs[column] ?? '')).find(each => each !== undefined) ?? null
    const names = path.split('.')
    let place = input
    for (const name of names.slice(0, -1)) {
      const inner = place[name]
      place = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : (place[name] = {})
    }
    place[names.at(-1)!] = value
  })
  return input
}

function valueOf(cell: string): Json | undefined {
  const literal = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|\btrue\b|\bfalse\b/.exec(cell)?.[0]
  if (literal === undefined) return undefined
  try {
    return JSON.parse(literal)
  } catch {
    return undefined
  }
}
