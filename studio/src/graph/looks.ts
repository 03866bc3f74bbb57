import type { NodeKind, StepKind } from '../api/types'
import type { IconName } from '../ui/icons'

/** The icon of a kind of node. */
export const KIND_ICON: Record<StepKind, IconName> = {
  start: 'play', end: 'flag', step: 'bolt', let: 'equals', if: 'branch', switch: 'branch', for: 'loop', repeat: 'loop', parallel: 'parallel', race: 'parallel',
  wait: 'clock', ask: 'hand', emit: 'send', log: 'log', split: 'dice', try: 'shield', return: 'return', fail: 'cross', yield: 'return', rules: 'table', undo: 'back',
}

/** What family a kind belongs to, for its colour: what acts on the world, what decides, what waits, what only computes. */
export const KIND_TONE: Record<StepKind, 'act' | 'decide' | 'wait' | 'plain' | 'end'> = {
  start: 'end', end: 'end', step: 'act', let: 'plain', if: 'decide', switch: 'decide', for: 'decide', repeat: 'decide', parallel: 'decide', race: 'decide',
  wait: 'wait', ask: 'wait', emit: 'act', log: 'plain', split: 'decide', try: 'decide', return: 'end', fail: 'end', yield: 'end', rules: 'decide', undo: 'act',
}

export const KIND_WORD: Record<NodeKind, string> = {
  start: 'Start', end: 'End', step: 'Step', let: 'Value', if: 'Condition', switch: 'Choice', for: 'Loop', repeat: 'Loop', parallel: 'In parallel', race: 'Race',
  wait: 'Wait', ask: 'Question', emit: 'Event', log: 'Log', split: 'Experiment', try: 'Try', return: 'Return', fail: 'Failure', yield: 'Yield', rules: 'Rules',
}
