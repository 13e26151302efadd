// In: a configuration. Out: the whole product behind a few functions. Server, CLI, evals and tests use this same assembly.
import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import type { Answer } from './answering/answer.ts'
import { CloserReader } from './answering/closer-reading.ts'
import { withDescribedNames } from './answering/described-names.ts'
import { ExtractiveAnswerer } from './answering/extractive-answerer.ts'
import type { SentenceWeights } from './answering/sentence-weights.ts'
import type { Config } from './config.ts'
import { ConversationStore } from './conversation/conversation-store.ts'
import { FeedbackStore } from './conversation/feedback-store.ts'
import { standaloneQuestion } from './conversation/standalone-question.ts'
import { sweepAside } from './corpus/corpus-folder.ts'
import { loadCorpusRules } from './corpus/corpus-rules.ts'
import { ThukyError } from './errors.ts'
import type { BackupList } from './indexing/backup-archive.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import type { CorpusStore, DocumentStore, StoreState } from './indexing/corpus-store.ts'
import { IndexClient } from './indexing/index-client.ts'
import type { IndexReport } from './indexing/index-writer.ts'
import { LocalStore } from './indexing/local-store.ts'
import { PostgresStore } from './indexing/postgres/postgres-store.ts'
import type { IndexProgress } from './indexing/segment-writer.ts'
import type { IndexSources } from './indexing/update-index.ts'
import { EmbedderPool, type TextEmbedder } from './inference/embedder-pool.ts'
import { type EmbeddedTexts, EmbeddingClient } from './inference/embedding-client.ts'
import { readEmbeddingProfile } from './inference/embedding-profile.ts'
import { LocalEmbeddings } from './inference/local-embeddings.ts'
import { modelFingerprint } from './inference/model-fingerprint.ts'
import { QuestionMemory } from './inference/question-memory.ts'
import { canonicalText } from './language/canonical.ts'
import { type LanguageKnowledge, loadLanguageKnowledge } from './language/knowledge.ts'
import { wordsKnownTo } from './retrieval/known-words.ts'
import { modelClient } from './model-client.ts'
import { ConferenceRetriever, type RetrievalFilters, type RetrievalOptions, type RetrievalResult } from './retrieval/retriever.ts'
import { WorkGate, type WorkLimits } from './work-gate.ts'

/** A question as it is asked. */
export interface AskRequest {
  readonly question: string
  readonly filters?: RetrievalFilters
  /** `filters`: where to search is what the filters say, whatever the question names. Default `question`: both narrow the search. */
  readonly scope?: RetrievalOptions['scope']
  /** Passages to return beside the answer, 1–20. Default 5. */
  readonly topK?: number
  /** Questions of the user before this one, oldest first; what this one leaves out is taken from them. Default none. */
  readonly earlierQuestions?: readonly string[]
  /** Ends the work between its steps; what it throws is the signal's reason. */
  readonly signal?: AbortSignal
}

/** An answer with all that led to it. */
export interface AskResult {
  readonly id: string
  /** As asked, canonical; `retrieval.understood.question` is what was searched. */
  readonly question: string
  readonly filters: RetrievalFilters
  readonly scope: RetrievalOptions['scope']
  readonly answer: Answer
  readonly retrieval: RetrievalResult
  /** The generation it was answered from. */
  readonly index: CorpusIndex
  /** Name of the reader that had a say in the answer; null without one. */
  readonly reader: string | null
  /** The first `topK` passages. */
  readonly passages: RetrievalResult['passages']
  readonly timingsMs: { readonly embed: number; readonly retrieve: number; readonly answer: number; readonly total: number }
}

/** Ranked passages and the generation they come from. */
export interface SearchResult extends RetrievalResult {
  readonly index: CorpusIndex
}

/** What an assistant tells while it works. */
export interface AssistantEvents {
  /** One line for people about the index. */
  readonly onNote?: (line: string) => void
  readonly onProgress?: (progress: IndexProgress) => void
  /** Called with every answer and every search, for measuring. */
  readonly onAnswered?: (result: AskResult) => void
  readonly onSearched?: (result: SearchResult) => void
  /** How many questions are answered at once and how many wait. Default without limit; a server has one. */
  readonly limits?: WorkLimits
}

interface Engine {
  readonly index: CorpusIndex
  readonly retriever: ConferenceRetriever
  readonly answerer: ExtractiveAnswerer
}

/** Passages the answer is chosen from; not bound by what the caller wants to see. */
const ANSWER_PASSAGES = 24

/** Makes an assistant; nothing is loaded before it is needed. */
export function createAssistant(config: Config, events: AssistantEvents = {}, overrides: AssistantOverrides = {}): Assistant {
  return new Assistant(config, events, overrides)
}

/** Puts something between the product and its model, such as a cache of vectors in evaluations. */
export type WrapEmbedder = (embedder: TextEmbedder) => TextEmbedder

