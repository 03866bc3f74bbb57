// What a token looks like. The lexer cannot know whether a soft word is a keyword where it stands (`key key`);
// its neighbours on the line nearly always tell, and a wrong guess costs a colour, never a meaning.
import { type LexedToken, WeirLexer as L } from './lexing'

export type Look =
  | 'keyword' | 'control' | 'softKeyword' | 'name' | 'definition' | 'callee' | 'property' | 'typeName' | 'atom' | 'number'
  | 'duration' | 'string' | 'escape' | 'operator' | 'punctuation' | 'brace' | 'bracket' | 'paren' | 'rule' | 'doc' | 'comment' | 'fence' | 'invalid'

const PRIMITIVES = new Set(['string', 'number', 'int', 'boolean', 'datetime', 'duration', 'json', 'file', 'secret'])

function span(from: number, to: number) {
  return new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i))
}

const HARD = span(L.LET, L.FUNCTION)
const SOFT = span(L.USE, L.NEVER)
const CONTROL = new Set([L.IF, L.ELSE, L.SWITCH, L.CASE, L.FOR, L.REPEAT, L.PARALLEL, L.RACE, L.SPLIT, L.TRY, L.CATCH, L.RETURN, L.FAIL, L.YIELD, L.WAIT, L.UNTIL])
const ATOMS = new Set([L.TRUE, L.FALSE, L.NULL])
const DECLARING = new Set([L.WORKFLOW, L.RULES, L.FUNCTION, L.TYPE, L.POLICY, L.INTEGRATION, L.ACTION, L.TRIGGER])
/** The soft words that may directly follow another soft word as a keyword: `once per`, `at most`, `on error continue`. */
const FOLLOWERS = new Map<number, ReadonlySet<number>>([
  [L.ONCE, new Set([L.PER])], [L.AT, new Set([L.MOST, L.ONCE])], [L.ON, new Set([L.ERROR, L.FAILURE])], [L.ERROR, new Set([L.CONTINUE])],
  [L.OR, new Set([L.AFTER])], [L.AFTER, new Set([L.FAILURE])], [L.FAILS, new Set([L.WHEN])], [L.ACCEPT, new Set([L.WHEN])],
  [L.IDEMPOTENT, new Set([L.ACTION])], [L.WEBHOOK, new Set([L.VERIFY])], [L.VALID, new Set([L.FROM, L.UNTIL])], [L.UP, new Set([L.TO])],
  [L.PAGES, new Set([L.BY])], [L.NEVER, new Set([L.CALLED])], [L.EXPECT, new Set([L.RUN])], [L.RUN, new Set([L.FAILS])],
  [L.PRIORITY, new Set([L.LOW, L.NORMAL, L.HIGH, L.CRITICAL])], [L.RETRY, new Set([L.ON])], [L.THEN, new Set([L.RETURNS])],
  [L.TIMES, new Set([L.FROM, L.WHEN, L.THEN, L.EVERY, L.WITH])],
])

/** Only spaces and comments between tokens do not count as neighbours. */
const SILENT = new Set([L.WS, L.NL])

const LOOKS = new Map<number, Look>([
  [L.NUMBER, 'number'], [L.DURATION, 'duration'], [L.BAD_DOT, 'invalid'], [L.BAD_NUMBER, 'invalid'],
  [L.STRING, 'string'], [L.OPEN_STRING, 'invalid'],
  [L.TEMPLATE_OPEN, 'string'], [L.TEMPLATE_CLOSE, 'string'], [L.TEMPLATE_TEXT, 'string'], [L.TEMPLATE_NL, 'string'], [L.TEMPLATE_EXPR, 'escape'],
  [L.FENCE_OPEN, 'comment'], [L.FENCE_CLOSE, 'comment'], [L.FENCE_TEXT, 'fence'], [L.FENCE_NL, 'fence'],
  [L.DOC, 'doc'], [L.LINE_COMMENT, 'comment'], [L.COMMENT_OPEN, 'comment'], [L.COMMENT_TEXT, 'comment'], [L.COMMENT_CLOSE, 'comment'], [L.COMMENT_NL, 'comment'],
  [L.LBRACE, 'brace'], [L.RBRACE, 'brace'], [L.LPAREN, 'paren'], [L.RPAREN, 'paren'], [L.LBRACK, 'bracket'], [L.RBRACK, 'bracket'],
  [L.COMMA, 'punctuation'], [L.COLON, 'punctuation'], [L.SEMI, 'invalid'], [L.DOT, 'punctuation'], [L.QDOT, 'punctuation'],
  [L.RULE, 'rule'], [L.ASSIGN_OP, 'invalid'], [L.STEPPING, 'invalid'], [L.EQ2, 'invalid'], [L.NE2, 'invalid'],
  [L.ERR, 'invalid'],
])

