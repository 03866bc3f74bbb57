// The answer to a question: which fields a form shows for it, and what they become.
import type { Json, Parameter } from '../api/types'

/** What the form itself asks; the rest are fields of the question's own. */
const STANDARD: readonly string[] = ['approved', 'by', 'comment']

export type Control = { readonly kind: 'text' | 'number' | 'json' } | { readonly kind: 'truth' } | { readonly kind: 'choice', readonly choices: readonly string[] }

export function ownFields(fields: readonly Parameter[]): readonly Parameter[] {
  return fields.filter(field => !STANDARD.includes(field.name))
}

/** How a field of that type is filled in. */
export function control(type: string): Control {
  if (type === 'boolean') return { kind: 'truth' }
  if (type === 'number' || type === 'int') return { kind: 'number' }
  const members = type.split(' | ')
  if (members.every(member => /^"[^"\\]*"$/.test(member))) return { kind: 'choice', choices: members.map(member => member.slice(1, -1)) }
  return { kind: type === 'string' || type === 'datetime' ? 'text' : 'json' }
}

export type Filled = { readonly ok: true, readonly value: Json } | { readonly ok: false, readonly field: string, readonly message: string }

/** @param texts what was typed, by field; truth values as 'true' and 'false' */
export function filled(fields: readonly Parameter[], texts: { readonly [field: string]: string }, approved: boolean, by: string, comment: string): Filled {
  const answer: { [key: string]: Json } = { approved }
  if (by.trim() !== '') answer.by = by.trim()
  if (comment.trim() !== '') answer.comment = comment.trim()
  for (const field of ownFields(fields)) {
    const text = texts[field.name]?.trim() ?? ''
    const { kind } = control(field.type)
    if (kind === 'truth') {
      answer[field.name] = text === 'true'
    } else if (text === '') {
      if (!field.optional) return { ok: false, field: field.name, message: `${field.name} is missing.` }
    } else if (kind === 'number') {
      const number = Number(text)
      if (!Number.isFinite(number)) return { ok: false, field: field.name, message: `${field.name} is a number.` }
      answer[field.name] = number
    } else if (kind === 'json') {
      try {
        answer[field.name] = JSON.parse(text)
      } catch {
        return { ok: false, field: field.name, message: `${field.name} is JSON, like the type says: ${field.type}.` }
      }
    } else {
      answer[field.name] = text
    }
  }
  return { ok: true, value: answer }
}
