import { readFileSync } from 'node:fs'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import type { Tree } from '@lezer/common'
import { describe, expect, it } from 'vitest'
import { classify } from './classify'
import { weir, weirLanguage } from './language'
import { lexLine, START } from './lexing'

const forms = readFileSync(new URL('../../../grammar/examples/forms.weir', import.meta.url), 'utf8')

/** What a reader sees: each token's look, place and text. */
function seen(tree: Tree, text: string) {
  const tokens: string[] = []
  tree.iterate({
    enter(node) {
      if (node.name !== 'File' && node.name !== 'Line') tokens.push(`${node.name} ${node.from} ${text.slice(node.from, node.to)}`)
    },
  })
  return tokens
}

function looks(line: string) {
  const { tokens } = lexLine(line, START)
  const found = classify(line, tokens)
  return tokens.map((token, at) => [line.slice(token.from, token.to), found[at]!] as const).filter(([text]) => text.trim() !== '')
}

describe('highlighting', () => {
  it('covers every character of every form of the language, and calls nothing invalid', () => {
    const tree = weirLanguage.parser.parse(forms)
    expect(tree.length).toBe(forms.length)
    expect(seen(tree, forms).filter(token => token.startsWith('invalid'))).toEqual([])
  })

  it('counts in UTF-16 units, so that an emoji moves nothing', () => {
    const text = 'let a = "🦀🦀" + b'
    const tree = weirLanguage.parser.parse(text)
    expect(seen(tree, text).at(-1)).toBe(`name ${text.length - 1} b`)
  })

  it('knows a soft word as a keyword only where it is one', () => {
    expect(looks('  key key')).toEqual([['key', 'keyword'], ['key', 'name']])
    expect(looks('  step x = http.get(at: at, per: per)').filter(([text]) => text === 'at' || text === 'per').map(([, look]) => look))
      .toEqual(['property', 'name', 'property', 'name'])
    expect(looks('for line of order.lines at most 8 at once {').map(([, look]) => look))
      .toEqual(['control', 'name', 'softKeyword', 'name', 'punctuation', 'property', 'softKeyword', 'softKeyword', 'number', 'softKeyword', 'softKeyword', 'brace'])
  })

  it('marks what JavaScript has and Weir leaves out', () => {
    expect(looks('let x = new Date()').find(([text]) => text === 'new')![1]).toBe('invalid')
    expect(looks('if (a == b) {').find(([text]) => text === '==')![1]).toBe('invalid')
  })

  it('survives stray closing braces and open templates', () => {
    const text = '}}}}\nlet a = `open ${\nlet b = 1\n'
    expect(weirLanguage.parser.parse(text).length).toBe(text.length)
  })

  it('gives the same colours after any edits as for the text read afresh', () => {
    let seed = Number(process.env.SEED ?? Date.now() % 100_000)
    const first = seed
    const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
    const pieces = ['{', '}', '`', '${', '/*', '*/', '\n', '"', 'let a = 1\n', '```js\n', '```\n', 'x', '']
    let state = EditorState.create({ doc: forms, extensions: [weir()] })
    ensureSyntaxTree(state, state.doc.length, 5_000)
    for (let edit = 0; edit < 60; edit++) {
      const from = random(state.doc.length)
      const to = Math.min(state.doc.length, from + random(4))
      state = state.update({ changes: { from, to, insert: pieces[random(pieces.length)]! } }).state
      const tree = ensureSyntaxTree(state, state.doc.length, 5_000)!
      const text = state.doc.toString()
      expect(seen(tree, text), `seed ${first}, edit ${edit}`).toEqual(seen(weirLanguage.parser.parse(text), text))
    }
  })
})
