// What part of a drawing is seen. Pure: the component only hands in gestures.

export interface Viewport { readonly scale: number, readonly x: number, readonly y: number }

export interface Size { readonly width: number, readonly height: number }

export interface Area extends Size { readonly x: number, readonly y: number }

const SMALLEST = 0.2
const LARGEST = 2
const MARGIN = 28

/** Readable first: as wide as the frame at most, from the top; in the middle when there is room. */
export function start(drawing: Size, frame: Size): Viewport {
  const least = frame.width < 480 ? 0.5 : 0.6
  const scale = clamp((frame.width - 2 * MARGIN) / Math.max(1, drawing.width), least, 1)
  return centred(drawing, frame, scale)
}

/** All of it at once. */
export function whole(drawing: Size, frame: Size): Viewport {
  const scale = clamp(Math.min((frame.width - 2 * MARGIN) / Math.max(1, drawing.width), (frame.height - 2 * MARGIN) / Math.max(1, drawing.height)), SMALLEST, 1)
  return centred(drawing, frame, scale)
}

function centred(drawing: Size, frame: Size, scale: number): Viewport {
  return {
    scale,
    x: (frame.width - drawing.width * scale) / 2,
    y: Math.max(MARGIN, Math.min((frame.height - drawing.height * scale) / 2, 5 * MARGIN)),
  }
}

/** Zooms so that the point of the frame under the pointer stays where it is. */
export function zoomed(view: Viewport, factor: number, at: { readonly x: number, readonly y: number }): Viewport {
  const scale = clamp(view.scale * factor, SMALLEST, LARGEST)
  const change = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * change, y: at.y - (at.y - view.y) * change }
}

/** Moves, but never so far that nothing of the drawing is left in the frame. */
export function panned(view: Viewport, dx: number, dy: number, drawing: Size, frame: Size): Viewport {
  const keep = 48
  return {
    scale: view.scale,
    x: clamp(view.x + dx, keep - drawing.width * view.scale, frame.width - keep),
    y: clamp(view.y + dy, keep - drawing.height * view.scale, frame.height - keep),
  }
}

/** Moves just enough to show an area; the same viewport when it is seen already. */
export function revealing(view: Viewport, area: Area, frame: Size): Viewport {
  const x = shift(view.x + area.x * view.scale, area.width * view.scale, frame.width)
  const y = shift(view.y + area.y * view.scale, area.height * view.scale, frame.height)
  return x === 0 && y === 0 ? view : { scale: view.scale, x: view.x + x, y: view.y + y }
}

function shift(from: number, length: number, room: number): number {
  if (length > room - 2 * MARGIN) return from > room - MARGIN || from + length < MARGIN ? MARGIN - from : 0
  if (from < MARGIN) return Math.max(room * 0.3, MARGIN) - from
  if (from + length > room - MARGIN) return Math.min(room * 0.7, room - MARGIN) - from - length
  return 0
}

function clamp(value: number, low: number, high: number) {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value))
}
