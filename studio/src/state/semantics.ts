// What the language server says of a text beyond its mistakes, in the editor's words. No DOM here.

export interface Legend { readonly tokenTypes: readonly string[], readonly tokenModifiers: readonly string[] }

/** A word and what it is; line and column from 0, as the protocol counts. */
export interface Token { readonly line: number, readonly column: number, readonly length: number, readonly type: string, readonly modifiers: readonly string[] }

/** The numbers of the protocol, five a token, each place relative to the one before. */
export function decodeTokens(data: readonly number[], legend: Legend): Token[] {
  const tokens: Token[] = []
  let line = 0
  let column = 0
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [down, along, length, type, modifiers] = data.slice(at, at + 5) as [number, number, number, number, number]
    column = down === 0 ? column + along : along
    line += down
    tokens.push({ line, column, length, type: legend.tokenTypes[type] ?? '', modifiers: legend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0) })
  }
  return tokens
}

/** The kinds that say more than the looks of a word: the lexer's colours stay for all others. */
const TELLING = new Set(['namespace', 'parameter', 'function', 'method', 'type', 'macro', 'property'])

/** The class that colours a token, null where its looks are enough. */
export function lookOf(token: Token): string | null {
  if (token.type === 'variable') return token.modifiers.includes('readonly') ? 'cm-sem-constant' : 'cm-sem-variable'
  return TELLING.has(token.type) ? `cm-sem-${token.type}` : null
}

export interface Place { readonly line: number, readonly character: number }
export interface TextEdit { readonly range: { readonly start: Place, readonly end: Place }, readonly newText: string }
export interface Action { readonly title: string, readonly kind?: string, readonly isPreferred?: boolean, readonly edit?: { readonly changes?: Readonly<Record<string, readonly TextEdit[]>> } }

/** Those that change this text and nothing else, what mends first. */
export function applicable(actions: readonly Action[], uri: string): Action[] {
  const rank = ({ kind = '', isPreferred }: Action) => (isPreferred ? 0 : kind.startsWith('quickfix') ? 1 : kind.startsWith('refactor') ? 2 : 3)
  return actions
    .filter(({ edit }) => edit?.changes && Object.keys(edit.changes).every(changed => changed === uri))
    .map((action, at) => ({ action, at }))
    .toSorted((a, b) => rank(a.action) - rank(b.action) || a.at - b.at)
    .map(({ action }) => action)
}
