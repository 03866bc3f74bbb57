// A text asked for in plain words, from the question to the proposal.
import type { GenerateEvent } from '../api/client'
import type { Proposal } from '../api/types'

export type Generation =
  | { readonly kind: 'asking' }
  | { readonly kind: 'writing', readonly round: number, readonly message: string, readonly text: string }
  | { readonly kind: 'proposed', readonly proposal: Proposal }
  | { readonly kind: 'refused', readonly code: string, readonly detail: string }

export const ASKING: Generation = { kind: 'asking' }
export const BEGUN: Generation = { kind: 'writing', round: 1, message: 'Reading your description', text: '' }

export function hear(generation: Generation, event: GenerateEvent): Generation {
  switch (event.kind) {
    case 'result': return { kind: 'proposed', proposal: event.proposal }
    case 'problem': return { kind: 'refused', code: event.code, detail: event.detail }
    case 'text': return generation.kind === 'writing' ? { ...generation, text: generation.text + event.delta } : generation
    case 'progress': {
      const text = generation.kind === 'writing' && generation.round === event.round ? generation.text : ''
      return { kind: 'writing', round: event.round, message: event.message, text }
    }
  }
}
