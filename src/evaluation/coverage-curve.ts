// In: results with the scores of their citations. Out: how coverage and refusals would move if answers with a low score were
// refused. Pure.
import type { QuestionResult } from './question-result.ts'

/** Where one threshold leads. Shares, 0–1. */
export interface CoveragePoint {
  /** Least score of the first citation with which a question is still answered. */
  readonly threshold: number
  /** Answerable questions that are answered. */
  readonly coverage: number
  /** Unanswerable questions that are refused. */
  readonly refusals: number
}

/** One point for every score that occurs, from answering all that is answered now to answering nothing. */
export function coverageCurve(results: readonly QuestionResult[]): CoveragePoint[] {
  const answerable = results.filter((result) => result.answerable)
  const unanswerable = results.filter((result) => !result.answerable)
  const answered = (some: readonly QuestionResult[], threshold: number) =>
    some.filter(({ refused, confidence }) => !refused && (confidence ?? 0) >= threshold).length
  const scores = results.flatMap(({ refused, confidence }) => (refused || confidence === null ? [] : [confidence]))
  const thresholds = [0, ...new Set(scores.sort((a, b) => a - b)), Number.POSITIVE_INFINITY]
  return thresholds.map((threshold) => ({
    threshold,
    coverage: answered(answerable, threshold) / Math.max(1, answerable.length),
    refusals: unanswerable.length === 0 ? 1 : 1 - answered(unanswerable, threshold) / unanswerable.length,
  }))
}
