// The rule sets of a server: those deployed alone, and those that workflows bring along.
import type { Json, RulesSummary, WorkflowSummary } from '../api/types'

export interface RuleSet {
  readonly name: string
  readonly doc: string
  readonly version: number
  /** The workflow whose text declares it; null when it was deployed alone. */
  readonly workflow: string | null
  readonly inputExample: Json | undefined
}

export function ruleSets(alone: readonly RulesSummary[], workflows: readonly WorkflowSummary[]): RuleSet[] {
  const owner = new Map(workflows.flatMap(workflow => workflow.rules.map(name => [name, workflow] as const)))
  const sets = new Map<string, RuleSet>()
  for (const { name, doc, version, inputExample, workflow } of alone) {
    sets.set(name, { name, doc, version, workflow: workflow ?? owner.get(name)?.name ?? null, inputExample })
  }
  for (const [name, { name: workflow, version }] of owner) {
    if (!sets.has(name)) sets.set(name, { name, doc: '', version, workflow, inputExample: undefined })
  }
  return [...sets.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