/** What evaluations change to see what it is worth; of all this a server gives only the model. */
export interface AssistantOverrides {
  /** A client made before from the same configuration, perhaps started already; closed with the assistant. Default: one of its own. */
  readonly model?: EmbeddingClient
  readonly wrapEmbedder?: WrapEmbedder
  /** Settings of every search that does not say otherwise. */
  readonly retrieval?: Partial<RetrievalOptions>
  /** Default: the learned weights of the package. */
  readonly sentenceWeights?: SentenceWeights
}

/** The product: index, retriever, answerer and model process of one corpus. */
export class Assistant {
  /** Conversations of all faces, kept below the index folder. */
  readonly conversations: ConversationStore
  /** Name of the reader; null without one. */
  readonly reader: string | null
  /** What people said about answers, kept below the index folder. */
  readonly feedback: FeedbackStore
  /** Every question and search goes through it. */
  readonly gate: WorkGate
  readonly #events: AssistantEvents
  readonly #client: EmbeddingClient
  readonly #pool: EmbedderPool
  readonly #embeddings: LocalEmbeddings
  readonly #knowledge: LanguageKnowledge
  readonly #store: CorpusStore
  #index: Promise<CorpusIndex> | undefined
  #current: Engine | undefined
  #ready = false

  /** @throws ThukyError `model` or `configuration` when the model folder or a data file is missing */
  constructor(
    readonly config: Config,
    events: AssistantEvents,
    private readonly overrides: AssistantOverrides = {},
  ) {
    const { allowDownload, embedders } = config
    const profile = readEmbeddingProfile(config.model, allowDownload)
    this.reader = config.reader === null ? null : basename(config.reader)
    this.#client = overrides.model ?? modelClient(config)
    this.#pool = new EmbedderPool({
      first: this.#client,
      further: () => new EmbeddingClient({ profile, allowDownload }),
      size: embedders,
    })
    this.gate = new WorkGate(events.limits)
    this.#events = events
    const embedder = overrides.wrapEmbedder?.(this.#pool) ?? this.#pool
    this.#embeddings = new LocalEmbeddings(new QuestionMemory(embedder))
    this.#knowledge = loadLanguageKnowledge()
    this.conversations = new ConversationStore({
      folder: join(config.indexDir, 'conversations'),
      limit: config.conversationLimit,
      maxAgeDays: config.conversationDays,
      ...(events.onNote === undefined ? {} : { onWarning: events.onNote }),
    })
    this.feedback = new FeedbackStore({ folder: join(config.indexDir, 'feedback'), conversations: this.conversations })
    const sources: IndexSources = {
      corpusDir: config.corpusDir,
      indexDir: config.indexDir,
      rules: loadCorpusRules(),
      abbreviations: this.#knowledge.abbreviations,
      embed: async (texts) => (await embedder.embed('passage', texts)).vectors,
      dimension: async () => (await this.#client.start()).dimension,
      fingerprint: (known) => modelFingerprint(profile, known),
      ...events,
    }
    const { corpusDir, indexDir } = config
    const { embed, dimension } = sources
    const database = config.store === 'pgvector' ? config.databaseUrl : null
    const indexProcess = new IndexClient({ place: { corpusDir, indexDir, profile, database }, embed, dimension, ...events })
    const onSwap = (index: CorpusIndex) => {
      this.#engine(index)
      this.#index = Promise.resolve(index)
    }
    this.#store =
      database === null ? new LocalStore(sources, indexProcess, onSwap) : new PostgresStore(database, sources, indexProcess, onSwap)
  }

  /** Writes documents; needs `openLive`. */
  get documents(): DocumentStore {
    return this.#store.documents
  }

  /** The process that writes the index of a running server; for health and tests. */
  get indexProcess(): IndexClient {
    return this.#store.indexProcess
  }

  /** The model process; for health and tests. */
  get model(): EmbeddingClient {
    return this.#client
  }

  /** Starts the model and opens the index, bringing it up to date first. */
  async open(): Promise<CorpusIndex> {
    const model = this.#client.warm()
    model.catch(() => {})
    const index = await this.index()
    this.#engine(index)
    await model
    this.#ready = true
    return index
  }

  /**
   * The same for a process that goes on: the index is written by a process of its own, and whoever publishes a new generation,
   * this process or another, it answers from then on. Requests that have begun keep the one they began with.
   */
  async openLive(): Promise<CorpusIndex> {
    await sweepAside(this.config.corpusDir)
    const model = this.#client.warm()
    model.catch(() => {})
    const index = await this.#store.follow()
    await model
    this.#ready = true
    return index
  }

  /** The generation that answers now; undefined before `open` or `openLive`. */
  get currentIndex(): CorpusIndex | undefined {
    return this.#current?.index
  }

  /** Whether model and index have been loaded once; a model process that has died since is started again for the next question. */
  get hasOpened(): boolean {
    return this.#ready
  }

  /** Whether model and index are there: they have been loaded by `open` or `openLive`, and the model's process lives. */
  get isReady(): boolean {
    return this.#ready && this.#client.isLoaded
  }

  /** The index, opened once. A failure is not kept: the next call tries again. */
  async index(): Promise<CorpusIndex> {
    this.#index ??= this.#store.open()
    this.#index.catch(() => {
      this.#index = undefined
    })
    return this.#index
  }

  /** Brings the index up to date and says what was done; undefined when nothing had changed. */
  async updateIndex(rebuild = false): Promise<IndexReport | undefined> {
    const { index, report } = await this.#store.update(rebuild)
    this.#index = Promise.resolve(index)
    return report
  }

  /** Writes an archive of corpus, conversations, feedback and index. @throws ThukyError `corpus` or `index` */
  backup(file: string): Promise<BackupList> {
    return this.#store.backup(file)
  }

  /** Puts all of that back to the state of an archive and brings the index up to date. @throws ThukyError `corpus` or `index` */
  async restore(file: string): Promise<BackupList> {
    const list = await this.#store.restore(file)
    this.#index = undefined
    return list
  }

  /** Compares index, corpus and model without changing anything. */
  inspect(): Promise<StoreState> {
    return this.#store.inspect()
  }

  /** Embeds texts with the configured model. */
  embed(kind: 'query' | 'passage', texts: readonly string[]): Promise<EmbeddedTexts> {
    return this.#embeddings.embedMatrix(kind, texts)
  }

  /** Ranked passages for a question. @throws ThukyError `invalid-request` for an unknown id in the filters */
  async search(question: string, options: Partial<RetrievalOptions> = {}): Promise<SearchResult> {
    return this.gate.through(async () => {
      const { index, retriever } = this.#engine(await this.index())
      checkFilters(options.filters ?? {}, index)
      const result = { ...(await retriever.search(question, options)), index }
      this.#events.onSearched?.(result)
      return result
    })
  }

  /** The answer to a question. @throws ThukyError `invalid-request` for an unknown id in the filters */
  ask(request: AskRequest): Promise<AskResult> {
    return this.gate.through(() => this.#ask(request), request.signal)
  }

  async #ask(request: AskRequest): Promise<AskResult> {
    const { filters = {}, scope = 'question', topK = 5, earlierQuestions = [], signal } = request
    const started = performance.now()
    const { index, retriever, answerer } = this.#engine(await this.index())
    signal?.throwIfAborted()
    const question = canonicalText(request.question)
    checkFilters(filters, index)
    const search = (text: string) => retriever.search(text, { filters, scope, limit: Math.max(ANSWER_PASSAGES, topK) })
    const isKnown = wordsKnownTo(index, this.#knowledge, question)
    const text = await withDescribedNames(standaloneQuestion(question, earlierQuestions, isKnown), {
      roles: this.#knowledge.roles,
      answer: async (asked) => {
        signal?.throwIfAborted()
        return answerer.answer(await search(asked), signal)
      },
    })
    signal?.throwIfAborted()
    const retrieval = await search(text)
    signal?.throwIfAborted()
    const retrieved = performance.now()
    const answer = await answerer.answer(retrieval, signal)
    const ended = performance.now()
    const timingsMs = { ...retrieval.timingsMs, answer: ended - retrieved, total: ended - started }
    const { reader } = this
    const shown = retrieval.passages.slice(0, topK)
    const result = { id: randomUUID(), question, filters, scope, answer, reader, retrieval, index, passages: shown, timingsMs }
    this.#events.onAnswered?.(result)
    return result
  }

  /** Retriever and answerer of a generation, made once: they remember what they have analysed. */
  #engine(index: CorpusIndex): Engine {
    if (this.#current?.index !== index) {
      const retriever = new ConferenceRetriever(index, this.#embeddings, this.#knowledge, this.overrides.retrieval)
      const reader = this.reader === null ? undefined : new CloserReader(this.#client, index)
      const options = { strictness: this.config.strictness, model: basename(this.config.model), reader }
      const answerer = new ExtractiveAnswerer(index, this.#knowledge, options, this.overrides.sentenceWeights)
      this.#current = { index, retriever, answerer }
    }
    return this.#current
  }

  /** Ends the processes of model and index. */
  async close(): Promise<void> {
    await Promise.all([this.#store.close(), this.#pool.close(), this.#client.close()])
  }
}

function checkFilters({ conferenceIds = [], documentIds = [] }: RetrievalFilters, index: CorpusIndex): void {
  const unknown = (kind: string, field: string, id: string) =>
    new ThukyError('invalid-request', `There is no ${kind} "${id}" in the corpus; GET /${kind}s lists them.`, { field, id })
  for (const id of conferenceIds) if (!index.conferences.has(id)) throw unknown('conference', 'filters.conferenceIds', id)
  for (const id of documentIds) if (!index.documents.has(id)) throw unknown('document', 'filters.documentIds', id)
}
