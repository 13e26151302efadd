// Types only. What an assistant tells while it works, and what evaluations and programs put in the place of its parts.
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { SentenceWeights } from './answering/sentence-weights.ts'
import type { AskResult, SearchResult } from './ask-request.ts'
import type { IndexProgress } from './indexing/segment-writer.ts'
import type { TextEmbedder } from './inference/embedder-pool.ts'
import type { EmbeddingClient } from './inference/embedding-client.ts'
import type { RetrievalOptions } from './retrieval/retriever.ts'
import type { WorkLimits } from './work-gate.ts'

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

/** Puts something between the product and its model, such as a cache of vectors in evaluations. */
export type WrapEmbedder = (embedder: TextEmbedder) => TextEmbedder

/** What evaluations and programs put in the place of parts. */
export interface AssistantOverrides {
  /** A client made before from the same configuration, perhaps started already; closed with the assistant. Default: one of its own. */
  readonly model?: EmbeddingClient
  readonly wrapEmbedder?: WrapEmbedder
  /** Settings of every search that does not say otherwise. */
  readonly retrieval?: Partial<RetrievalOptions>
  /** Default: the learned weights of the package. */
  readonly sentenceWeights?: SentenceWeights
  /** Writes answers in place of the one configured. */
  readonly chatModel?: BaseChatModel
}
