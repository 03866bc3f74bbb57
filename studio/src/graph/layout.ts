// Where every node of a graph is drawn. Blocks are laid out from the inside out: the layout of a block's
// content is the size of its node one level up, so that a block is always a rectangle and nothing overlaps.
import dagre from '@dagrejs/dagre'
import type { Graph, GraphEdge, GraphNode, NodeKind } from '../api/types'

export interface Point { readonly x: number, readonly y: number }

export interface PlacedNode {
  readonly node: GraphNode
  /** The top left corner and the size, in the drawing's units (pixels at 100 %). */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Whether it is drawn as a frame around other nodes. */
  readonly group: boolean
  readonly depth: number
}

export interface PlacedEdge {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly label: string
  /** From the lower edge of one node to the upper edge of the other. */
  readonly points: readonly Point[]
  readonly labelAt: Point | null
}

export interface Layout {
  /** Frames before what stands in them. */
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
  readonly width: number
  readonly height: number
}

export const HEADER = 40
const PADDING = 16
const GAP = 30
const CARD = { width: 240, height: 56 }
const LINE = { width: 240, height: 38 }
const PILL_HEIGHT = 34
const EMPTY_GROUP = { width: 216, height: HEADER }

const ONE_LINE: ReadonlySet<NodeKind> = new Set(['let', 'log', 'return', 'yield', 'wait', 'emit'])

export function isOneLine(kind: NodeKind): boolean {
  return ONE_LINE.has(kind)
}

const GROUPS: ReadonlySet<NodeKind> = new Set(['for', 'repeat', 'parallel', 'race', 'split', 'try'])

interface Box { readonly width: number, readonly height: number }

interface Area extends Box { x: number, y: number }

interface Level extends Box {
  readonly boxes: ReadonlyMap<string, Area>
  readonly edges: readonly PlacedEdge[]
}

export function layout(graph: Graph): Layout {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]))
  const children = new Map<string | null, GraphNode[]>()
  for (const node of graph.nodes) {
    const parent = node.parent !== null && nodes.has(node.parent) && !inside(nodes, node.parent, node.id) ? node.parent : null
    children.set(parent, [...(children.get(parent) ?? []), node])
  }
  const parents = new Map<string, string | null>()
  for (const [parent, all] of children) for (const node of all) parents.set(node.id, parent)

  const levels = new Map<string | null, Level>()
  const edges = lifted(graph.edges, parents)
  const arrange = (parent: string | null): Level => {
    const sizes = new Map<string, Box>()
    for (const node of children.get(parent) ?? []) {
      if (children.has(node.id)) {
        const inner = arrange(node.id)
        sizes.set(node.id, { width: Math.max(inner.width + 2 * PADDING, EMPTY_GROUP.width), height: inner.height + HEADER + PADDING })
      } else sizes.set(node.id, sizeOf(node))
    }
    const level = arrangeLevel(children.get(parent) ?? [], sizes, edges.get(parent) ?? [])
    levels.set(parent, level)
    return level
  }
  const { width, height } = arrange(null)

  const placed: PlacedNode[] = []
  const lines: PlacedEdge[] = []
  const place = (parent: string | null, left: number, top: number, depth: number) => {
    const level = levels.get(parent)!
    lines.push(...level.edges.map(edge => moved(edge, left, top)))
    for (const node of children.get(parent) ?? []) {
      const box = level.boxes.get(node.id)!
      const group = children.has(node.id)
      placed.push({ node, x: left + box.x, y: top + box.y, width: box.width, height: box.height, group: group || GROUPS.has(node.kind), depth })
      if (!group) continue
      const spare = box.width - 2 * PADDING - levels.get(node.id)!.width
      place(node.id, left + box.x + PADDING + spare / 2, top + box.y + HEADER, depth + 1)
    }
  }
  place(null, 0, 0, 0)
  return { nodes: placed, edges: lines, width, height }
}

/** Whether `id` is among the ancestors of `start`: a parent that leads back to itself would never end. */
function inside(nodes: ReadonlyMap<string, GraphNode>, start: string, id: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null = start; at !== null && !seen.has(at); at = nodes.get(at)?.parent ?? null) {
    if (at === id) return true
    seen.add(at)
  }
  return false
}

function sizeOf({ kind, label }: GraphNode): Box {
  if (kind === 'start' || kind === 'end') return { width: Math.min(CARD.width, Math.max(112, 60 + label.length * 7.6)), height: PILL_HEIGHT }
  if (GROUPS.has(kind)) return EMPTY_GROUP
  return isOneLine(kind) ? LINE : CARD
}

/** Each edge at the level where both its ends, or the blocks around them, stand side by side. */
function lifted(edges: readonly GraphEdge[], parents: ReadonlyMap<string, string | null>): Map<string | null, GraphEdge[]> {
  const levels = new Map<string | null, GraphEdge[]>()
  const chain = (id: string) => {
    const all: string[] = []
    for (let at: string | null | undefined = id; at !== null && at !== undefined; at = parents.get(at)) all.push(at)
    return all
  }
  const seen = new Set<string>()
  for (const edge of edges) {
    if (!parents.has(edge.from) || !parents.has(edge.to)) continue
    const froms = chain(edge.from)
    const tos = chain(edge.to)
    const from = froms.find(id => tos.some(other => parents.get(other) === parents.get(id)))
    const to = tos.find(id => from !== undefined && parents.get(id) === parents.get(from))
    // From a block into itself: that is what the frame shows.
    if (from === undefined || to === undefined || from === to) continue
    const key = `${from}\n${to}\n${edge.label ?? ''}`
    if (seen.has(key)) continue
    seen.add(key)
    const parent = parents.get(from)!
    levels.set(parent, [...(levels.get(parent) ?? []), { from, to, label: edge.label ?? '' }])
  }
  return levels
}

