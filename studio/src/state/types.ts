// The types that a text declares, read for the sake of forms: what a workflow takes, in a shape that an input can be
// held against. The compiler alone decides what a text means; what is not understood here is `json` and not judged.

export type Type =
  | { readonly kind: 'string' | 'number' | 'int' | 'boolean' | 'null' | 'json' }
  | { readonly kind: 'list', readonly item: Type }
  | { readonly kind: 'record', readonly fields: readonly Field[] }
  | { readonly kind: 'map', readonly value: Type }
  | { readonly kind: 'union', readonly members: readonly Type[] }
  | { readonly kind: 'literal', readonly value: string | number | boolean }
  | { readonly kind: 'named', readonly name: string }

export interface Field { readonly name: string, readonly type: Type, readonly optional: boolean }

export type Declared = ReadonlyMap<string, Type>

const JSON_TYPE: Type = { kind: 'json' }
/** How deep types may nest before they are no longer read. */
const DEPTH = 50

/** What a workflow or rule set takes; null when the text does not declare it or its head cannot be read. */
export function parametersIn(text: string, name: string): readonly Field[] | null {
  const head = new RegExp(`^(?:workflow|rules)\\s+${name}\\s*\\(`, 'm').exec(text)
  if (!head) return null
  const reader = new Reader(text.slice(head.index + head[0].length))
  const fields = reader.fields(')')
  return reader.failed ? null : fields
}

/** The types that the text declares by name. */
export function typesIn(text: string): Declared {
  const types = new Map<string, Type>()
  for (const match of text.matchAll(/^type\s+([A-Za-z_]\w*)\s*=/gm)) {
    const reader = new Reader(text.slice(match.index + match[0].length))
    const type = reader.type()
    if (!reader.failed) types.set(match[1]!, type)
  }
  return types
}

const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\.)*")|('(?:[^'\\\n]|\\.)*')|(-?\d[\d_]*(?:\.\d+)?)|([A-Za-z_]\w*)|([{}[\]()|?:,])/y

class Reader {
  failed = false
  private at = 0
  private token = ''
  private depth = 0

  constructor(private readonly text: string) {
    this.next()
  }

  type(): Type {
    if (++this.depth > DEPTH) return this.fail()
    this.take('|')
    const members = [this.atom()]
    while (this.take('|')) members.push(this.atom())
    this.depth--
    return members.length === 1 ? members[0]! : { kind: 'union', members }
  }

  /** `name?: T` until the closing sign, which is taken too. */
  fields(close: ')' | '}'): Field[] {
    const fields: Field[] = []
    while (!this.failed && !this.take(close)) {
      const name = this.unquoted(this.token)
      if (!/^["'A-Za-z_]/.test(this.token)) this.fail()
      this.next()
      const optional = this.take('?')
      if (!this.take(':')) this.fail()
      fields.push({ name, type: this.type(), optional })
      this.take(',')
    }
    return fields
  }

  private atom(): Type {
    const token = this.token
    this.next()
    if (token === '[') {
      const item = this.type()
      if (!this.take(']')) this.fail()
      return { kind: 'list', item }
    }
    if (token === '(') {
      const type = this.type()
      if (!this.take(')')) this.fail()
      return type
    }
    if (token === '{') return this.record()
    if (/^["']/.test(token)) return { kind: 'literal', value: this.unquoted(token) }
    if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token.replaceAll('_', '')) }
    switch (token) {
      case 'true': case 'false': return { kind: 'literal', value: token === 'true' }
      case 'string': case 'number': case 'int': case 'boolean': case 'null': case 'json': return { kind: token }
      case 'datetime': return { kind: 'string' }
      case 'duration': return { kind: 'number' }
      case 'file': case 'secret': return JSON_TYPE
    }
    return /^[A-Za-z_]/.test(token) ? { kind: 'named', name: token } : this.fail()
  }

  private record(): Type {
    if (!this.take('[')) return { kind: 'record', fields: this.fields('}') }
    // { [name]: T }
    this.next()
    if (!this.take(']') || !this.take(':')) return this.fail()
    const value = this.type()
    this.take(',')
    if (!this.take('}')) this.fail()
    return { kind: 'map', value }
  }

  private unquoted(token: string) {
    if (!/^["']/.test(token)) return token
    try {
      return JSON.parse(`"${token.slice(1, -1).replaceAll(/\\'/g, "'").replaceAll(/(?<!\\)"/g, '\\"')}"`) as string
    } catch {
      return token.slice(1, -1)
    }
  }

  private take(token: string) {
    if (this.token !== token) return false
    this.next()
    return true
  }

  private next() {
    for (;;) {
      TOKEN.lastIndex = this.at
      const match = TOKEN.exec(this.text)
      if (!match) {
        this.token = ''
        return
      }
      this.at = TOKEN.lastIndex
      if (match.slice(1).some(group => group !== undefined)) {
        this.token = match[0]
        return
      }
    }
  }

  private fail(): Type {
    this.failed = true
    return JSON_TYPE
  }
}
