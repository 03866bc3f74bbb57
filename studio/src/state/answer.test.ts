import { describe, expect, it } from 'vitest'
import { control, filled } from './answer'

const FIELDS = [
  { name: 'approved', type: 'boolean' }, { name: 'by', type: 'string' }, { name: 'comment', type: 'string', optional: true },
  { name: 'limit', type: 'int' }, { name: 'level', type: '"low" | "high"', optional: true }, { name: 'tags', type: '[string]', optional: true },
]

describe('an answer', () => {
  it('asks for each field in the way of its type', () => {
    expect(FIELDS.map(field => control(field.type).kind)).toEqual(['truth', 'text', 'text', 'number', 'choice', 'json'])
    expect(control('"low" | "high"')).toEqual({ kind: 'choice', choices: ['low', 'high'] })
    expect(control('"low" | null').kind).toBe('json')
  })

  it('holds what was filled in', () => {
    expect(filled(FIELDS, { limit: ' 12 ', level: 'high', tags: '["a"]' }, true, ' ann ', '')).toEqual({ ok: true, value: { approved: true, by: 'ann', limit: 12, level: 'high', tags: ['a'] } })
  })

  it('says which field is wrong', () => {
    expect(filled(FIELDS, {}, false, '', 'no')).toMatchObject({ ok: false, field: 'limit' })
    expect(filled(FIELDS, { limit: 'x' }, true, '', '')).toMatchObject({ ok: false, field: 'limit' })
    expect(filled(FIELDS, { limit: '1', tags: '[' }, true, '', '')).toMatchObject({ ok: false, field: 'tags' })
  })
})
