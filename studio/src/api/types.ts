// The shapes of /api/v1, as the server sends them. Nothing here knows the browser or the network.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

// ---- text and diagnostics

/** From 1, as editors show them; columns count UTF-16 units. */
export interface Position { readonly line: number, readonly column: number }

export interface Edit { readonly start: Position, readonly end: Position, readonly text: string }

export interface Fix { readonly title: string, readonly edits: readonly Edit[] }

export type Severity = 'error' | 'warning' | 'info' | 'hint'

export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  readonly start: Position
  readonly end: Position
  readonly related?: readonly { readonly message: string, readonly start: Position, readonly end: Position, readonly file: string }[]
  readonly hint?: string | null
  readonly fixes?: readonly Fix[]
}

// ---- workflows

export interface TriggerSummary { readonly kind: 'webhook' | 'schedule' | 'event' | 'manual', readonly summary: string }

export interface WorkflowSummary {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly file: string
  readonly doc: string
  readonly updatedAt: string
  readonly triggers: readonly TriggerSummary[]
  readonly rules: readonly string[]
  readonly runs: { readonly succeeded: number, readonly failed: number, readonly running: number }
}

export interface Parameter {
  readonly name: string
  /** As the language writes it. */
  readonly type: string
  readonly optional?: boolean
  readonly doc?: string
}

export interface Workflow {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly text: string
  readonly doc: string
  readonly parameters: readonly Parameter[]
  /** As the language writes it. */
  readonly result: string | null
  readonly graph: Graph | null
  readonly inputExample: Json
  readonly versions: readonly { readonly version: number, readonly hash: string, readonly at: string }[]
  readonly triggers: readonly TriggerSummary[]
}

export interface Saved { readonly name: string, readonly version: number, readonly hash: string, readonly warnings: readonly Diagnostic[] }

/** A text that cannot be read comes back as it was, with what is wrong. */
export interface Formatted { readonly text: string, readonly diagnostics?: readonly Diagnostic[] }

export interface Check {
  readonly diagnostics: readonly Diagnostic[]
  /** The workflow that `graph` shows; the first of `workflows` where the server does not say. */
  readonly drawn?: string | null
  readonly graph: Graph | null
  readonly workflows: readonly string[]
  readonly inputExamples: { readonly [workflow: string]: Json }
}

// ---- graph

export type NodeKind =
  | 'start' | 'end' | 'step' | 'let' | 'if' | 'switch' | 'for' | 'repeat' | 'parallel' | 'race' | 'wait' | 'ask' | 'emit' | 'log'
  | 'split' | 'try' | 'return' | 'fail' | 'yield' | 'rules'

/** What a step of a run is: a node of its graph, or what takes one back. */
export type StepKind = NodeKind | 'undo'

export interface GraphNode {
  readonly id: string
  readonly kind: NodeKind
  readonly label: string
  readonly detail?: string | null
  /** The block node that it stands in, or null at the top. */
  readonly parent: string | null
  readonly line: number
  readonly column: number
  readonly endLine: number
}

export interface GraphEdge { readonly from: string, readonly to: string, readonly label?: string | null }

export interface Graph { readonly nodes: readonly GraphNode[], readonly edges: readonly GraphEdge[] }

// ---- runs

export type RunStatus = 'queued' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled' | 'parked'

export interface RunSummary {
  readonly id: string
  readonly workflow: string
  readonly version: number
  readonly status: RunStatus
  readonly startedAt: string
  readonly endedAt: string | null
  readonly durationMs: number | null
  readonly trigger: string
  readonly error: Failure | string | null
  /** Whether it failed and is kept until a person resumes it or lets it go. */
  readonly resumable?: boolean
}

export interface Failure {
  readonly code: string
  readonly message: string
  readonly step?: string | null
  readonly attempts?: number | null
  readonly status?: number | null
  readonly body?: Json
}

export type StepStatus = 'running' | 'waiting' | 'retrying' | 'succeeded' | 'failed' | 'skipped'

export interface Attempt {
  readonly attempt: number
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly error: Failure | null
  readonly nextAttemptAt: string | null
}

export interface StepView {
  /** The node's id with the items of loops: `for_line[3]/hold`. */
  readonly path: string
  /** The id of the node in the graph. */
  readonly node: string
  readonly name: string | null
  readonly kind: StepKind
  readonly action: string | null
  readonly status: StepStatus
  readonly attempt: number
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly input?: Json
  readonly output?: Json
  readonly error: Failure | null
  readonly key?: string | null
  readonly attempts?: readonly Attempt[]
  /** When the wait or the next attempt is due. */
  readonly until?: string | null
  /** The rows of rule sets that gave its value. */
  readonly fired?: readonly { readonly rules: string, readonly rows: readonly number[] }[]
  /** Whether it was taken back; how stands at `<path>/undo`. */
  readonly undone?: boolean
  /** The run that the last attempt is, when the step is another workflow. */
  readonly child?: string
}

export interface Run {
  readonly id: string
  readonly workflow: string
  readonly version: number
  readonly status: RunStatus
  readonly trigger: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly input: Json
  readonly output: Json
  readonly error: Failure | null
  readonly steps: readonly StepView[]
  readonly logs: readonly { readonly at: string, readonly path: string, readonly value: Json }[]
  readonly wakeAt: string | null
  readonly resumable?: boolean
  /** Whether somebody paused it; what was under way then may still be. */
  readonly paused?: boolean
}

/** What a start answers: 202 with the id, or, when waited for, the outcome too. */
export interface Started { readonly id: string, readonly status?: RunStatus, readonly output?: Json, readonly error?: Failure | null }

export interface RunPage { readonly runs: readonly RunSummary[], readonly next: string | null }

// ---- tasks

export type TaskStatus = 'open' | 'answered' | 'withdrawn'

/** What a run asks a person. */
export interface Task {
  readonly id: string
  readonly run: string
  readonly workflow: string
  readonly path: string
  readonly question: string
  readonly role: string | null
  readonly person: string | null
  readonly status: TaskStatus
  readonly askedAt: string
  readonly until: string | null
  readonly answer: Json
  /** What an answer consists of. */
  readonly fields: readonly Parameter[]
}

export interface TaskPage { readonly tasks: readonly Task[], readonly next: string | null }

// ---- rules, queue, generation

export interface RulesSummary { readonly name: string, readonly doc: string, readonly version: number, readonly parameters?: readonly Parameter[], readonly inputExample?: Json, readonly workflow?: string }

export interface Evaluation { readonly output: Json, readonly fired: readonly number[] }

export interface Queue {
  readonly pending: number
  readonly scheduled: number
  readonly processing: number
  readonly workers: readonly { readonly name: string, readonly seenAt: string, readonly runs: number }[]
  readonly oldestAgeMs: number | null
}

export interface Proposal { readonly text: string, readonly diagnostics: readonly Diagnostic[], readonly explanation: string, readonly rounds: number }

export interface InputError { readonly path: string, readonly message: string }

/** An answer of type application/problem+json. */
export interface Problem {
  readonly type?: string
  readonly title?: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly diagnostics?: readonly Diagnostic[]
  readonly errors?: readonly InputError[]
}
