// In: measured questions. Out: a model that tells right answers from questions without an answer, and what it makes of questions it has
// not learned from. Pure and deterministic.
import { createHash } from 'node:crypto'
import { REFUSAL_FEATURE_NAMES, type RefusalFeatureName } from '../src/answering/refusal-feature-names.ts'
import { fitLogistic, type LogisticModel, logOdds } from './logistic.ts'
import type { RefusalRow } from './refusal-rows.ts'

/** Kind of questions about anything else; they are for another gate. */
export const FOREIGN = 'conferences out_of_scope'

/** Strength of the pull to 0. */
export const L2 = 0.001
const FOLDS = 5
/** How much the questions of a kind count together; those written to mislead and those about events the most. */
const KIND_WEIGHTS: readonly [RegExp, number][] = [
  [/^(?:conferences|english|news)$/, 1200],
  [/^(?:conferences|english|news) /, 600],
  [/unanswerable$/, 300],
  [/swapped$/, 200],
  [/removed$/, 100],
  [/./, 300],
]
/** Rows that the learned gate judges: answers that are right, and questions without an answer that no other gate refuses. */
export const isJudged = ({ answerable, right, gated, judged, group }: RefusalRow) =>
  judged && !gated && (right || !answerable) && group !== FOREIGN

/** What is learned from, each kind of question by its weight. */
function taught(rows: readonly RefusalRow[], used: readonly boolean[]) {
  const teaching = rows.filter(isJudged)
  const size = new Map<string, number>()
  for (const { group } of teaching) size.set(group, (size.get(group) ?? 0) + 1)
  return teaching.map(({ group, right, values }) => ({
    values: values.map((value, i) => (used[i] === true ? value : 0)),
    positive: right,
    weight: (KIND_WEIGHTS.find(([pattern]) => pattern.test(group))?.[1] ?? 0) / (size.get(group) as number),
  }))
}

/** Features that can only speak against an answer; the others can only speak for it. */
const isAgainst = (name: RefusalFeatureName) => /Not|Missing|Unbound|Contradicted/.test(name)

/**
 * A model in which no feature speaks for what it speaks against: whatever does is left out, the worst first, until none does.
 * Features that say nearly the same would else be played off against each other, which holds for no other corpus.
 */
export function fitPlausible(rows: readonly RefusalRow[], used: readonly boolean[]): LogisticModel {
  const left = [...used]
  for (;;) {
    const model = fitLogistic(taught(rows, left), L2)
    const wrong = model.weights.map(
      (weight, i) => weight * (isAgainst(REFUSAL_FEATURE_NAMES[i] as RefusalFeatureName) ? 1 : -1) * spread(rows, i),
    )
    const worst = wrong.indexOf(Math.max(...wrong))
    if ((wrong[worst] as number) <= 0) return model
    left[worst] = false
  }
}

/** Standard deviation of a feature. */
function spread(rows: readonly RefusalRow[], i: number): number {
  const values = rows.map((row) => row.values[i] as number)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** All that was made of a question lies in one fold. */
const foldOf = ({ id }: RefusalRow) =>
  (createHash('sha256')
    .update(`fold ${id.split('~')[0]?.replace(/^near-(\w+-\d+).*/, '$1')}`)
    .digest()[0] as number) % FOLDS

/** Log odds of every row by a model learned without its question. */
export function crossValidated(rows: readonly RefusalRow[], used: readonly boolean[]): number[] {
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(
      taught(
        rows.filter((row) => foldOf(row) !== fold),
        used,
      ),
      L2,
    ),
  )
  return rows.map((row) => logOdds(row.values, models[foldOf(row)] as LogisticModel))
}