/** Whether a value may end with this token, so that a soft word after it continues the statement. */
function endsValue(type: number) {
  return type === L.ID || type === L.NUMBER || type === L.DURATION || type === L.STRING || type === L.TEMPLATE_CLOSE ||
    type === L.RPAREN || type === L.RBRACK || type === L.RBRACE || ATOMS.has(type) || SOFT.has(type)
}

/** Whether a soft word before this token is a name there: it is called, read, given or named. */
function makesName(type: number | undefined) {
  return type === L.DOT || type === L.QDOT || type === L.COMMA || type === L.RPAREN || type === L.RBRACK || type === L.COLON || type === L.ASSIGN
}

function isSoftKeyword(type: number, previous: number | undefined, next: number | undefined) {
  if (makesName(next) || next === L.LBRACK) return false
  if (previous === undefined) return next !== L.LPAREN
  if (previous === L.REPEAT || previous === L.WAIT) return type === L.AT
  if (type === L.SKIPPING || type === L.REPLACE) return previous === L.ELSE
  if (SOFT.has(previous)) return FOLLOWERS.get(previous)?.has(type) ?? false
  return (next !== L.LPAREN || type === L.WHEN || type === L.WHERE) && endsValue(previous)
}

/** The looks of the tokens of a line, in the same order. */
export function classify(line: string, tokens: readonly LexedToken[]): Look[] {
  const spoken = tokens.filter(token => !SILENT.has(token.type))
  const looks = new Map<LexedToken, Look>()
  spoken.forEach((token, at) => {
    looks.set(token, look(line.slice(token.from, token.to), token.type, spoken[at - 1]?.type, spoken[at + 1]?.type, spoken[at - 2]?.type))
  })
  return tokens.map(token => looks.get(token) ?? 'punctuation')
}

function look(text: string, type: number, previous: number | undefined, next: number | undefined, beforePrevious: number | undefined): Look {
  const fixed = LOOKS.get(type)
  if (fixed) return fixed
  const word = type === L.ID || type === L.JS_WORD || HARD.has(type) || SOFT.has(type)
  if (!word) return 'operator'
  if (previous === L.DOT || previous === L.QDOT) return next === L.LPAREN ? 'callee' : 'property'
  if (next === L.COLON && previous !== L.CASE && previous !== L.STEP && previous !== L.LET && previous !== L.QUESTION) return 'property'
  if (next === L.QUESTION && (previous === undefined || previous === L.COMMA || previous === L.LPAREN)) return 'property'
  if (ATOMS.has(type)) return 'atom'
  if (CONTROL.has(type)) return 'control'
  if (type === L.JS_WORD) return 'invalid'
  if (HARD.has(type)) return 'keyword'
  if (previous !== undefined && DECLARING.has(previous) && beforePrevious === undefined) return previous === L.TYPE ? 'typeName' : 'definition'
  if (SOFT.has(type) && isSoftKeyword(type, previous, next)) return DECLARING.has(type) || previous === undefined ? 'keyword' : 'softKeyword'
  if (previous === L.LET || (previous === L.STEP && (next === L.ASSIGN || next === L.COLON))) return 'definition'
  if (next === L.LPAREN) return 'callee'
  if (PRIMITIVES.has(text) && (previous === L.COLON || previous === L.GIVE || previous === L.LBRACK || previous === L.PIPE)) return 'typeName'
  if (/^[A-Z][a-z]/.test(text) && text !== 'Math' && text !== 'Object' && text !== 'Array') return 'typeName'
  return 'name'
}
