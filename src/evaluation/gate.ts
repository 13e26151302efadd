// In: results and the baseline of earlier ones. Out: what has changed, and what must not have. Pure.
//
// A quotation that is not exact, an error and gold that does not fit its documents always fail. A figure fails when it has fallen and
// chance alone gives such a difference in less than one of twenty comparisons: over all forms together (a question is one unit),
// and in each form alone with the limit divided by their number. Questions edited since the baseline are compared with nothing,
// but one that used to pass must not begin to fail by being edited.
import type { Baseline } from './baseline.ts'
import { keptValue } from './baseline.ts'
import type { GoldFault } from './gold-faults.ts'
import { METRIC_NAMES, type MetricName } from './metric-table.ts'
import type { QuestionForm } from './question-forms.ts'
import type { QuestionResult } from './question-result.ts'
import { averageOf } from './ranking-metrics.ts'
import { randomisationTest } from './significance.ts'

/** Chance at which a fall is no chance. */
const SIGNIFICANCE = 0.05

/** How a figure moved on the questions that both runs have. */
export interface FigureChange {
  readonly metric: MetricName
  /** `all` forms together, or one. */
  readonly form: QuestionForm | 'all'
  readonly before: number
  readonly now: number
  readonly questions: number
  readonly p: number
  /** Whether the gate fails because of it. */
  readonly fails: boolean
}

/** A question that passes now and did not, or the other way round. */
export interface Flip {
  readonly now: QuestionResult
  /** What was answered to the question as it was written. */
  readonly answerBefore: string
}

/** A reason to fail. */
export interface GateFailure {
  /** A figure, `gold` or `errors`. */
  readonly metric: string
  readonly message: string
}

/** What the gate says. */
export interface GateReport {
  readonly failures: readonly GateFailure[]
  /** Only figures that moved. */
  readonly changes: readonly FigureChange[]
  readonly flips: readonly Flip[]
  /** Ids of questions. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly edited: readonly string[]
}

/** Compares results with a baseline; without one only what must always hold is checked. */
export function gateReport(results: readonly QuestionResult[], baseline: Baseline | undefined, faults: readonly GoldFault[]): GateReport {
  const always = [...goldFailures(faults), ...quoteFailures(results), ...errorFailures(results)]
  if (baseline === undefined) return { failures: always, changes: [], flips: [], added: [], removed: [], edited: [] }
  const { questions } = baseline
  const ids = new Set(results.map(({ id }) => id))
  const edited = new Set(results.filter(({ id, gold }) => questions[id] !== undefined && questions[id]?.gold !== gold).map(({ id }) => id))
  const comparable = results.filter(({ id, form }) => !edited.has(id) && questions[id]?.values[form] !== undefined)
  const changes = figureChanges(comparable, baseline)
  return {
    failures: [...always, ...editedFailures(results, edited, baseline), ...figureFailures(changes)],
    changes,
    flips: flips(comparable, baseline),
    added: [...ids].filter((id) => questions[id] === undefined),
    removed: Object.keys(questions).filter((id) => !ids.has(id)),
    edited: [...edited],
  }
}

function valueBefore({ questions, metrics }: Baseline, { id, form }: QuestionResult, metric: MetricName): number | null {
  return questions[id]?.values[form]?.[metrics.indexOf(metric)] ?? null
}

function figureChanges(results: readonly QuestionResult[], baseline: Baseline): FigureChange[] {
  const forms = [...new Set(results.map(({ form }) => form))]
  const scopes: { form: FigureChange['form']; own: readonly QuestionResult[]; limit: number }[] = forms.map((form) => ({
    form,
    own: results.filter((result) => result.form === form),
    limit: SIGNIFICANCE / forms.length,
  }))
  if (forms.length > 1) scopes.unshift({ form: 'all', own: results, limit: SIGNIFICANCE })
  return scopes.flatMap(({ form, own, limit }) =>
    METRIC_NAMES.flatMap((metric) =>
      figureChange(metric, own, baseline).map((change) => ({ ...change, form, fails: falls(change, limit) })),
    ),
  )
}

const falls = ({ before, now, p }: Pick<FigureChange, 'before' | 'now' | 'p'>, limit: number) => now < before && p < limit

/** Where a figure applied to a question before and does not now (a refusal has no citations), it is left out of the comparison. */
function figureChange(metric: MetricName, results: readonly QuestionResult[], baseline: Baseline): Omit<FigureChange, 'form' | 'fails'>[] {
  const pairs = new Map<string, { before: number[]; now: number[] }>()
  for (const result of results) {
    const [before, now] = [valueBefore(baseline, result, metric), keptValue(result.values[metric])]
    if (before === null || now === null) continue
    const pair = pairs.get(result.id) ?? { before: [], now: [] }
    pair.before.push(before)
    pair.now.push(now)
    pairs.set(result.id, pair)
  }
  const before = [...pairs.values()].map((pair) => averageOf(pair.before))
  const now = [...pairs.values()].map((pair) => averageOf(pair.now))
  if (before.every((value, i) => value === now[i])) return []
  return [{ metric, before: averageOf(before), now: averageOf(now), questions: before.length, p: randomisationTest(before, now).p }]
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`

/** One failure a figure: where it fell in all forms together, the single forms are not told. */
function figureFailures(changes: readonly FigureChange[]): GateFailure[] {
  const told = new Set<MetricName>()
  const failures: GateFailure[] = []
  for (const { metric, form, before, now, questions, p, fails } of changes) {
    if (!fails || told.has(metric)) continue
    if (form === 'all') told.add(metric)
    const where = form === 'all' ? 'all forms' : form
    failures.push({
      metric,
      message: `fell from ${percent(before)} to ${percent(now)} (${where}, ${questions} questions, p = ${p.toFixed(4)})`,
    })
  }
  return failures
}

function flips(results: readonly QuestionResult[], baseline: Baseline): Flip[] {
  return results
    .filter((result) => valueBefore(baseline, result, 'passed') !== (result.passed ? 1 : 0))
    .map((now) => ({ now, answerBefore: baseline.questions[now.id]?.answer ?? '' }))
}

function editedFailures(results: readonly QuestionResult[], edited: ReadonlySet<string>, baseline: Baseline): GateFailure[] {
  return results
    .filter((result) => edited.has(result.id) && !result.passed && valueBefore(baseline, result, 'passed') === 1)
    .map(({ id, form, why }) => ({
      metric: 'passed',
      message: `${id} (${form}) passed before its gold was edited: ${why.join('; ')}`,
    }))
}

function quoteFailures(results: readonly QuestionResult[]): GateFailure[] {
  const wrong = results.filter(({ citations, exactCitations }) => exactCitations < citations)
  if (wrong.length === 0) return []
  const quotes = wrong.reduce((sum, { citations, exactCitations }) => sum + citations - exactCitations, 0)
  return [{ metric: 'exactQuotes', message: `${quotes} quotations are not the text at their place (${named(wrong)})` }]
}

function errorFailures(results: readonly QuestionResult[]): GateFailure[] {
  const broken = results.filter(({ error }) => error !== null)
  return broken.length === 0 ? [] : [{ metric: 'errors', message: `${named(broken)}: ${broken[0]?.error}` }]
}

function goldFailures(faults: readonly GoldFault[]): GateFailure[] {
  return faults.map(({ id, rule, message }) => ({ metric: 'gold', message: `${id} (${rule}): ${message}` }))
}

/** The first few questions, and how many more. */
function named(results: readonly QuestionResult[]): string {
  const names = [...new Set(results.map(({ id }) => id))]
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
