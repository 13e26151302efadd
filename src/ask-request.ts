// What is asked of the product, who hears of it while it works, and what comes of it.
import type { Answer, AnswerListener } from './answering/answer.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import type { RetrievalFilters } from './retrieval/retrieval-filters.ts'
import type { RetrievalOptions, RetrievalResult } from './retrieval/retriever.ts'

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
  /** Is told what is found and what is written, while it is. Default nobody. */
  readonly listener?: AskListener
}

/** Hears of an answer before it is whole. Without a chat model the answer comes in one piece and only its passages are told. */
export interface AskListener extends AnswerListener {
  onFound(found: Pick<AskResult, 'id' | 'retrieval' | 'passages' | 'index'>): void
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
