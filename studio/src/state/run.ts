// What is known of a run while it is watched, and what the graph and the timeline show of it.
import type { RunEvent } from '../api/client'
import type { Run, RunStatus, StepStatus, StepView } from '../api/types'

export interface Watched {
  readonly run: Run | null
  /** False while the connection is broken and being made again. */
  readonly connected: boolean
  readonly ended: boolean
}

export const UNWATCHED: Watched = { run: null, connected: true, ended: false }

/** Whether a run is at its end for good. One that failed may rest until a person resumes it. */
export function isOver({ status, resumable }: Pick<Run, 'status' | 'resumable'>): boolean {
  return status === 'succeeded' || status === 'cancelled' || (status === 'failed' && resumable !== true)
}

/** Whether a run rests until a person resumes it or lets it go. */
export function isParked({ status, resumable }: Pick<Run, 'status' | 'resumable'>): boolean {
  return status === 'parked' || (status === 'failed' && resumable === true)
}

export function advance(watched: Watched, event: RunEvent): Watched {
  switch (event.kind) {
    case 'run': {
      // A view may arrive late, after a reconnect; an ended run never goes back.
      if (watched.run && isOver(watched.run) && !isOver(event.run)) return { ...watched, connected: true }
      return { run: event.run, connected: true, ended: watched.ended }
    }
    case 'entry': return watched.connected ? watched : { ...watched, connected: true }
    case 'broken': return { ...watched, connected: false }
    case 'end': return { ...watched, connected: true, ended: true }
  }
}

export interface NodeState {
  readonly status: StepStatus
  /** Of a node inside a loop: how many of its passes are over, and how many began. */
  readonly done: number
  readonly total: number
  readonly attempt: number
  readonly until: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Whether what it did was taken back. */
  readonly undone: boolean
}

/** What stands out when a node ran several times: what is going on now before what is over, and failures before successes. */
const WEIGHT: Record<StepStatus, number> = { retrying: 5, running: 4, waiting: 3, failed: 2, succeeded: 1, skipped: 0 }

/** The state of every node that has begun, by node id. */
export function nodeStates(steps: readonly StepView[]): Map<string, NodeState> {
  const states = new Map<string, NodeState>()
  for (const step of steps) {
    const before = states.get(step.node)
    const over = step.status === 'succeeded' || step.status === 'failed' || step.status === 'skipped'
    const leads = !before || WEIGHT[step.status] >= WEIGHT[before.status]
    states.set(step.node, {
      status: leads ? step.status : before.status,
      done: (before?.done ?? 0) + (over ? 1 : 0),
      total: (before?.total ?? 0) + 1,
      attempt: Math.max(before?.attempt ?? 0, step.attempt),
      until: leads ? step.until ?? null : before.until,
      startedAt: leads ? step.startedAt : before.startedAt,
      endedAt: leads ? step.endedAt : before.endedAt,
      undone: leads ? step.undone ?? false : before.undone,
    })
  }
  return states
}

export interface TimelineItem {
  readonly step: StepView
  readonly depth: number
  /** What the path adds to the name, in words: `line 3`. */
  readonly place: string
}

/** The steps in the order they began, each as deep as the blocks around it; what takes a step back stands below that step. */
export function timeline(steps: readonly StepView[]): TimelineItem[] {
  const paths = new Set(steps.map(step => step.path))
  const undos = new Map(steps.filter(step => step.kind === 'undo').map(step => [step.path, step]))
  const ordered = steps.flatMap(step => {
    if (undos.has(step.path) && paths.has(step.path.replace(/\/undo$/, ''))) return []
    const undo = undos.get(`${step.path}/undo`)
    return undo ? [step, undo] : [step]
  })
  return ordered.map(step => {
    const parts = step.path.split('/')
    let depth = 0
    for (let length = 1; length < parts.length; length++) {
      // What runs in a loop stands under `holds[0]`; the loop itself is `holds`.
      if (paths.has(parts.slice(0, length).join('/').replace(/(\[\d+\])+$/, ''))) depth++
    }
    return { step, depth, place: placeOf(parts) }
  })
}

/** Which pass of the loops around it a step belongs to: `#3`, or `#3 · #1` in nested loops. Paths count from 0, people from 1. */
function placeOf(parts: readonly string[]): string {
  return parts.flatMap(part => [...part.matchAll(/\[(\d+)\]/g)].map(match => `#${Number(match[1]) + 1}`)).join(' · ')
}

/** What a step is called where there is room for one line. */
export function titleOf(step: StepView): string {
  if (step.kind === 'undo') return 'undo'
  return step.name ?? step.action ?? step.node.split('/').at(-1)!.replace(/#\d+$/, '')
}

export function statusWord(status: RunStatus | StepStatus): string {
  return status[0]!.toUpperCase() + status.slice(1)
}
