// What the language server knows beyond completion: colours by meaning, types that are not written, and order while typing.
import { type LSPClientExtension, LSPPlugin } from '@codemirror/lsp-client'
import { type ChangeDesc, Prec, RangeSet, StateEffect, StateField, type Text, Transaction } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view'
import { decodeTokens, type Legend, lookOf, type Place, type TextEdit } from '../state/semantics'

/** How long a pause in typing is before colours and hints are asked for again, in milliseconds. */
const PAUSE = 300
const KEPT = 'weir.hints'

interface Hint { readonly position: Place, readonly label: string, readonly kind?: number, readonly tooltip?: { readonly value: string } }

class HintWidget extends WidgetType {
  constructor(private readonly hint: Hint) {
    super()
  }

  override eq(other: HintWidget) {
    return other.hint.label === this.hint.label && other.hint.tooltip?.value === this.hint.tooltip?.value
  }

  override toDOM() {
    const element = document.createElement('span')
    element.className = this.hint.kind === 2 ? 'cm-hint cm-hint-argument' : 'cm-hint'
    element.textContent = this.hint.label
    element.title = (this.hint.tooltip?.value ?? '').replace(/```\w*\n?/g, '').trim()
    // Who reads the text by ear reads what is written.
    element.setAttribute('aria-hidden', 'true')
    return element
  }
}

const setColours = StateEffect.define<DecorationSet>()
const setHints = StateEffect.define<DecorationSet>()
const showHints = StateEffect.define<boolean>()

function decorations(effect: typeof setColours) {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(set, transaction) {
      for (const each of transaction.effects) if (each.is(effect)) return each.value
      return transaction.docChanged ? set.map(transaction.changes) : set
    },
    provide: field => EditorView.decorations.from(field),
  })
}

const hintsShown = StateField.define<boolean>({
  create: () => localStorage.getItem(KEPT) !== 'off',
  update: (shown, transaction) => transaction.effects.reduce((now, effect) => effect.is(showHints) ? effect.value : now, shown),
  provide: field => EditorView.editorAttributes.from(field, (shown): Record<string, string> => shown ? {} : { class: 'cm-hints-off' }),
})

/** Asks when the text rests, and shows the answers where they still belong. */
const asking = ViewPlugin.fromClass(class {
  private timer: ReturnType<typeof setTimeout> | undefined
  private changes: ChangeDesc | null = null
  private gone = false

  constructor(private readonly view: EditorView) {
    this.soon(0)
  }

  update(update: ViewUpdate) {
    if (!update.docChanged) return
    if (this.changes) this.changes = this.changes.composeDesc(update.changes)
    this.soon(PAUSE)
  }

  destroy() {
    this.gone = true
    clearTimeout(this.timer)
  }

  private soon(delay: number) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.ask(), delay)
  }

  private async ask() {
    const plugin = LSPPlugin.get(this.view)
    const legend = (plugin?.client.serverCapabilities as { semanticTokensProvider?: { legend: Legend } } | null)?.semanticTokensProvider?.legend
    if (!plugin || !legend) return
    const { doc } = this.view.state
    plugin.client.sync()
    const changed: ChangeDesc = this.view.state.changes().desc
    this.changes = changed
    const textDocument = { uri: plugin.uri }
    const whole = { start: { line: 0, character: 0 }, end: plugin.toPosition(doc.length) }
    try {
      const [tokens, hints] = await Promise.all([
        plugin.client.request<unknown, { data: number[] } | null>('textDocument/semanticTokens/full', { textDocument }),
        plugin.client.request<unknown, Hint[] | null>('textDocument/inlayHint', { textDocument, range: whole }),
      ])
      const since: ChangeDesc | null = this.changes
      if (this.gone || !since) return
      this.view.dispatch({ effects: [setColours.of(coloured(doc, tokens?.data ?? [], legend).map(since)), setHints.of(hinted(doc, hints ?? [], plugin).map(since))] })
    } catch {
      // Without an answer the text looks as the lexer sees it.
    }
  }
})

function coloured(doc: Text, data: readonly number[], legend: Legend): DecorationSet {
  const ranges = decodeTokens(data, legend).flatMap(token => {
    const look = lookOf(token)
    if (look === null || token.line >= doc.lines) return []
    const line = doc.line(token.line + 1)
    const from = Math.min(line.from + token.column, line.to)
    const to = Math.min(from + token.length, line.to)
    return from < to ? [Decoration.mark({ class: look }).range(from, to)] : []
  })
  return RangeSet.of(ranges, true)
}

function hinted(doc: Text, hints: readonly Hint[], plugin: LSPPlugin): DecorationSet {
  return RangeSet.of(hints.map(hint => Decoration.widget({ widget: new HintWidget(hint), side: hint.kind === 2 ? -1 : 1 }).range(plugin.fromPosition(hint.position, doc))), true)
}

function toggleHints(view: EditorView) {
  const shown = !view.state.field(hintsShown)
  localStorage.setItem(KEPT, shown ? 'on' : 'off')
  view.dispatch({ effects: [showHints.of(shown), EditorView.announce.of(shown ? 'Hints are shown.' : 'Hints are hidden.')] })
  return true
}

/** Edits of the server as changes of the text. */
export function changesFrom(plugin: LSPPlugin, edits: readonly TextEdit[], doc: Text) {
  return edits.map(({ range, newText }) => ({ from: plugin.fromPosition(range.start, doc), to: plugin.fromPosition(range.end, doc), insert: newText }))
}

/** A closed block is put in order, a table keeps its columns. */
const ordering = EditorView.updateListener.of(update => {
  const typed = update.transactions.find(transaction => transaction.isUserEvent('input.type') && transaction.docChanged)
  const head = update.state.selection.main.head
  const ch = update.state.sliceDoc(Math.max(0, head - 1), head)
  const plugin = typed && (ch === '}' || ch === '|') ? LSPPlugin.get(update.view) : null
  if (!plugin) return
  const { view } = update
  const { doc } = update.state
  void Promise.resolve().then(async () => {
    plugin.client.sync()
    const edits = await plugin.client.request<unknown, TextEdit[] | null>('textDocument/onTypeFormatting', { textDocument: { uri: plugin.uri }, position: plugin.toPosition(head, doc), ch, options: { tabSize: 2, insertSpaces: true } })
    if (edits && edits.length > 0 && view.state.doc.eq(doc)) view.dispatch({ changes: changesFrom(plugin, edits, doc), annotations: Transaction.userEvent.of('input.format') })
  }).catch(() => {})
})

const looks = EditorView.theme({
  '.cm-sem-namespace, .cm-sem-namespace *': { color: 'var(--code-soft)' },
  '.cm-sem-function, .cm-sem-function *, .cm-sem-method, .cm-sem-method *': { color: 'var(--code-call)' },
  '.cm-sem-type, .cm-sem-type *': { color: 'var(--code-type)' },
  '.cm-sem-macro, .cm-sem-macro *': { color: 'var(--code-soft)' },
  '.cm-sem-parameter, .cm-sem-parameter *': { color: 'var(--ink)', fontStyle: 'italic' },
  '.cm-sem-constant, .cm-sem-constant *': { color: 'var(--code-number)' },
  '.cm-sem-variable, .cm-sem-variable *': { color: 'var(--ink)', fontWeight: 'inherit' },
  '.cm-sem-property, .cm-sem-property *': { color: 'var(--code-property)', fontWeight: 'inherit' },
  '.cm-hint': { color: 'var(--ink-2)', backgroundColor: 'var(--sunken)', borderRadius: '4px', padding: '0 4px', fontSize: '0.92em' },
  '.cm-hint-argument': { marginRight: '4px' },
  '&.cm-hints-off .cm-hint': { display: 'none' },
})

export const semantics: LSPClientExtension = {
  clientCapabilities: {
    textDocument: {
      semanticTokens: { requests: { full: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative'] },
      inlayHint: {},
      onTypeFormatting: {},
    },
  },
  editorExtension: [decorations(setColours), decorations(setHints), hintsShown, asking, ordering, looks, Prec.high(keymap.of([{ key: 'Mod-Alt-i', run: toggleHints }]))],
}
