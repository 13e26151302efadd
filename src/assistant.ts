// In: a configuration. Out: the whole product behind a few functions. Server, CLI, evals and tests use this same assembly.
import { basename, join } from 'node:path'
import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector'
import { AnsweringEngine, type EngineParts } from './answering-engine.ts'
import type { AskRequest, AskResult, SearchResult } from './ask-request.ts'
import type { AssistantEvents, AssistantOverrides } from './assistant-options.ts'
import type { Config } from './config.ts'
import { databaseStore, migrated } from './corpus-database.ts'
import { ConversationStore } from './conversation/conversation-store.ts'
import { FeedbackStore } from './conversation/feedback-store.ts'
import { sweepAside } from './corpus/corpus-folder.ts'
import { loadCorpusRules } from './corpus/corpus-rules.ts'
import { messageOf } from './errors.ts'
import type { BackupList } from './indexing/backup-archive.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import type { CorpusStore, DocumentStore, StoreState } from './indexing/corpus-store.ts'
import { IndexClient } from './indexing/index-client.ts'
import type { IndexReport } from './indexing/index-writer.ts'
import { LocalStore } from './indexing/local-store.ts'
import type { MigrationReport } from './indexing/postgres/migrate.ts'
import { PostgresStore } from './indexing/postgres/postgres-store.ts'
import type { IndexSources } from './indexing/update-index.ts'
import { timedChatModel } from './inference/chat-model.ts'
import { EmbedderPool } from './inference/embedder-pool.ts'
import { type EmbeddedTexts, EmbeddingClient } from './inference/embedding-client.ts'
import { readEmbeddingProfile } from './inference/embedding-profile.ts'
import { LocalEmbeddings } from './inference/local-embeddings.ts'
import { modelFingerprint } from './inference/model-fingerprint.ts'
import { QuestionMemory } from './inference/question-memory.ts'
import { canonicalText } from './language/canonical.ts'
import { loadLanguageKnowledge } from './language/knowledge.ts'
import { MAX_QUESTION_LENGTH } from './language/question-length.ts'
import { modelClient } from './model-client.ts'
import type { RetrievalOptions } from './retrieval/retriever.ts'
import { WorkGate } from './work-gate.ts'

/** Makes an assistant; nothing is loaded before it is needed. */
export function createAssistant(config: Config, events: AssistantEvents = {}, overrides: AssistantOverrides = {}): Assistant {
  return new Assistant(config, events, overrides)
}

