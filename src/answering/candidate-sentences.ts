// In: retrieved passages, the question, and weights. Out: the sentences of the passages, likeliest answer first.
import type { RetrievalResult } from '../retrieval/retriever.ts'
import { weightedSums } from './feature-rows.ts'
import type { QuestionMatches } from './question-matches.ts'
import type { CloserReading } from './reading-features.ts'
import { type MeasuredSentence, measuredSentences, type SentenceMeasures } from './sentence-features.ts'
import type { SentenceWeights } from './sentence-weights.ts'

/** A sentence that may be the answer. */
export interface CandidateSentence extends MeasuredSentence {
  /** Probability that it is the sentence to show, of all candidates of the question, in (0, 1]; together they make 1. */
  readonly score: number
  /** What the reader says of it, where there is one and it has read the sentence. */
  readonly reading?: CloserReading | undefined
}

/**
 * Sentences of the retrieved passages, best first; equal ones in the order of passages and text.
 * @param matches what has been made ready for the question; default nothing
 */
export function candidateSentences(
  result: RetrievalResult,
  measures: SentenceMeasures,
  weights: SentenceWeights,
  matches?: QuestionMatches,
): CandidateSentence[] {
  const { sentences, block } = measuredSentences(result, measures, matches)
  const sums = weightedSums(block, weights)
  const highest = Math.max(...sums)
  const odds = sums.map((sum) => Math.exp(sum - highest))
  const total = odds.reduce((sum, value) => sum + value, 0)
  return sentences
    .map(({ start, end, retrieved, text, features }, i) => ({ start, end, retrieved, text, features, score: (odds[i] as number) / total }))
    .sort((a, b) => b.score - a.score)
}
