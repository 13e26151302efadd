// In: results of questions. Out: their figures with 95 % intervals, and plain counts. Questions are the unit: several forms of one
// question count as one, with the mean of its values. Pure.
import { METRIC_NAMES, type MetricName } from './metric-table.ts'
import type { QuestionResult } from './question-result.ts'
import { averageOf } from './ranking-metrics.ts'
import { bootstrapInterval } from './significance.ts'

/** A figure over some questions. */
export interface Figure {
  readonly value: number
  /** Questions it applies to. */
  readonly questions: number
  /** Ends of the 95 % interval. */
  readonly low: number
  readonly high: number
}

/** Plain counts, as eval/score.mjs gives them. */
export interface Counts {
  readonly asked: number
  readonly answerable: number
  readonly answerablePassed: number
  readonly falseRefusals: number
  readonly unanswerable: number
  readonly refusalPassed: number
  readonly citations: number
  readonly exactCitations: number
  readonly errors: number
}

/** Figures and counts of some results. Figures that apply to no question are left out. */
export interface FigureSet {
  readonly counts: Counts
  readonly figures: Readonly<Partial<Record<MetricName, Figure>>>
}

/** Figures of results. */
export function figureSet(results: readonly QuestionResult[]): FigureSet {
  const figures: Partial<Record<MetricName, Figure>> = {}
  for (const name of METRIC_NAMES) {
    const values = [...valuesByQuestion(results, name).values()]
    if (values.length > 0) figures[name] = { value: averageOf(values), questions: values.length, ...bootstrapInterval(values) }
  }
  return { counts: counts(results), figures }
}

/** Value of every question a figure applies to: the mean over its forms. */
export function valuesByQuestion(results: readonly QuestionResult[], name: MetricName): Map<string, number> {
  const byId = new Map<string, number[]>()
  for (const { id, values } of results) {
    const value = values[name]
    if (value === null || value === undefined) continue
    const known = byId.get(id)
    if (known === undefined) byId.set(id, [value])
    else known.push(value)
  }
  return new Map([...byId].map(([id, all]) => [id, averageOf(all)]))
}

function counts(results: readonly QuestionResult[]): Counts {
  const count = (isCounted: (result: QuestionResult) => boolean) => results.filter(isCounted).length
  const sum = (numberOf: (result: QuestionResult) => number) => results.reduce((total, result) => total + numberOf(result), 0)
  return {
    asked: results.length,
    answerable: count(({ answerable }) => answerable),
    answerablePassed: count(({ answerable, passed }) => answerable && passed),
    falseRefusals: count(({ answerable, refused }) => answerable && refused),
    unanswerable: count(({ answerable }) => !answerable),
    refusalPassed: count(({ answerable, passed }) => !answerable && passed),
    citations: sum(({ citations }) => citations),
    exactCitations: sum(({ exactCitations }) => exactCitations),
    errors: count(({ error }) => error !== null),
  }
}
