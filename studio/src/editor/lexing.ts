// The generated lexer, one line at a time. No token of Weir spans a line, so the stack of lexer modes at the
// start of a line is all that a line needs to know about what stands before it.
import { type CharStream, type Interval, Token } from 'antlr4ng'
import { WeirLexer } from './generated/WeirLexer'

export { WeirLexer }

export interface LexedToken {
  readonly type: number
  /** Offsets into the line in UTF-16 units, as CodeMirror counts; `to` is exclusive. */
  readonly from: number
  readonly to: number
}

/** Where the lexer stands between two lines: the current mode first, then what lies below it. */
export type LexState = readonly number[]

export const START: LexState = [0]

export interface LexedLine {
  readonly tokens: readonly LexedToken[]
  readonly end: LexState
}

/** Counts in UTF-16 units, unlike the runtime's own stream, which counts code points. */
class Utf16Stream implements CharStream {
  name = 'line'
  index = 0
  constructor(private readonly data: string) {}
  get size() { return this.data.length }
  LA(offset: number) {
    const at = this.index + (offset > 0 ? offset - 1 : offset)
    return at >= 0 && at < this.data.length ? this.data.charCodeAt(at) : Token.EOF
  }
  consume() { this.index++ }
  seek(index: number) { this.index = Math.min(index, this.data.length) }
  mark() { return 0 }
  release() {}
  reset() { this.index = 0 }
  getSourceName() { return this.name }
  getTextFromRange(start: number, stop: number) { return this.data.slice(start, stop + 1) }
  getTextFromInterval(interval: Interval) { return this.data.slice(interval.start, interval.stop + 1) }
}

class LineLexer extends WeirLexer {
  /** A stray closing brace finds an empty stack: stay in the mode instead of throwing. */
  override popMode() {
    return this.modeStack.length === 0 ? this.mode : super.popMode()
  }

  begin(line: string, state: LexState) {
    this.inputStream = new Utf16Stream(line)
    this.modeStack.length = 0
    for (let below = state.length - 1; below > 0; below--) this.modeStack.push(state[below]!)
    this.mode = state[0]!
  }

  get standing(): LexState {
    return [this.mode, ...this.modeStack.toReversed()]
  }
}

let lexer: LineLexer | null = null

/** Deeper nesting than this is cut: it colours a hostile text a little wrong and keeps typing quick. */
const MAX_DEPTH = 256

/** The tokens of one line (with its line break, if it has one) and where the lexer stands after it. */
export function lexLine(line: string, state: LexState): LexedLine {
  if (!lexer) {
    lexer = new LineLexer(new Utf16Stream(''))
    lexer.removeErrorListeners()
  }
  lexer.begin(line, state)
  const tokens: LexedToken[] = []
  for (let token = lexer.nextToken(); token.type !== Token.EOF; token = lexer.nextToken()) {
    tokens.push({ type: token.type, from: token.start, to: token.stop + 1 })
  }
  return { tokens, end: lexer.standing.slice(0, MAX_DEPTH) }
}