/** The first questions find the model's process free: what it loads besides can wait so long, in milliseconds. */
const READER_DELAY_MS = 1000

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
  readonly #parts: EngineParts
  readonly #sources: IndexSources
  readonly #store: CorpusStore
  #index: Promise<CorpusIndex> | undefined
  #current: AnsweringEngine | undefined
  #ready = false
  #follows = false
  #warming: NodeJS.Timeout | undefined

  /** @throws ThukyError `model` or `configuration` when the model folder or a data file is missing */
  constructor(
    readonly config: Config,
    events: AssistantEvents,
    overrides: AssistantOverrides = {},
  ) {
    const { allowDownload, embedders, corpusDir, indexDir } = config
    const profile = readEmbeddingProfile(config.model, allowDownload)
    this.reader = config.reader === null ? null : basename(config.reader)
    this.#client = overrides.model ?? modelClient(config)
    const further = () => new EmbeddingClient({ profile, allowDownload })
    this.#pool = new EmbedderPool({ first: this.#client, further, size: embedders })
    this.gate = new WorkGate(events.limits)
    this.#events = events
    const embedder = overrides.wrapEmbedder?.(this.#pool) ?? this.#pool
    this.#embeddings = new LocalEmbeddings(new QuestionMemory(embedder))
    const knowledge = loadLanguageKnowledge()
    this.#parts = {
      config,
      readerName: this.reader,
      client: this.#client,
      embeddings: this.#embeddings,
      knowledge,
      chatModel: timedChatModel(config.chatModel, overrides.chatModel),
      chatGate: new WorkGate(events.limits),
      retrieval: overrides.retrieval,
      sentenceWeights: overrides.sentenceWeights,
    }
    this.conversations = new ConversationStore({
      folder: join(indexDir, 'conversations'),
      limit: config.conversationLimit,
      maxAgeDays: config.conversationDays,
      ...(events.onNote === undefined ? {} : { onWarning: events.onNote }),
    })
    this.feedback = new FeedbackStore({ folder: join(indexDir, 'feedback'), conversations: this.conversations })
    const sources: IndexSources = {
      corpusDir,
      indexDir,
      rules: loadCorpusRules(),
      abbreviations: knowledge.abbreviations,
      embed: async (texts) => (await embedder.embed('passage', texts)).vectors,
      dimension: async () => (await this.#client.start()).dimension,
      fingerprint: (known) => modelFingerprint(profile, known),
      ...events,
    }
    this.#sources = sources
    const database = config.store === 'pgvector' ? config.databaseUrl : null
    const { embed, dimension } = sources
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
    this.#follows = true
    await sweepAside(this.config.corpusDir)
    const model = this.#client.start()
    model.catch(() => {})
    const index = await this.#store.follow()
    await model
    this.#ready = true
    this.#warming = setTimeout(() => this.#warmed(), READER_DELAY_MS).unref()
    return index
  }

  /** The reader is loaded before somebody needs it. One that cannot be loaded is told of, and again by the questions that need it. */
  #warmed(): void {
    this.#client.warm().catch((error: unknown) => this.#events.onNote?.(messageOf(error)))
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

  /**
   * Copies the corpus with its vectors into the store named, from the other one, which stays as it is.
   * @throws ThukyError `configuration` without a database, `index` when there is nothing to copy
   */
  async migrate(to: Config['store']): Promise<MigrationReport> {
    return migrated(to, this.config, this.#sources)
  }

  /**
   * LangChain's PGVectorStore over the passages of the database, to be read only; its `end()` closes its connections.
   * @throws ThukyError `configuration` where the corpus is not kept in a database
   */
  async vectorStore(): Promise<PGVectorStore> {
    return databaseStore(this.config, this.#embeddings)
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
      const result = await (await this.#learnedEngine()).search(question, options)
      this.#events.onSearched?.(result)
      return result
    })
  }

  /**
   * Lets the model begin with a question that is about to be asked, unless others wait or it is too long to be. What fails now fails
   * again when it is asked.
   */
  foresee(question: string): void {
    if (this.gate.waiting > 0 || question.length > MAX_QUESTION_LENGTH) return
    this.#current?.foresee(canonicalText(question)).catch(() => {})
  }

  /** The answer to a question. @throws ThukyError `invalid-request` for an unknown id in the filters */
  async ask(request: AskRequest): Promise<AskResult> {
    const { engine, made } = await this.gate.through(async () => {
      const engine = await this.#learnedEngine()
      request.signal?.throwIfAborted()
      return { engine, made: await engine.found(request) }
    }, request.signal)
    const { result, started } = made
    const answer = await engine.written(made, request)
    const total = performance.now() - started
    const { embed, retrieve } = result.retrieval.timingsMs
    const whole = {
      ...result,
      answer,
      timingsMs: { embed, retrieve, answer: result.timingsMs.answer + total - result.timingsMs.total, total },
    }
    this.#events.onAnswered?.(whole)
    return whole
  }

  /** The engine of the newest generation. A server does not wait for what is learned from a large corpus; everybody else does. */
  async #learnedEngine(): Promise<AnsweringEngine> {
    const engine = this.#engine(await this.index())
    if (!this.#follows) await engine.learned
    return engine
  }

  /** The engine of a generation, made once. */
  #engine(index: CorpusIndex): AnsweringEngine {
    if (this.#current?.index !== index) this.#current = new AnsweringEngine(index, this.#parts, this.#current)
    return this.#current
  }

  /** Ends the processes of model and index. */
  async close(): Promise<void> {
    clearTimeout(this.#warming)
    await Promise.all([this.#store.close(), this.#pool.close(), this.#client.close()])
  }
}
