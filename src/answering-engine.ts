// In: a generation of the index. Out: what answers from it: retriever, answerer and, where there is one, a chat model.
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Answer } from './answering/answer.ts'
import { ChatAnswerer } from './answering/chat-answerer.ts'
import { CloserReader } from './answering/closer-reading.ts'
import { withDescribedNames } from './answering/described-names.ts'
import { ExtractiveAnswerer, type FoundAnswer } from './answering/extractive-answerer.ts'
import type { SentenceWeights } from './answering/sentence-weights.ts'
import type { AskRequest, AskResult, SearchResult } from './ask-request.ts'
import type { Config } from './config.ts'
import { standaloneQuestion } from './conversation/standalone-question.ts'
import { ThukyError } from './errors.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import type { TimedChatModel } from './inference/chat-model.ts'
import type { EmbeddingClient } from './inference/embedding-client.ts'
import type { LocalEmbeddings } from './inference/local-embeddings.ts'
import { canonicalText } from './language/canonical.ts'
import { loadContraryWords } from './language/contrary-words.ts'
import type { LanguageKnowledge } from './language/knowledge.ts'
import { wordsKnownTo } from './retrieval/known-words.ts'
import type { RetrievalFilters } from './retrieval/retrieval-filters.ts'
import { ConferenceRetriever, type RetrievalOptions, type RetrievalResult } from './retrieval/retriever.ts'
import type { WorkGate } from './work-gate.ts'

/** What all generations share. */
export interface EngineParts {
  readonly config: Config
  /** Name of the reader; null without one. */
  readonly readerName: string | null
  readonly client: EmbeddingClient
  readonly embeddings: LocalEmbeddings
  readonly knowledge: LanguageKnowledge
  readonly chatModel: TimedChatModel | undefined
  /** Every answer of the chat model goes through it. */
  readonly chatGate: WorkGate
  /** Settings of every search that does not say otherwise. */
  readonly retrieval?: Partial<RetrievalOptions> | undefined
  /** Default: the learned weights of the package. */
  readonly sentenceWeights?: SentenceWeights | undefined
}

/** An answer without a chat model, what it was made of, and when that began. */
export interface FoundResult {
  readonly result: AskResult
  readonly found: FoundAnswer
  /** As `performance.now()` says it. */
  readonly started: number
}

/**
 * Passages the answer is chosen from; not bound by what the caller wants to see. More cost time and prove no more: with 24 not one answer
 * more was right of 1,528 questions of viquad1_dev, uit_wiki and tvpl_faq_dev (tune).
 */
export const ANSWER_PASSAGES = 16
/** Passages searched for, as many as may be asked to be shown: how many are has no part in the answer. */
const MOST_SHOWN = 20

/** Answers from one generation; remembers what it has analysed. */
export class AnsweringEngine {
  readonly #parts: EngineParts
  readonly #retriever: ConferenceRetriever
  readonly #answerer: ExtractiveAnswerer
  readonly #chat: ChatAnswerer | undefined

