import { describe, expect, it } from 'vitest'
import { panned, revealing, start, whole, zoomed } from './viewport'

const FRAME = { width: 600, height: 400 }

describe('what is seen of a drawing', () => {
  it('begins readable, at the top, and in the middle when there is room', () => {
    expect(start({ width: 200, height: 100 }, FRAME)).toMatchObject({ scale: 1, x: 200 })
    const long = start({ width: 1_500, height: 4_000 }, FRAME)
    expect(long.scale).toBeGreaterThanOrEqual(0.5)
    expect(long.y).toBeLessThan(40)
  })

  it('can be all of it', () => {
    const drawing = { width: 1_500, height: 1_200 }
    const { scale, x, y } = whole(drawing, FRAME)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + drawing.width * scale).toBeLessThanOrEqual(FRAME.width)
    expect(y + drawing.height * scale).toBeLessThanOrEqual(FRAME.height)
  })

  it('keeps the point under the pointer where it is while zooming', () => {
    const view = { scale: 1, x: 30, y: -50 }
    const at = { x: 200, y: 100 }
    const next = zoomed(view, 1.5, at)
    expect((at.x - next.x) / next.scale).toBeCloseTo((at.x - view.x) / view.scale)
    expect((at.y - next.y) / next.scale).toBeCloseTo((at.y - view.y) / view.scale)
    expect(zoomed(view, 1_000, at).scale).toBe(2)
  })

  it('never loses the drawing', () => {
    const drawing = { width: 300, height: 300 }
    const far = panned({ scale: 1, x: 0, y: 0 }, 99_999, -99_999, drawing, FRAME)
    expect(far.x).toBeLessThan(FRAME.width)
    expect(far.y + drawing.height).toBeGreaterThan(0)
  })

  it('moves to what is to be seen, and stays when it is seen', () => {
    const view = { scale: 1, x: 0, y: 0 }
    const seen = { x: 100, y: 100, width: 200, height: 60 }
    expect(revealing(view, seen, FRAME)).toBe(view)
    const below = { x: 100, y: 900, width: 200, height: 60 }
    const next = revealing(view, below, FRAME)
    expect(next.y + below.y).toBeGreaterThan(0)
    expect(next.y + below.y + below.height).toBeLessThan(FRAME.height)
    expect(revealing(next, below, FRAME)).toBe(next)
  })
})
