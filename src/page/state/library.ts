// In: the server's lists. Out: conferences, documents, conversations as signals, brought up to date when something has changed.
import { computed, signal } from '@preact/signals'
import type { Conference, ConversationSummary, Corpus, DocumentEntry } from './contract.ts'
import type { ServerClient } from './server-client.ts'
import { ServerProblem } from './server-problem.ts'

/** Lists of the corpus and of what was asked. Null while they have not come. */
export class Library {
  readonly conferences = signal<readonly Conference[] | null>(null)
  readonly documents = signal<readonly DocumentEntry[] | null>(null)
  readonly corpus = signal<Corpus | null>(null)
  readonly conversations = signal<readonly ConversationSummary[] | null>(null)
  readonly problem = signal<ServerProblem | null>(null)
  readonly #byId = computed(() => new Map((this.conferences.value ?? []).map((conference) => [conference.id, conference])))

  constructor(private readonly server: ServerClient) {}

  /** Whether documents, conversations and verdicts may be written; false until the server has said so. */
  readonly writable = computed(() => this.corpus.value?.writable === true)

  /** A conference by its id. */
  conference(id: string): Conference | undefined {
    return this.#byId.value.get(id)
  }

  /** Loads what the corpus holds. */
  loadCorpus(): Promise<void> {
    return this.#guarded(async () => {
      const [{ conferences }, { documents }, corpus] = await Promise.all([
        this.server.conferences(),
        this.server.documents(),
        this.server.corpus(),
      ])
      this.conferences.value = conferences
      this.documents.value = documents
      this.corpus.value = corpus
    })
  }

  /** Loads the list of conversations. */
  loadConversations(): Promise<void> {
    return this.#guarded(async () => {
      this.conversations.value = (await this.server.conversations()).conversations
    })
  }

  /** While the server is loading it is asked again when it says so. */
  async #guarded(load: () => Promise<void>): Promise<void> {
    try {
      await load()
      this.problem.value = null
    } catch (error) {
      const problem = error instanceof ServerProblem ? error : new ServerProblem(500, '')
      this.problem.value = problem
      if (problem.kind === 'unavailable') setTimeout(() => void this.#guarded(load), 1000 * (problem.retryAfterSeconds ?? 1))
    }
  }
}
