import { describe, expect, it } from 'vitest'
import { applicable, decodeTokens, lookOf } from './semantics'

const legend = { tokenTypes: ['namespace', 'variable', 'keyword'], tokenModifiers: ['declaration', 'readonly'] }

describe('semantic tokens', () => {
  it('are counted from the one before', () => {
    expect(decodeTokens([0, 4, 3, 1, 1, 0, 5, 2, 0, 0, 2, 1, 6, 2, 3], legend)).toEqual([
      { line: 0, column: 4, length: 3, type: 'variable', modifiers: ['declaration'] },
      { line: 0, column: 9, length: 2, type: 'namespace', modifiers: [] },
      { line: 2, column: 1, length: 6, type: 'keyword', modifiers: ['declaration', 'readonly'] },
    ])
  })

  it('colour only what their looks do not tell', () => {
    const [variable, space, keyword] = decodeTokens([0, 0, 1, 1, 2, 0, 1, 1, 0, 0, 0, 1, 1, 2, 0], legend)
    expect([variable, space, keyword].map(token => lookOf(token!))).toEqual(['cm-sem-constant', 'cm-sem-namespace', null])
  })

  it('survive numbers that are no tokens', () => {
    expect(decodeTokens([1, 2, 3], legend)).toEqual([])
    expect(decodeTokens([0, 0, 1, 99, 0], legend)[0]!.type).toBe('')
  })
})

describe('actions', () => {
  const edit = { changes: { 'file:///a': [] } }
  it('are offered when they change this text only, mending first', () => {
    expect(applicable([
      { title: 'organise', kind: 'source.organizeImports', edit },
      { title: 'extract', kind: 'refactor.extract', edit },
      { title: 'other', kind: 'quickfix', edit: { changes: { 'file:///b': [] } } },
      { title: 'mend', kind: 'quickfix', edit },
      { title: 'best', kind: 'quickfix', isPreferred: true, edit },
      { title: 'command' },
    ], 'file:///a').map(({ title }) => title)).toEqual(['best', 'mend', 'extract', 'organise'])
  })
})
