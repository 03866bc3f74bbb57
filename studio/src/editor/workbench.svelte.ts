// One text on the bench: what the person wrote, what the compiler says of it, and what the server has of it.
import { ApiError, sentence } from '../api/problem'
import type { Check, Diagnostic, Graph, Workflow } from '../api/types'
import { declaredIn, destination, drafted, edited, isDirty, opened, stored, type Document } from '../state/document'
import { BLANK, EXAMPLES } from '../state/examples'
import { inputText } from '../state/input'
import { counts } from '../state/problems'
import { api, messages } from '../ui/app.svelte'
import type { TextEditor } from './editor'

export type Start = 'blank' | 'describe' | { readonly example: string }

/** Something that only the person can decide before the text is saved. */
export interface Question { readonly title: string, readonly text: string, readonly yes: string, readonly answer: (yes: boolean) => void }

/** How long a pause in typing is before the text is checked, in milliseconds. */
const PAUSE = 220
const AFTER_A_FAILURE = 5_000

export class Workbench {
  document = $state.raw<Document | null>(null)
  workflow = $state.raw<Workflow | null>(null)
  /** Why the text could not be opened. */
  failure = $state.raw<unknown>(null)
  diagnostics = $state.raw<readonly Diagnostic[]>([])
  /** Of the newest text that could be read: the last drawing is better than none. */
  graph = $state.raw<Graph | null>(null)
  /** Why the newest text is not checked, or null. */
  unchecked = $state<string | null>(null)
  input = $state('{}')
  saving = $state(false)
  question = $state.raw<Question | null>(null)
  editor = $state.raw<TextEditor | null>(null)

  private check = $state.raw<Check | null>(null)
  private checked = $state<string | null>(null)
  private inputTouched = false
  private abort: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  dirty = $derived(this.document !== null && isDirty(this.document))
  /** A new text that the person has not touched is not theirs to lose, nor to compare with. */
  untouched = $derived(this.document !== null && this.document.name === null && !this.dirty)
  broken = $derived(counts(this.diagnostics).errors > 0)
  checking = $derived(this.document !== null && this.checked !== this.document.text)
  /** The workflow that Run starts. */
  target = $derived(this.document?.name ?? (this.document ? declaredIn(this.document.text)[0] : undefined) ?? null)

  /** @param renamed the text is now known under this name */
  constructor(private readonly name: string | null, private readonly start: Start, private readonly renamed: (name: string) => void) {}

  async load() {
    this.failure = null
    if (this.name === null) {
      const { start } = this
      const example = typeof start === 'object' ? EXAMPLES.find(each => each.id === start.example) : undefined
      this.document = drafted(example?.text ?? BLANK)
      return
    }
    try {
      const workflow = await api.workflow(this.name)
      this.workflow = workflow
      this.graph = workflow.graph
      this.input = inputText(workflow.inputExample)
      this.document = opened(this.name, workflow.text, workflow.version)
    } catch (error) {
      this.failure = error
    }
  }

  // ---- writing

  changed(text: string) {
    this.document = this.document && edited(this.document, text)
    this.checkSoon(text, PAUSE)
  }

  /** Shows diagnostics, from whichever part of the compiler knew the text first. */
  say(diagnostics: readonly Diagnostic[]) {
    this.diagnostics = diagnostics
    this.editor?.mark(diagnostics)
  }

  /** The language server has spoken; what the check said of the same text says more. */
  hear(diagnostics: readonly Diagnostic[]) {
    if (this.checked !== this.editor?.text) this.say(diagnostics)
  }