function arrangeLevel(nodes: readonly GraphNode[], sizes: ReadonlyMap<string, Box>, edges: readonly GraphEdge[]): Level {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: GAP, edgesep: 20, marginx: 0, marginy: 0 })
  for (const node of nodes) graph.setNode(node.id, { ...sizes.get(node.id)! })
  edges.forEach((edge, at) => {
    const label = edge.label ?? ''
    graph.setEdge(edge.from, edge.to, label === '' ? {} : { width: labelWidth(label), height: 20, labelpos: 'c' }, String(at))
  })
  dagre.layout(graph)
  // What stands side by side begins at the same height; dagre would centre it.
  const tops = new Map<number, number>()
  for (const { id } of nodes) {
    const { y, height } = graph.node(id)
    tops.set(Math.round(y), Math.min(tops.get(Math.round(y)) ?? Infinity, y - height / 2))
  }
  const boxes = new Map(nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(id)
    return [id, { x: x - width / 2, y: tops.get(Math.round(y))!, width, height }] as const
  }))
  const placed = edges.map((edge, at): PlacedEdge => {
    const found = graph.edge(edge.from, edge.to, String(at)) as { points: Point[], x?: number, y?: number }
    const label = edge.label ?? ''
    const from = boxes.get(edge.from)!
    const to = boxes.get(edge.to)!
    const start = { x: from.x + from.width / 2, y: from.y + from.height }
    const end = { x: to.x + to.width / 2, y: to.y }
    const { between, bend } = waypoints(found.points.slice(1, -1), start, end, boxes)
    const long = between.length > 1
    const middle = found.x === undefined || found.y === undefined ? null : { x: found.x, y: found.y }
    return {
      key: `${edge.from} ${edge.to} ${label}`, from: edge.from, to: edge.to, label,
      points: [start, ...(label === '' && !long ? [] : between), end],
      labelAt: label === '' || middle === null ? null : long ? { x: between[0]!.x, y: bend } : middle,
    }
  })
  return bounded(boxes, placed)
}

/** Where a long edge passes between two ends: it bends in the gap after the first and in the gap before the last, and runs straight beside what lies between. */
function waypoints(points: readonly Point[], start: Point, end: Point, boxes: ReadonlyMap<string, Area>) {
  const inside = points.filter(point => point.y > start.y + 4 && point.y < end.y - 4)
  const areas = [...boxes.values()]
  const firstTop = Math.min(end.y, ...areas.map(box => box.y).filter(top => top > start.y))
  const lastBottom = Math.max(start.y, ...areas.map(box => box.y + box.height).filter(bottom => bottom < end.y))
  if (inside.length < 2 || firstTop >= lastBottom) return { between: inside, bend: firstTop }
  const between = [
    { x: inside[0]!.x, y: firstTop },
    ...inside.filter(point => point.y > firstTop && point.y < lastBottom),
    { x: inside.at(-1)!.x, y: lastBottom },
  ]
  return { between, bend: firstTop + 14 }
}

/** Moves everything so that it begins at 0, 0; an edge or its label may reach further than the nodes. */
function bounded(boxes: Map<string, Area>, edges: readonly PlacedEdge[]): Level {
  const xs = [
    ...[...boxes.values()].flatMap(box => [box.x, box.x + box.width]),
    ...edges.flatMap(edge => edge.points.map(point => point.x)),
    ...edges.flatMap(edge => edge.labelAt ? [edge.labelAt.x - labelWidth(edge.label) / 2, edge.labelAt.x + labelWidth(edge.label) / 2] : []),
  ]
  const ys = [...boxes.values()].flatMap(box => [box.y, box.y + box.height])
  if (xs.length === 0) return { boxes, edges, width: 0, height: 0 }
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  for (const box of boxes.values()) {
    box.x -= left
    box.y -= top
  }
  return { boxes, edges: edges.map(edge => moved(edge, -left, -top)), width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

function moved(edge: PlacedEdge, x: number, y: number): PlacedEdge {
  const by = (point: Point) => ({ x: point.x + x, y: point.y + y })
  return { ...edge, points: edge.points.map(by), labelAt: edge.labelAt && by(edge.labelAt) }
}

export function labelWidth(label: string): number {
  return Math.min(168, 22 + label.length * 6.8)
}

/** The edge as a path that leaves and arrives straight down, and bends like water in between. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${round(first.x)} ${round(first.y)}`
  let before = first
  for (const point of rest) {
    if (Math.abs(point.x - before.x) < 0.5) path += `V${round(point.y)}`
    else {
      const bend = (point.y - before.y) / 2
      path += `C${round(before.x)} ${round(before.y + bend)} ${round(point.x)} ${round(point.y - bend)} ${round(point.x)} ${round(point.y)}`
    }
    before = point
  }
  return path
}

function round(value: number) {
  return Math.round(value * 10) / 10
}

/** The innermost node that a line of the text belongs to. */
export function nodeAt(graph: Graph, line: number): GraphNode | null {
  let best: GraphNode | null = null
  for (const node of graph.nodes) {
    if (node.kind === 'start' || node.kind === 'end' || line < node.line || line > node.endLine) continue
    if (!best || node.endLine - node.line <= best.endLine - best.line) best = node
  }
  return best
}
