// What can be changed where the cursor stands, as a menu that opens by Ctrl+. and is used by the arrow keys.
import { type LSPClientExtension, LSPPlugin } from '@codemirror/lsp-client'
import { Prec, StateEffect, StateField, Transaction } from '@codemirror/state'
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import { type Action, applicable } from '../state/semantics'
import { changesFrom } from './semantics'

const open = StateEffect.define<{ pos: number, actions: readonly Action[] } | null>()

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(open)) return effect.value && tooltipOf(effect.value.pos, effect.value.actions)
    }
    return transaction.docChanged || transaction.selection ? null : tooltip
  },
  provide: field => showTooltip.from(field),
})

function tooltipOf(pos: number, actions: readonly Action[]): Tooltip {
  return {
    pos,
    above: false,
    create(view) {
      const dom = document.createElement('div')
      dom.className = 'cm-actions'
      dom.setAttribute('role', 'menu')
      dom.setAttribute('aria-label', 'What can be changed here')
      const items = actions.map(action => {
        const item = dom.appendChild(document.createElement('button'))
        item.type = 'button'
        item.setAttribute('role', 'menuitem')
        item.textContent = action.title
        item.onclick = () => apply(view, action)
        return item
      })
      if (items.length === 0) dom.appendChild(document.createElement('p')).textContent = 'Nothing to change here.'
      dom.onkeydown = event => {
        const at = items.indexOf(document.activeElement as HTMLButtonElement)
        const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? -1 : null
        if (event.key === 'Escape' || event.key === 'Tab') close(view)
        else if (to === null) return
        else items.at(to % Math.max(1, items.length))?.focus()
        event.preventDefault()
        event.stopPropagation()
      }
      return { dom, mount: () => (items[0] ?? dom).focus() }
    },
  }
}

function close(view: EditorView) {
  view.dispatch({ effects: open.of(null) })
  view.focus()
  return true
}

function apply(view: EditorView, action: Action) {
  const plugin = LSPPlugin.get(view)
  const edits = plugin && action.edit?.changes?.[plugin.uri]
  if (plugin && edits) view.dispatch({ changes: changesFrom(plugin, edits, view.state.doc), effects: open.of(null), annotations: Transaction.userEvent.of('input.fix') })
  view.focus()
}

function ask(view: EditorView): boolean {
  const plugin = LSPPlugin.get(view)
  if (!plugin) return false
  const { doc, selection: { main } } = view.state
  plugin.client.sync()
  const range = { start: plugin.toPosition(main.from), end: plugin.toPosition(main.to) }
  plugin.client.request<unknown, Action[] | null>('textDocument/codeAction', { textDocument: { uri: plugin.uri }, range, context: { diagnostics: [] } }).then(
    found => {
      if (view.state.doc.eq(doc)) view.dispatch({ effects: open.of({ pos: main.head, actions: applicable(found ?? [], plugin.uri) }) })
    },
    () => {},
  )
  return true
}

const looks = EditorView.theme({
  '.cm-actions': { display: 'flex', flexDirection: 'column', padding: '4px', minWidth: '14rem', fontFamily: 'var(--font-sans)' },
  '.cm-actions button': { padding: '6px 10px', border: '0', borderRadius: '6px', background: 'none', color: 'var(--ink)', fontSize: '0.8125rem', textAlign: 'left', cursor: 'pointer' },
  '.cm-actions button:hover, .cm-actions button:focus': { backgroundColor: 'var(--river)', color: 'var(--on-river)', outline: 'none' },
  '.cm-actions p': { margin: '0', padding: '6px 10px', color: 'var(--ink-2)', fontSize: '0.8125rem' },
})

export const actions: LSPClientExtension = {
  clientCapabilities: {
    textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } }, isPreferredSupport: true } },
  },
  editorExtension: [menu, looks, Prec.high(keymap.of([{ key: 'Mod-.', run: ask, preventDefault: true }, { key: 'Escape', run: view => view.state.field(menu) !== null && close(view) }]))],
}