  private checkSoon(text: string, delay: number) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.checkNow(text), delay)
  }

  async checkNow(text: string) {
    this.abort?.abort()
    const { signal } = this.abort = new AbortController()
    try {
      const found = await api.check(text, this.document?.name ?? null, signal)
      if (signal.aborted || this.editor?.text !== text) return
      this.check = found
      this.checked = text
      this.unchecked = null
      const drawn = found.drawn ?? found.workflows[0]
      // A text may declare several workflows: only the one on the bench is shown.
      if (found.graph && (drawn === this.target || !found.workflows.includes(this.target ?? ''))) this.graph = found.graph
      if (!this.inputTouched) this.resetInput()
      this.say(found.diagnostics)
    } catch (error) {
      if (signal.aborted) return
      this.unchecked = sentence(error)
      this.checkSoon(text, AFTER_A_FAILURE)
    }
  }

  async format() {
    const { editor } = this
    if (!editor) return
    const before = editor.text
    try {
      const { text, diagnostics = [] } = await api.format(before)
      if (editor.text !== before) return
      if (text !== before) editor.replace(text)
      else if (counts(diagnostics).errors > 0) messages.say('bad', 'Correct the mistakes first: only a text that can be read can be formatted.')
      else messages.say('plain', 'Already in its canonical form.')
    } catch (error) {
      messages.say('bad', sentence(error))
    }
  }

  // ---- the input of a run

  typed(input: string) {
    this.input = input
    this.inputTouched = true
  }

  resetInput() {
    this.inputTouched = false
    const made = this.target === null ? undefined : this.check?.inputExamples[this.target] ?? this.workflow?.inputExample
    if (made !== undefined) this.input = inputText(made)
  }

  // ---- saving

  /** Whether the text is on the server afterwards. */
  async save(): Promise<boolean> {
    const { editor, document } = this
    if (!editor || !document || this.saving) return false
    const { text } = editor
    // A text with mistakes has no workflows for the compiler, but it still declares what its author means to save.
    const known = this.checked === text ? this.check?.workflows ?? [] : []
    const to = destination(document, known.length > 0 ? known : declaredIn(text))
    if (to.kind === 'none') {
      messages.say('bad', 'There is nothing to save yet: the text declares no workflow.')
      return false
    }
    this.saving = true
    try {
      if (!await this.allowed(to.name, to.kind === 'other' ? to.instead : null)) return false
      const answer = await api.save(to.name, text)
      this.document = stored(this.document!, answer.name, answer.version, text)
      messages.clear()
      if (document.name !== answer.name) this.renamed(answer.name)
      api.workflow(answer.name).then(workflow => { this.workflow = workflow }, () => {})
      return true
    } catch (error) {
      const found = error instanceof ApiError ? error.problem.diagnostics ?? [] : []
      if (found.length > 0 && editor.text === text) this.say(found)
      messages.say('bad', found.length > 0 ? 'Not saved: correct the mistakes first.' : `Not saved. ${sentence(error)}`)
      return false
    } finally {
      this.saving = false
    }
  }

  /** Asks before something that was not opened here is replaced. */
  private async allowed(target: string, instead: string | null): Promise<boolean> {
    const there = await api.workflow(target).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    })
    if (instead !== null && !await this.ask(`Save as ${target}?`, `The text no longer declares ${instead}. Saving deploys ${target}, and ${instead} stays as it is.`, `Save ${target}`)) return false
    const { document } = this
    if (there === null || (document?.name === target && document.version === there.version)) return true
    return document?.name === target
      ? this.ask('Changed meanwhile', `Someone saved version ${there.version} of ${target} after you opened version ${document.version}. Saving puts your text on top of it; theirs stays in the versions.`, 'Save mine')
      : this.ask(`${target} exists already`, `Saving makes version ${there.version + 1} of it. Rename your workflow in the text if it should be another one.`, `Save as version ${there.version + 1}`)
  }

  private ask(title: string, text: string, yes: string): Promise<boolean> {
    return new Promise(resolve => {
      this.question = {
        title, text, yes,
        answer: answer => {
          this.question = null
          resolve(answer)
        },
      }
    })
  }

  stop() {
    clearTimeout(this.timer)
    this.abort?.abort()
  }
}
