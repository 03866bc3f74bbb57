// JSON text cut into pieces that are coloured alike.

export interface Piece { readonly look: 'key' | 'string' | 'number' | 'atom' | 'mark', readonly text: string }

const TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([^"\d\-tfn]+|.)/g

/** Works on cut-off text too: the pieces together are always the whole text. */
export function jsonPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const [, string, colon, number, atom, mark] of text.matchAll(TOKEN)) {
    if (string !== undefined) {
      pieces.push({ look: colon === undefined ? 'string' : 'key', text: string })
      if (colon !== undefined) pieces.push({ look: 'mark', text: colon })
    } else if (number !== undefined) pieces.push({ look: 'number', text: number })
    else if (atom !== undefined) pieces.push({ look: 'atom', text: atom })
    else pieces.push({ look: 'mark', text: mark! })
  }
  return pieces
}

/** A value in one line, for where there is no room: long ones are cut. */
export function brief(value: unknown, limit = 80): string {
  const text = value === undefined ? '' : JSON.stringify(value)
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}
