// The editor in the colours of the studio. They are custom properties, so dark and light need no second theme.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags as t } from '@lezer/highlight'

/** Letters that every font has, instead of the pictures that only some have. */
const completionIcons = Object.fromEntries(
  Object.entries({ function: 'ƒ', method: 'ƒ', variable: 'x', constant: 'x', property: '.', keyword: '›', type: 'T', class: 'T', interface: 'T', enum: '|', namespace: '#', text: '"' })
    .map(([kind, sign]) => [`.cm-completionIcon-${kind}::after`, { content: `'${sign}'` }]),
)

const chrome = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontFeatureSettings: '"calt" 0', lineHeight: '1.65', overflow: 'auto' },
  '.cm-content': { padding: '16px 0 40vh', caretColor: 'var(--river)' },
  '.cm-line': { padding: '0 24px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--river)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--selection)' },
  '.cm-activeLine': { backgroundColor: 'var(--active-line)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: 'none', fontSize: '0.6875rem' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '40px', padding: '0 4px 0 0' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--ink-3)', cursor: 'pointer', padding: '0 4px' },
  '.cm-foldPlaceholder': { background: 'var(--sunken)', border: '1px solid var(--line)', borderRadius: '4px', color: 'var(--ink-2)', padding: '0 6px', margin: '0 2px' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--river) 20%, transparent)', outline: 'none', borderRadius: '2px' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)', color: 'var(--bad)' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--kingfisher) 16%, transparent)', borderRadius: '2px' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--warn) 26%, transparent)', borderRadius: '2px' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--kingfisher) 40%, transparent)' },
  '.cm-tooltip': { border: '1px solid var(--line-strong)', borderRadius: '10px', backgroundColor: 'var(--raised)', color: 'var(--ink)', boxShadow: 'var(--shadow-2)', overflow: 'hidden', zIndex: '40' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '0.75rem', maxHeight: '18em', padding: '4px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px !important', borderRadius: '6px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--river)', color: 'var(--on-river)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.7' },
  '.cm-completionIcon': { opacity: '0.65', width: '1.4em', fontSize: '0.75rem', textAlign: 'center', paddingRight: '0.5em' },
  ...completionIcons,
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '24rem' },
  '.cm-lsp-hover-tooltip, .cm-lsp-documentation': { fontFamily: 'var(--font-sans)', fontSize: '0.8125rem', lineHeight: '1.5' },
  '.cm-lsp-hover-tooltip': { maxWidth: '34rem', padding: '8px 12px' },
  '.cm-lsp-documentation p': { margin: '0 0 6px' },
  '.cm-lsp-documentation p:last-child': { margin: '0' },
  '.cm-lsp-documentation pre, .cm-lsp-documentation code': { fontFamily: 'var(--font-mono)', fontSize: '0.75rem', whiteSpace: 'pre-wrap' },
  '.cm-lintRange': { backgroundImage: 'none', textDecorationSkipInk: 'none', textUnderlineOffset: '3px' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--bad) 1.5px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--warn) 1.5px' },
  '.cm-lintRange-info, .cm-lintRange-hint': { textDecoration: 'underline dotted var(--river) 1.5px' },
  '.cm-lintRange-active': { backgroundColor: 'var(--bad-soft)' },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans)', fontSize: '0.8125rem', lineHeight: '1.5', padding: '10px 14px', borderLeft: '3px solid var(--bad)', whiteSpace: 'pre-wrap', maxWidth: '34rem' },
  '.cm-diagnostic code': { fontFamily: 'var(--font-mono)', fontSize: '0.75rem', padding: '1px 4px', borderRadius: '4px', backgroundColor: 'var(--sunken)' },
  '.cm-diagnosticText': { display: 'block' },
  '.cm-diagnostic-hint-text': { color: 'var(--ink-2)', fontSize: '0.75rem' },
  '.cm-diagnostic-code': { color: 'var(--ink-3)', fontFamily: 'var(--font-mono)', fontSize: '0.6875rem', marginTop: '2px' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnostic-info, .cm-diagnostic-hint': { borderLeftColor: 'var(--river)' },
  '.cm-diagnosticAction': { display: 'inline-block', margin: '6px 8px 0 0', padding: '3px 10px', border: '1px solid var(--line-strong)', borderRadius: '6px', background: 'var(--surface)', color: 'var(--river)', fontSize: '0.75rem', fontWeight: '600', cursor: 'pointer' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', border: 'none' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 12px', fontFamily: 'var(--font-sans)' },
  '.cm-textfield': { border: '1px solid var(--line-strong)', borderRadius: '6px', backgroundColor: 'var(--surface)', padding: '4px 8px', fontSize: '0.8125rem' },
  '.cm-button': { border: '1px solid var(--line-strong)', borderRadius: '6px', background: 'var(--surface)', padding: '4px 10px', fontSize: '0.8125rem', color: 'var(--ink)' },
  '.cm-node-line': { backgroundColor: 'color-mix(in srgb, var(--river) 6%, transparent)' },
  '.cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--good) 12%, transparent) !important' },
  '.cm-changedText': { background: 'color-mix(in srgb, var(--good) 26%, transparent) !important', borderRadius: '2px' },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--bad) 10%, transparent) !important', paddingLeft: '8px' },
  '.cm-deletedChunk .cm-deletedText': { background: 'color-mix(in srgb, var(--bad) 24%, transparent) !important' },
  '.cm-changeGutter': { width: '4px', paddingLeft: '0' },
  '.cm-changedLineGutter': { background: 'var(--good) !important' },
  '.cm-deletedLineGutter': { background: 'var(--bad) !important' },
})

const colours = HighlightStyle.define([
  { tag: t.controlKeyword, color: 'var(--code-control)', fontWeight: '600' },
  { tag: t.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: t.modifier, color: 'var(--code-soft)' },
  { tag: [t.definition(t.variableName)], color: 'var(--ink)', fontWeight: '600' },
  { tag: t.function(t.variableName), color: 'var(--code-call)' },
  { tag: t.variableName, color: 'var(--ink)' },
  { tag: t.propertyName, color: 'var(--code-property)' },
  { tag: t.typeName, color: 'var(--code-type)' },
  { tag: [t.atom, t.bool, t.null], color: 'var(--code-number)', fontWeight: '500' },
  { tag: t.number, color: 'var(--code-number)' },
  { tag: t.unit, color: 'var(--code-number)', fontWeight: '600' },
  { tag: [t.string, t.special(t.string)], color: 'var(--code-string)' },
  { tag: t.special(t.brace), color: 'var(--code-control)' },
  { tag: t.docComment, color: 'var(--code-doc)', fontStyle: 'normal' },
  { tag: [t.comment, t.contentSeparator], color: 'var(--code-comment)' },
  { tag: [t.operator, t.punctuation, t.brace, t.squareBracket, t.paren], color: 'var(--code-punctuation)' },
  { tag: t.invalid, color: 'var(--bad)', textDecoration: 'underline dotted' },
])

export const theme: Extension = [chrome, syntaxHighlighting(colours)]
