import { describe, expect, it } from 'vitest'
import { matching, type Choice } from './palette'

const choices: Choice[] = ['refund', 'order_refund', 'prefund', 'Runs'].map(label => ({ id: label, group: 'Workflows', label }))

describe('the palette', () => {
  it('offers what begins with the letters first, then words inside names, then the rest', () => {
    expect(matching(choices, 'ref').map(choice => choice.label)).toEqual(['refund', 'order_refund', 'prefund'])
  })

  it('wants every word, and finds descriptions too', () => {
    const described: Choice[] = [{ id: 'a', group: 'Workflows', label: 'refund', words: 'Pays money back' }]
    expect(matching(described, 'money ref')).toHaveLength(1)
    expect(matching(described, 'money nothing')).toEqual([])
  })

  it('offers everything before anything is typed, and survives any letters', () => {
    expect(matching(choices, '  ')).toHaveLength(4)
    expect(matching(choices, '[(*\\')).toEqual([])
  })
})