  /** `before` is the engine of the generation before, whose analyses serve on where they can. */
  constructor(
    readonly index: CorpusIndex,
    parts: EngineParts,
    before?: AnsweringEngine,
  ) {
    const { config, client, embeddings, knowledge } = parts
    this.#parts = parts
    this.#retriever = new ConferenceRetriever(
      index,
      embeddings,
      knowledge,
      parts.retrieval,
      before === undefined ? undefined : before.#retriever,
    )
    const reader = config.reader === null ? undefined : new CloserReader(client, index)
    const options = { strictness: config.strictness, model: basename(config.model), reader }
    this.#answerer = new ExtractiveAnswerer(index, knowledge, options, parts.sentenceWeights)
    this.#chat = parts.chatModel === undefined ? undefined : chatAnswerer(index, parts, parts.chatModel)
  }

  /** Resolves when all that helps retrieval has been learned from the corpus. */
  get learned(): Promise<void> {
    return this.#retriever.learned
  }

  /** Ranked passages. @throws ThukyError `invalid-request` for an unknown id in the filters */
  async search(question: string, options: Partial<RetrievalOptions>): Promise<SearchResult> {
    checkFilters(options.filters ?? {}, this.index)
    return { ...(await this.#retriever.search(question, options)), index: this.index }
  }

  /** Lets the model begin with a question that will probably be asked. */
  async foresee(question: string): Promise<void> {
    await this.#retriever.foresee(question)
  }

  /** The answer without a chat model. @throws ThukyError `invalid-request` for an unknown id in the filters */
  async found(request: AskRequest): Promise<FoundResult> {
    const { filters = {}, scope = 'question', topK = 5, earlierQuestions = [], signal } = request
    const { index } = this
    const { knowledge, readerName } = this.#parts
    const started = performance.now()
    const question = canonicalText(request.question)
    checkFilters(filters, index)
    if (earlierQuestions.length === 0) await this.foresee(question)
    const limit = Math.max(MOST_SHOWN, topK)
    const meanwhile: RetrievalOptions['meanwhile'] = (understood, passages) => this.#answerer.foresee(understood, passages)
    const search = (text: string) => this.#retriever.search(text, { filters, scope, limit, meanwhile })
    const text = knowledge.smallTalk.isAll(question)
      ? question
      : await withDescribedNames(standaloneQuestion(question, earlierQuestions, wordsKnownTo(index, knowledge, question)), {
          roles: knowledge.roles,
          answer: async (asked) => {
            signal?.throwIfAborted()
            return this.#answerer.answer(forAnswer(await search(asked)), signal)
          },
        })
    signal?.throwIfAborted()
    const retrieval = await search(text)
    signal?.throwIfAborted()
    const retrieved = performance.now()
    const found = await this.#answerer.found(forAnswer(retrieval), signal)
    const ended = performance.now()
    const result: AskResult = {
      id: randomUUID(),
      question,
      filters,
      scope,
      answer: found.answer,
      reader: readerName,
      retrieval,
      index,
      passages: retrieval.passages.slice(0, topK),
      timingsMs: { ...retrieval.timingsMs, answer: ended - retrieved, total: ended - started },
    }
    request.listener?.onFound(result)
    return { result, found, started }
  }

  /** The answer found in the words of the chat model; as it was where there is none or it has too much to do. */
  async written({ result, found }: FoundResult, { listener, signal }: AskRequest): Promise<Answer> {
    const { chatModel, chatGate } = this.#parts
    const chat = this.#chat
    if (chat === undefined) return found.answer
    if (found.answer.answerable && chatGate.isFull) {
      const writing = { model: chatModel?.name ?? '', state: 'busy', shown: 0, dropped: 0 } as const
      return { ...found.answer, writing }
    }
    return chatGate.through(() => chat.answer(found, result.retrieval, listener, signal), signal)
  }
}

/** What is found, as far as it is answered from. */
const forAnswer = (found: RetrievalResult): RetrievalResult => ({ ...found, passages: found.passages.slice(0, ANSWER_PASSAGES) })

function chatAnswerer(index: CorpusIndex, { knowledge: language, embeddings }: EngineParts, writer: TimedChatModel): ChatAnswerer {
  const contrary = loadContraryWords((key) => !language.functionWords.has(key))
  const expansions = (text: string) => index.abbreviations.expansions(text)
  const embed = async (texts: readonly string[]) => {
    const { vectors, dimension } = await embeddings.embedMatrix('passage', texts)
    return texts.map((_, row) => vectors.subarray(row * dimension, (row + 1) * dimension))
  }
  return new ChatAnswerer({ index, knowledge: { language, contrary, expansions }, embed, writer })
}

function checkFilters({ conferenceIds = [], documentIds = [] }: RetrievalFilters, index: CorpusIndex): void {
  const unknown = (kind: string, field: string, id: string) =>
    new ThukyError('invalid-request', `There is no ${kind} "${id}" in the corpus; GET /${kind}s lists them.`, { field, id })
  for (const id of conferenceIds) if (!index.conferences.has(id)) throw unknown('conference', 'filters.conferenceIds', id)
  for (const id of documentIds) if (!index.documents.has(id)) throw unknown('document', 'filters.documentIds', id)
}
