import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import oniguruma from 'vscode-oniguruma'
import textmate, { type IGrammar, type StateStack } from 'vscode-textmate'
// @ts-expect-error The generator is a plain script.
import { files, vocabulary } from '../scripts/grammar.mjs'

const root = new URL('../../../', import.meta.url)
const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'))
const loaded = oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength))
const registry = new textmate.Registry({
  onigLib: loaded.then(() => ({ createOnigScanner: patterns => new oniguruma.OnigScanner(patterns), createOnigString: text => new oniguruma.OnigString(text) })),
  loadGrammar: async scope => {
    const name = scope === 'source.weir' ? 'weir.tmLanguage.json' : scope === 'markdown.weir.codeblock' ? 'markdown.tmLanguage.json' : null
    return name === null ? null : textmate.parseRawGrammar(readFileSync(new URL(`../syntaxes/${name}`, import.meta.url), 'utf8'), name)
  },
})

interface Piece { readonly text: string, readonly scopes: string }

function pieces(grammar: IGrammar, text: string): { found: Piece[], end: StateStack } {
  let state = textmate.INITIAL
  const found: Piece[] = []
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state)
    for (const { startIndex, endIndex, scopes } of tokens) found.push({ text: line.slice(startIndex, endIndex), scopes: scopes.slice(1).join(' ') })
    state = ruleStack
  }
  return { found, end: state }
}

async function weir(text: string) {
  return pieces((await registry.loadGrammar('source.weir'))!, text)
}

async function scopes(text: string, word: string) {
  const { found } = await weir(text)
  return found.filter(piece => piece.text.trim() === word).map(piece => piece.scopes)
}

function texts(folder: string): [string, string][] {
  const path = fileURLToPath(new URL(folder, root))
  return readdirSync(path).filter(name => name.endsWith('.weir')).map(name => [name, readFileSync(`${path}/${name}`, 'utf8')])
}

describe('the grammar', () => {
  it('is what the lexer\'s vocabulary gives: run `npm run grammar` in studio/vscode when it is not', () => {
    for (const [name, text] of Object.entries(files())) {
      expect(readFileSync(new URL(`../syntaxes/${name}`, import.meta.url), 'utf8') === text, `${name} is stale`).toBe(true)
    }
  })

  it('knows every word of the lexer', async () => {
    const lexer = readFileSync(new URL('grammar/WeirLexer.g4', root), 'utf8')
    const { hard, soft } = vocabulary(lexer) as { hard: Map<string, string>, soft: Map<string, string> }
    for (const word of [...hard.values()]) expect((await scopes(`  ${word} x`, word)).join(' '), word).toMatch(/keyword|storage|constant/)
    for (const word of [...soft.values()]) expect((await scopes(`  ${word} x`, word)).join(' '), word).toMatch(/keyword|storage/)
  })

  it.each([...texts('examples/'), ...texts('grammar/examples/')])('colours all of %s and ends where it began', async (_, text) => {
    const { found, end } = await weir(text)
    expect(found.filter(piece => piece.scopes.includes('invalid')).map(piece => piece.text)).toEqual([])
    expect(end.depth).toBe(1)
  })

  it('tells a soft word from a name', async () => {
    expect(await scopes('    key order.key', 'key')).toEqual(['keyword.other.weir', 'variable.other.property.weir'])
    expect(await scopes('  step http.get(url: "x", key: 1)', 'key')).toEqual(['variable.other.property.weir'])
    expect((await scopes('for line of order.lines at most 8 at once {', 'at')).every(scope => scope.startsWith('keyword'))).toBe(true)
  })

  it('tells declarations, types, calls, durations and templates', async () => {
    expect(await scopes('workflow order_intake(order: Order) -> { id: string } {', 'order_intake')).toEqual(['entity.name.function.weir'])
    expect(await scopes('workflow w(order: Order) {', 'Order')).toEqual(['entity.name.type.weir'])
    expect(await scopes('type A = { id: string, tags: [string] }', 'string')).toEqual(['support.type.primitive.weir', 'support.type.primitive.weir'])
    expect(await scopes('  wait 1h30m', '1h30m')).toEqual(['constant.numeric.duration.weir'])
    expect(await scopes('  log `a ${b.length} c`', 'length')).toEqual(['string.template.weir meta.template.expression.weir variable.other.property.weir'])
    expect(await scopes('  let x = new Date()', 'new')).toEqual(['invalid.illegal.weir'])
  })

  it('hands fences to JavaScript and comes back', async () => {
    const { found } = await weir('function f(a: string) -> string ```js\n  return a\n```\nlet x = 1')
    expect(found.find(piece => piece.text === '  return a')!.scopes).toContain('meta.embedded.block.javascript')
    expect(found.find(piece => piece.text === 'let')!.scopes).toBe('storage.type.weir')
  })
})

describe('the extension', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { contributes: { grammars: { path: string }[], snippets: { path: string }[], languages: { configuration: string }[], commands: { command: string }[] } }

  it('has every file that its manifest names', () => {
    const { grammars, snippets, languages } = manifest.contributes
    for (const path of [...grammars.map(each => each.path), ...snippets.map(each => each.path), ...languages.map(each => each.configuration)]) {
      expect(() => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as unknown, path).not.toThrow()
    }
  })

  it('does what its commands say', () => {
    const source = readFileSync(new URL('../src/extension.ts', import.meta.url), 'utf8')
    for (const { command } of manifest.contributes.commands) expect(source).toContain(`'${command}'`)
  })
})
