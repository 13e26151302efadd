// What the package is for programs that import it: an assistant of their own and a retriever for their chains.
// In: options in place of flags and environment, which are not read here. Out: the same assembly that server and CLI use.
import { resolve } from 'node:path'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { type Assistant, createAssistant as createConfiguredAssistant } from './assistant.ts'
import type { AssistantEvents } from './assistant-options.ts'
import { loadConfig } from './config.ts'
import { ThukyError } from './errors.ts'

export type { Answer, Citation, Refusal, RefusalReason, Writing } from './answering/answer.ts'
export type { AskRequest, AskResult } from './ask-request.ts'
export type { Assistant } from './assistant.ts'
export { placeAt } from './corpus/document-places.ts'
export type { DocumentMetadata, Place, SourceDocument } from './corpus/source-document.ts'
export { ThukyError } from './errors.ts'
export { HnswVectorStore } from './indexing/hnsw-vector-store.ts'
export type { RetrievalFilters } from './retrieval/retrieval-filters.ts'
export type { RetrievedPassage } from './retrieval/retriever.ts'
export { type ThukyMetadata, ThukyRetriever, type ThukyRetrieverOptions } from './thuky-retriever.ts'

/** What an assistant is made with. */
export interface AssistantOptions extends AssistantEvents {
  /** Folder of documents. Default: `corpus` in the working directory, else the one that comes with the package. */
  readonly corpusDir?: string
  /** Folder of the index, made when it is missing. Default: `index` beside the corpus folder. */
  readonly indexDir?: string
  /** PostgreSQL with pgvector to keep the corpus in, postgres://user:password@host/name. Default: files of the index folder. */
  readonly databaseUrl?: string
  /** Folder of a transformers.js embedding model. Default: the bundled one. */
  readonly model?: string
  /** How readily a question is refused, 0–1. Default 0.5. */
  readonly strictness?: number
  /** Writes the answers, held against their sources; any chat model of LangChain. Default none: quotations. */
  readonly chatModel?: BaseChatModel
}

/**
 * Makes an assistant. Nothing is loaded before the first question, or `open()`. It runs its model in a process of its own: call
 * `close()` when you are done, or your program will not end.
 * @throws ThukyError `configuration` for a strictness out of range or a bad address, `model` when the model folder is missing
 */
export function createAssistant(options: AssistantOptions = {}): Assistant {
  const { corpusDir, indexDir, databaseUrl, model, strictness = 0.5, chatModel, ...events } = options
  if (!(strictness >= 0 && strictness <= 1)) {
    throw new ThukyError('configuration', `strictness is ${strictness}, but has to be a number from 0 to 1; change or leave it out.`)
  }
  const store = databaseUrl === undefined ? {} : { THUKY_STORE: 'pgvector', DATABASE_URL: databaseUrl }
  const config = loadConfig({ corpus: corpusDir, index: indexDir }, store)
  const settings = { ...config, strictness, ...(model === undefined ? {} : { model: resolve(model) }) }
  return createConfiguredAssistant(settings, events, chatModel === undefined ? {} : { chatModel })
}
