// What can be reached by typing a few letters, and in which order it is offered.

export interface Choice {
  readonly id: string
  readonly group: 'Go to' | 'Workflows' | 'Rules' | 'Do'
  readonly label: string
  /** More words that find it. */
  readonly words?: string
}

/** The choices that hold every word that was typed, best first: a label that begins with it, then one that contains it, then the rest. */
export function matching<T extends Choice>(choices: readonly T[], typed: string): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return [...choices]
  const rank = ({ label, words: more = '' }: Choice) => {
    const name = label.toLowerCase()
    const all = `${name} ${more.toLowerCase()}`
    if (!words.every(word => all.includes(word))) return -1
    const [first] = words
    return name.startsWith(first!) ? 3 : new RegExp(`[\\s_.]${first!.replace(/[^\w]/g, '\\$&')}`).test(name) ? 2 : name.includes(first!) ? 1 : 0
  }
  return choices.map(choice => ({ choice, rank: rank(choice) })).filter(({ rank: found }) => found >= 0).toSorted((a, b) => b.rank - a.rank).map(({ choice }) => choice)
}
