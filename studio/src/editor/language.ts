// A Lezer parser over the generated lexer: a tree of lines, each a flat list of tokens. Lines whose text and
// starting state did not change are taken over from the tree before, so a keystroke costs a line or two.
import { defineLanguageFacet, foldService, indentService, Language, LanguageSupport } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import { type Input, NodeProp, NodeSet, NodeType, Parser, type PartialParse, Tree, type TreeFragment } from '@lezer/common'
import { styleTags, tags as t } from '@lezer/highlight'
import { classify, type Look } from './classify'
import { lexLine, type LexState, START } from './lexing'

const LOOKS = [
  'keyword', 'control', 'softKeyword', 'name', 'definition', 'callee', 'property', 'typeName', 'atom', 'number', 'duration', 'string',
  'escape', 'operator', 'punctuation', 'brace', 'bracket', 'paren', 'rule', 'doc', 'comment', 'fence', 'invalid',
] as const satisfies readonly Look[]

/** What the lexer knew before and after a line; kept on the line's node. */
const lineStates = new NodeProp<{ start: string, end: LexState }>({ perNode: true })

const data = defineLanguageFacet({
  commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
  closeBrackets: { brackets: ['(', '[', '{', '"', "'", '`'] },
  indentOnInput: /^\s*[}\])]$/,
})

const topType = NodeType.define({ id: LOOKS.length + 1, name: 'File', top: true })
const lineType = NodeType.define({ id: LOOKS.length, name: 'Line' })
const types = new NodeSet([...LOOKS.map((name, id) => NodeType.define({ id, name })), lineType, topType]).extend(
  styleTags({
    keyword: t.keyword,
    control: t.controlKeyword,
    softKeyword: t.modifier,
    name: t.variableName,
    definition: t.definition(t.variableName),
    callee: t.function(t.variableName),
    property: t.propertyName,
    typeName: t.typeName,
    atom: t.atom,
    number: t.number,
    duration: t.unit,
    string: t.string,
    escape: t.special(t.brace),
    operator: t.operator,
    punctuation: t.punctuation,
    brace: t.brace,
    bracket: t.squareBracket,
    paren: t.paren,
    rule: t.contentSeparator,
    doc: t.docComment,
    comment: t.comment,
    fence: t.special(t.string),
    invalid: t.invalid,
  }),
)
const topNode = types.types[LOOKS.length + 1]!
const typeOf = new Map<Look, number>(LOOKS.map((name, id) => [name, id]))
const silent = typeOf.get('punctuation')!

function lineTree(text: string, start: LexState): Tree {
  const { tokens, end } = lexLine(text, start)
  const looks = classify(text, tokens)
  const buffer: number[] = []
  let count = 0
  tokens.forEach((token, at) => {
    const type = typeOf.get(looks[at]!)!
    if (type === silent && text.slice(token.from, token.to).trim() === '') return
    buffer.push(type, token.from, token.to, 4)
    count++
  })
  const tree = Tree.build({ buffer, nodeSet: types, topID: lineType.id, length: text.length, maxBufferLength: count + 1 })
  return new Tree(tree.type, tree.children, tree.positions, text.length, [[lineStates, { start: start.join(), end }]])
}

class LineParse implements PartialParse {
  stoppedAt: number | null = null
  parsedPos: number
  private readonly lines: Tree[] = []
  private readonly positions: number[] = []
  private state: LexState = START
  private readonly from: number

  constructor(
    private readonly input: Input,
    private readonly fragments: readonly TreeFragment[],
    private readonly to: number,
    from: number,
  ) {
    this.from = this.parsedPos = from
  }

  stopAt(pos: number) {
    this.stoppedAt = pos
  }

  /** Does about 40 lines, so that the editor may interrupt a long text. */
  advance(): Tree | null {
    const end = Math.min(this.to, this.stoppedAt ?? this.to)
    for (let lines = 0; lines < 40 && this.parsedPos < end; lines++) {
      const line = this.reusable() ?? this.fresh()
      this.lines.push(line)
      this.positions.push(this.parsedPos - this.from)
      this.state = line.prop(lineStates)!.end
      this.parsedPos += line.length
    }
    if (this.parsedPos < end) return null
    return new Tree(topNode, this.lines, this.positions, this.parsedPos - this.from)
  }

  private reusable(): Tree | null {
    for (const fragment of this.fragments) {
      const start = this.parsedPos + fragment.offset
      if (fragment.from > this.parsedPos || fragment.to <= this.parsedPos) continue
      const at = indexOf(fragment.tree.positions, start)
      const line = at < 0 ? null : fragment.tree.children[at]
      // A line that ends where a change begins may have grown: take it only when what follows it is unchanged too.
      if (!(line instanceof Tree) || this.parsedPos + line.length >= fragment.to) continue
      if (line.prop(lineStates)?.start === this.state.join()) return line
    }
    return null
  }

  private fresh(): Tree {
    let text = ''
    for (let at = this.parsedPos; at < this.to;) {
      const chunk = this.input.chunk(at).slice(0, this.to - at)
      const stop = chunk.indexOf('\n')
      text += stop < 0 ? chunk : chunk.slice(0, stop + 1)
      if (stop >= 0) break
      at += chunk.length
    }
    return lineTree(text, this.state)
  }
}

/** The index of a value in a rising list, or -1. */
function indexOf(sorted: readonly number[], value: number) {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (sorted[middle] === value) return middle
    if (sorted[middle]! < value) low = middle + 1
    else high = middle - 1
  }
  return -1
}

class LineParser extends Parser {
  createParse(input: Input, fragments: readonly TreeFragment[], ranges: readonly { from: number, to: number }[]) {
    return new LineParse(input, fragments, ranges.at(-1)!.to, ranges[0]!.from)
  }
}

export const weirLanguage = new Language(data, new LineParser(), [], 'weir')

const indentation = indentService.of((context, pos) => {
  const line = context.state.doc.lineAt(pos)
  if (line.number === 1) return 0
  let number = line.number - 1
  while (number > 1 && context.state.doc.line(number).text.trim() === '') number--
  const before = context.state.doc.line(number).text
  const opens = /[{([]\s*(\/\/.*)?$/.test(before) ? context.unit : 0
  const closes = /^\s*[})\]]/.test(context.textAfterPos(pos)) ? context.unit : 0
  return Math.max(0, context.lineIndent(context.state.doc.line(number).from) + opens - closes)
})

/** A block folds from its opening brace to the line that closes it with the same indentation. */
function foldRange(state: EditorState, from: number, to: number) {
  const line = state.doc.lineAt(from)
  if (!/\{\s*$/.test(line.text)) return null
  const indent = /^\s*/.exec(line.text)![0].length
  for (let number = line.number + 1; number <= state.doc.lines; number++) {
    const next = state.doc.line(number)
    if (next.text.trim() !== '' && /^\s*/.exec(next.text)![0].length <= indent) {
      return next.text.trim().startsWith('}') && next.number > line.number + 1 ? { from: to, to: next.from + indent } : null
    }
  }
  return null
}

export function weir() {
  return new LanguageSupport(weirLanguage, [indentation, foldService.of((state, from, to) => foldRange(state, from, to))])
}
