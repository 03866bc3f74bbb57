// Diagnostics of the text as it stands: counted, ordered and turned into edits.
import type { Diagnostic, Edit, Position, Severity } from '../api/types'

const ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2, hint: 3 }

/** Errors first, then by place. */
export function ordered(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity] || a.start.line - b.start.line || a.start.column - b.start.column)
}

export interface Counts { readonly errors: number, readonly warnings: number, readonly notes: number }

export function counts(diagnostics: readonly Diagnostic[]): Counts {
  const of = (...severities: Severity[]) => diagnostics.filter(diagnostic => severities.includes(diagnostic.severity)).length
  return { errors: of('error'), warnings: of('warning'), notes: of('info', 'hint') }
}

/** `2 mistakes, 1 warning`; `No problems`. */
export function summary({ errors, warnings, notes }: Counts): string {
  const parts = [[errors, 'mistake'], [warnings, 'warning'], [notes, 'note']] as const
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
  return said.length === 0 ? 'No problems' : said.join(', ')
}

/** A sentence cut at its backticks: what stands in them is code. */
export function codePieces(sentence: string): { readonly text: string, readonly code: boolean }[] {
  const parts = sentence.split('`')
  // An odd backtick at the end opens nothing.
  if (parts.length % 2 === 0) parts.push(`${parts.splice(-2, 1)[0]}\`${parts.pop() ?? ''}`)
  return parts.map((text, at) => ({ text, code: at % 2 === 1 })).filter(({ text }) => text !== '')
}

/** The starts of the lines of a text, as offsets. */
function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function offsetIn(starts: readonly number[], length: number, { line, column }: Position): number {
  if (line < 1) return 0
  const start = starts[line - 1]
  if (start === undefined) return length
  const end = starts[line] === undefined ? length : starts[line]! - 1
  return Math.min(start + Math.max(0, column - 1), end)
}

/** Where a place lies in a text, kept inside it whatever the place says. */
export function offsetOf(text: string, position: Position): number {
  return offsetIn(lineStarts(text), text.length, position)
}

export interface Range { readonly from: number, readonly to: number }

/** The stretch to underline: never empty when there is a character to underline. */
export function rangeOf(text: string, { start, end }: { readonly start: Position, readonly end: Position }): Range {
  const starts = lineStarts(text)
  let from = offsetIn(starts, text.length, start)
  let to = Math.max(from, offsetIn(starts, text.length, end))
  if (from === to) {
    if (to < text.length && text[to] !== '\n') to++
    else if (from > 0 && text[from - 1] !== '\n') from--
  }
  return { from, to }
}

export interface Change extends Range { readonly insert: string }

/** The changes of a fix in the order of the text; overlapping edits are refused. */
export function changesOf(text: string, edits: readonly Edit[]): Change[] | null {
  const starts = lineStarts(text)
  const changes = edits
    .map(edit => ({ from: offsetIn(starts, text.length, edit.start), to: offsetIn(starts, text.length, edit.end), insert: edit.text }))
    .toSorted((a, b) => a.from - b.from)
  const overlapping = changes.some((change, at) => change.to < change.from || (at > 0 && changes[at - 1]!.to > change.from))
  return overlapping ? null : changes
}

/** A diagnostic of the language server in the form of the API, or null when it is not one. */
export function fromLanguageServer(sent: unknown, file: string): Diagnostic | null {
  if (sent === null || typeof sent !== 'object') return null
  const { code, severity, message, range, data } = sent as {
    code?: string | number, severity?: number, message?: unknown, data?: { hint?: string, fixes?: Diagnostic['fixes'] } | null
    range?: { start: { line: number, character: number }, end: { line: number, character: number } }
  }
  if (typeof message !== 'string' || !range) return null
  const names: Severity[] = ['error', 'warning', 'info', 'hint']
  return {
    code: String(code ?? ''),
    severity: names[(severity ?? 1) - 1] ?? 'error',
    message,
    file,
    start: { line: range.start.line + 1, column: range.start.character + 1 },
    end: { line: range.end.line + 1, column: range.end.character + 1 },
    hint: data?.hint ?? null,
    fixes: Array.isArray(data?.fixes) ? data.fixes : [],
  }
}
