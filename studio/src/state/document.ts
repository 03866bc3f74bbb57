// The text being written and what the server has of it.

export interface Document {
  /** The workflow whose text it is; null while it was never saved. */
  readonly name: string | null
  readonly text: string
  /** The text as the server has it; what a new document began with before that. */
  readonly saved: string
  readonly version: number | null
}

export function opened(name: string, text: string, version: number): Document {
  return { name, text, saved: text, version }
}

/** A new text. What is only offered (an example, a blank) counts as unchanged: leaving it loses nothing of the person's. */
export function drafted(text: string): Document {
  return { name: null, text, saved: text, version: null }
}

export function edited(document: Document, text: string): Document {
  return document.text === text ? document : { ...document, text }
}

/** After the server took `text`; what was typed meanwhile stays unsaved. */
export function stored(document: Document, name: string, version: number, text: string): Document {
  return { ...document, name, version, saved: text }
}

export function isDirty(document: Document): boolean {
  return document.text !== document.saved
}

export type Destination =
  | { readonly kind: 'same', readonly name: string }
  /** The text declares another workflow than the one it was opened as: saving makes a new one and leaves the old. */
  | { readonly kind: 'other', readonly name: string, readonly instead: string }
  | { readonly kind: 'first', readonly name: string }
  | { readonly kind: 'none' }

/** Under which name the text is saved, from the workflows that it declares. */
export function destination(document: Document, declared: readonly string[]): Destination {
  const [first] = declared
  if (first === undefined) return { kind: 'none' }
  if (document.name === null) return { kind: 'first', name: first }
  return declared.includes(document.name) ? { kind: 'same', name: document.name } : { kind: 'other', name: first, instead: document.name }
}

/** The workflows that a text declares, read without the server: enough to save a text before its first check came back. */
export function declaredIn(text: string): string[] {
  return [...text.matchAll(/^workflow\s+([A-Za-z_]\w*)\s*\(/gm)].map(match => match[1]!)
}
