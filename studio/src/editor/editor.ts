// The CodeMirror views of the studio: the text, the JSON input, and the comparison of a proposal.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { type Diagnostic as Marked, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import type { LSPClient } from '@codemirror/lsp-client'
import { unifiedMergeView } from '@codemirror/merge'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorSelection, EditorState, type Extension, StateEffect, StateField, Transaction } from '@codemirror/state'
import { Decoration, type DecorationSet, drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import type { Diagnostic, Fix } from '../api/types'
import { changesOf, codePieces, rangeOf } from '../state/problems'
import { weir } from './language'
import { theme } from './theme'

export interface TextEvents {
  changed(text: string): void
  /** The cursor stands on another line, from 1. */
  moved(line: number): void
  save(): void
  run(): void
  format(): void
}

const spotlight = StateEffect.define<{ from: number, to: number } | null>()

/** The lines of the node that was chosen in the graph. */
const spotlightField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(spotlight)) continue
      if (effect.value === null) return Decoration.none
      const { doc } = transaction.state
      const marks = []
      for (let number = effect.value.from; number <= Math.min(effect.value.to, doc.lines); number++) marks.push(Decoration.line({ class: 'cm-node-line' }).range(doc.line(number).from))
      return Decoration.set(marks)
    }
    return transaction.docChanged ? Decoration.none : lines
  },
  provide: field => EditorView.decorations.from(field),
})

const basics: Extension = [
  highlightSpecialChars(), history(), drawSelection(), dropCursor(), indentOnInput(), bracketMatching(), closeBrackets(), indentUnit.of('  '),
  EditorState.tabSize.of(2), theme,
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
]

export class TextEditor {
  readonly view: EditorView
  private readonly server = new Compartment()
  private line = 0

  constructor(parent: HTMLElement, text: string, private readonly uri: string, events: TextEvents) {
    const run = (command: () => void) => () => {
      command()
      return true
    }
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([
            { key: 'Mod-s', run: run(() => events.save()), preventDefault: true },
            { key: 'Mod-Enter', run: run(() => events.run()), preventDefault: true },
            { key: 'Shift-Alt-f', run: run(() => events.format()), preventDefault: true },
          ]),
          basics, weir(), lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), codeFolding(), foldGutter({ openText: '▾', closedText: '▸' }),
          lintGutter(), search({ top: true }), highlightSelectionMatches(), autocompletion({ icons: true }), spotlightField,
          keymap.of([...foldKeymap, ...lintKeymap, ...searchKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': 'Text of the workflow', tabindex: '0' }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) events.changed(update.state.doc.toString())
            const line = update.state.doc.lineAt(update.state.selection.main.head).number
            if (line !== this.line) {
              this.line = line
              events.moved(line)
            }
          }),
          this.server.of([]),
        ],
      }),
    })
  }

  get text() {
    return this.view.state.doc.toString()
  }

  /** Null takes the language server away: then the text is edited without it. */
  attach(client: LSPClient | null) {
    this.view.dispatch({ effects: this.server.reconfigure(client ? client.plugin(this.uri, 'weir') : []) })
  }

  /** Replaces only what differs, so that cursor, folds and undo stay sensible. */
  replace(text: string) {
    const before = this.text
    if (before === text) return
    let start = 0
    while (start < before.length && start < text.length && before[start] === text[start]) start++
    let end = 0
    while (end < before.length - start && end < text.length - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end++
    this.view.dispatch({ changes: { from: start, to: before.length - end, insert: text.slice(start, text.length - end) }, annotations: Transaction.userEvent.of('input.replace') })
  }

  mark(diagnostics: readonly Diagnostic[]) {
    const { text } = this
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics.map((diagnostic): Marked => ({
      ...rangeOf(text, diagnostic),
      severity: diagnostic.severity,
      message: diagnostic.message,
      renderMessage: () => messageOf(diagnostic),
      actions: (diagnostic.fixes ?? []).map(fix => ({ name: fix.title, apply: () => this.fix(fix) })),
    }))))
  }

  fix(fix: Fix) {
    const changes = changesOf(this.text, fix.edits)
    if (changes) this.view.dispatch({ changes, annotations: Transaction.userEvent.of('input.fix') })
    this.view.focus()
  }

  /** Puts the cursor somewhere and shows it. */
  go(line: number, column = 1) {
    const { doc } = this.view.state
    const target = doc.line(Math.min(Math.max(1, line), doc.lines))
    const at = Math.min(target.from + column - 1, target.to)
    this.view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: 'center', xMargin: 24 }) })
    this.view.focus()
  }

  spotlight(lines: { from: number, to: number } | null) {
    this.view.dispatch({ effects: spotlight.of(lines) })
  }

  focus() {
    this.view.focus()
  }

  destroy() {
    this.view.destroy()
  }
}

/** What a diagnostic says, as the problems panel says it too. */
function messageOf({ message, hint, code }: Diagnostic): HTMLElement {
  const whole = document.createElement('div')
  for (const [look, text] of [['', message], ['cm-diagnostic-hint-text', hint ?? ''], ['cm-diagnostic-code', code]] as const) {
    if (text === '') continue
    const line = whole.appendChild(document.createElement('div'))
    line.className = look
    for (const piece of codePieces(text)) line.appendChild(document.createElement(piece.code ? 'code' : 'span')).textContent = piece.text
  }
  return whole
}

/** A small editor for the JSON of an input. */
export function jsonEditor(parent: HTMLElement, text: string, label: string, changed: (text: string) => void, run: () => void): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([{ key: 'Mod-Enter', run: () => (run(), true), preventDefault: true }]),
        EditorView.theme({ '.cm-content': { padding: '10px 0' }, '.cm-line': { padding: '0 12px' }, '&': { backgroundColor: 'transparent', maxHeight: '20rem', fontSize: '0.75rem' } }),
        basics, json(), keymap.of([indentWithTab]), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) changed(update.state.doc.toString())
        }),
      ],
    }),
  })
}

/** A proposal to read: compared with what is there, or by itself when nothing is. */
export function comparison(parent: HTMLElement, before: string | null, after: string): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: after,
      extensions: [
        EditorView.theme({ '.cm-content': { padding: '12px 0' } }),
        EditorState.readOnly.of(true), EditorView.editable.of(false), drawSelection(), lineNumbers(), weir(), theme, EditorView.lineWrapping,
        before === null ? [] : unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
        EditorView.contentAttributes.of({ 'aria-label': 'Proposed text', tabindex: '0' }),
      ],
    }),
  })
}
