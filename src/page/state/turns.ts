// In: questions of the user and what the server says. Out: the turns of the conversation on the page, as signals.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Answer, Citation, Filters, Interpretation } from './contract.ts'
import type { Question, ServerClient } from './server-client.ts'
import { ServerProblem } from './server-problem.ts'

/** Where a turn stands. `warming`: the server is not ready yet, the question waits. `outdated`: kept in a shape no longer read. */
export type TurnState = 'searching' | 'warming' | 'writing' | 'done' | 'failed' | 'stopped' | 'outdated'

/** A question on the page and what has come of it. */
export interface Turn {
  /** Its own while the page is open. */
  readonly key: number
  readonly question: string
  readonly filters: Filters
  readonly scope: Question['scope']
  readonly state: TurnState
  readonly interpretation: Interpretation | null
  readonly citations: readonly Citation[]
  /** The answer as far as it has come. */
  readonly text: string
  readonly answer: Answer | null
  readonly problem: ServerProblem | null
}

/** Longest time a question waits for the server to start, in milliseconds. */
const WARM_UP_MS = 120_000

/** The conversation shown. */
export class Turns {
  readonly #turns = signal<readonly Turn[]>([])
  readonly #conversationId = signal<string | null>(null)
  readonly #problem = signal<ServerProblem | null>(null)
  readonly #loading = signal(false)
  #nextKey = 1
  #running: AbortController | null = null

  constructor(private readonly server: ServerClient) {}

  get all(): ReadonlySignal<readonly Turn[]> {
    return this.#turns
  }

  /** The conversation the turns belong to; null before its first answer. */
  get conversationId(): ReadonlySignal<string | null> {
    return this.#conversationId
  }

  /** Why the conversation could not be opened. */
  get problem(): ReadonlySignal<ServerProblem | null> {
    return this.#problem
  }

  get loading(): ReadonlySignal<boolean> {
    return this.#loading
  }

  /** Shows a conversation that is kept, or none. */
  async open(id: string | null): Promise<void> {
    this.stop()
    this.#turns.value = []
    this.#problem.value = null
    this.#conversationId.value = id
    if (id === null) return
    this.#loading.value = true
    try {
      const { turns } = await this.server.conversation(id)
      if (this.#conversationId.peek() !== id) return
      this.#turns.value = turns.map(({ question, answer }) => this.#keptTurn(question, answer))
    } catch (error) {
      if (this.#conversationId.peek() === id && error instanceof ServerProblem) this.#problem.value = error
    } finally {
      this.#loading.value = false
    }
  }

  /** Asks in the conversation shown. Resolves with the answer, or null when there is none. */
  async ask(question: string, filters: Filters, scope: Question['scope']): Promise<Answer | null> {
    this.stop()
    const running = new AbortController()
    this.#running = running
    const key = this.#nextKey++
    const asked: Turn = {
      key,
      question,
      filters,
      scope,
      state: 'searching',
      interpretation: null,
      citations: [],
      text: '',
      answer: null,
      problem: null,
    }
    this.#turns.value = [...this.#turns.peek(), asked]
    try {
      const answer = await this.#askPatiently(
        key,
        { question, filters, scope, conversationId: this.#conversationId.peek() },
        running.signal,
      )
      const { interpretation, citations, answer: text } = answer
      this.#change(key, { state: 'done', answer, interpretation, citations, text, problem: null })
      if (answer.conversationId !== null) this.#conversationId.value = answer.conversationId
      return answer
    } catch (error) {
      // The conversation was deleted meanwhile: asked again, the question begins a new one.
      if (error instanceof ServerProblem && error.kind === 'notFound') this.#conversationId.value = null
      if (running.signal.aborted) this.#change(key, { state: 'stopped' })
      else this.#change(key, { state: 'failed', problem: error instanceof ServerProblem ? error : new ServerProblem(500, '') })
      return null
    } finally {
      if (this.#running === running) this.#running = null
    }
  }

  /** Ends the question that is being answered. */
  stop(): void {
    this.#running?.abort()
    this.#running = null
  }

  /** Takes a turn off the page, to be asked again. */
  drop(key: number): void {
    this.#turns.value = this.#turns.peek().filter((turn) => turn.key !== key)
  }

  /** While the server loads or is full it says when to come back. */
  async #askPatiently(key: number, question: Question, signal: AbortSignal): Promise<Answer> {
    const started = performance.now()
    for (;;) {
      try {
        return await this.server.ask(
          question,
          {
            onRetrieval: ({ interpretation }) => this.#change(key, { state: 'writing', interpretation }),
            onCitation: (citation) => this.#change(key, (turn) => ({ citations: [...turn.citations, citation] })),
            onText: (text) => this.#change(key, (turn) => ({ text: turn.text + text })),
          },
          signal,
        )
      } catch (error) {
        const wait = error instanceof ServerProblem && error.status === 503 ? (error.retryAfterSeconds ?? 1) * 1000 : null
        if (wait === null || performance.now() - started + wait > WARM_UP_MS) throw error
        this.#change(key, { state: 'warming', citations: [], text: '' })
        await pause(wait, signal)
      }
    }
  }

  #keptTurn(question: string, answer: Answer | null): Turn {
    const { filters = {}, scope = 'question', interpretation = null, citations = [], answer: text = '' } = answer ?? {}
    const state = answer === null ? 'outdated' : 'done'
    return {
      key: this.#nextKey++,
      question,
      filters: definedFilters(filters),
      scope,
      state,
      interpretation,
      citations,
      text,
      answer,
      problem: null,
    }
  }

  #change(key: number, change: Partial<Turn> | ((turn: Turn) => Partial<Turn>)): void {
    this.#turns.value = this.#turns.peek().map((turn) => {
      if (turn.key !== key) return turn
      return { ...turn, ...(typeof change === 'function' ? change(turn) : change) }
    })
  }
}

/** Filters without the keys that say nothing. */
function definedFilters({ conferenceIds, documentIds, from, to }: NonNullable<Answer['filters']>): Filters {
  return {
    ...(conferenceIds === undefined || conferenceIds.length === 0 ? {} : { conferenceIds }),
    ...(documentIds === undefined || documentIds.length === 0 ? {} : { documentIds }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
