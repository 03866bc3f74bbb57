import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode, NodeKind } from '../api/types'
import { layout, nodeAt, pathOf, type PlacedNode } from './layout'

function node(id: string, kind: NodeKind, line: number, endLine = line, parent: string | null = null): GraphNode {
  return { id, kind, label: id, detail: '', parent, line, column: 1, endLine }
}

const GRAPH: Graph = {
  nodes: [
    node('start', 'start', 1), node('total', 'let', 2), node('if', 'if', 3, 5), node('if/then/log', 'log', 4),
    node('parallel', 'parallel', 6, 13), node('parallel/a', 'parallel', 7, 9, 'parallel'), node('parallel/a/charge', 'step', 8, 8, 'parallel/a'),
    node('parallel/b', 'parallel', 10, 12, 'parallel'), node('parallel/b/hold', 'step', 11, 11, 'parallel/b'), node('parallel/b/next', 'step', 12, 12, 'parallel/b'), node('end', 'end', 14),
  ],
  edges: [
    { from: 'start', to: 'total', label: '' }, { from: 'total', to: 'if', label: '' }, { from: 'if', to: 'if/then/log', label: 'yes' },
    { from: 'if', to: 'parallel', label: 'no' }, { from: 'if/then/log', to: 'parallel', label: '' }, { from: 'parallel/b/hold', to: 'parallel/b/next', label: '' },
    { from: 'parallel', to: 'end', label: '' },
  ],
}

const contains = (outer: PlacedNode, inner: PlacedNode) =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
const overlap = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the layout of a graph', () => {
  const { nodes, edges, width, height } = layout(GRAPH)
  const find = (id: string) => nodes.find(placed => placed.node.id === id)!

  it('places every node once, inside the drawing', () => {
    expect(nodes.map(placed => placed.node.id).toSorted()).toEqual(GRAPH.nodes.map(each => each.id).toSorted())
    for (const placed of nodes) {
      expect(placed.x).toBeGreaterThanOrEqual(0)
      expect(placed.x + placed.width).toBeLessThanOrEqual(width + 0.01)
      expect(placed.y + placed.height).toBeLessThanOrEqual(height + 0.01)
    }
  })

  it('keeps what stands in a block inside its frame, and siblings apart', () => {
    for (const placed of nodes) {
      if (placed.node.parent !== null) expect(contains(find(placed.node.parent), placed), placed.node.id).toBe(true)
      for (const other of nodes) {
        if (other !== placed && other.node.parent === placed.node.parent) expect(overlap(placed, other), `${placed.node.id} over ${other.node.id}`).toBe(false)
      }
    }
  })

  it('flows downwards', () => {
    for (const { from, to } of edges) expect(find(to).y).toBeGreaterThan(find(from).y)
  })

  it('draws an edge between blocks at the level where they stand side by side', () => {
    const lifted = layout({ nodes: GRAPH.nodes, edges: [{ from: 'parallel/a/charge', to: 'end', label: '' }, { from: 'parallel/a', to: 'parallel/a/charge', label: '' }] })
    expect(lifted.edges.map(({ from, to }) => [from, to])).toEqual([['parallel', 'end']])
  })

  it('survives edges to nowhere and parents in a circle', () => {
    const odd: Graph = { nodes: [node('a', 'for', 1, 1, 'b'), node('b', 'for', 2, 2, 'a')], edges: [{ from: 'a', to: 'nowhere', label: '' }] }
    expect(layout(odd).nodes).toHaveLength(2)
  })

  it('draws straight down where nothing is beside, and bends elsewhere', () => {
    expect(pathOf([{ x: 10, y: 0 }, { x: 10, y: 20 }])).toBe('M10 0V20')
    expect(pathOf([{ x: 0, y: 0 }, { x: 10, y: 20 }])).toBe('M0 0C0 10 10 10 10 20')
  })
})

describe('following the cursor', () => {
  it('finds the innermost node of a line', () => {
    expect(nodeAt(GRAPH, 8)?.id).toBe('parallel/a/charge')
    expect(nodeAt(GRAPH, 7)?.id).toBe('parallel/a')
    expect(nodeAt(GRAPH, 99)).toBe(null)
  })
})
