// In: what came out of a run, and the baseline. Out: everything a report shows, as one value. Pure; printing is done elsewhere.
import type { Baseline } from './baseline.ts'
import { type FigureSet, figureSet } from './figures.ts'
import { type GateReport, gateReport } from './gate.ts'
import type { MetricName } from './metric-table.ts'
import type { QuestionForm } from './question-forms.ts'
import type { QuestionResult } from './question-result.ts'
import type { EvaluationRun, VariantRun } from './run-evaluation.ts'
import { mcNemar, type PairedTest } from './significance.ts'

/** Figures of one variant. */
export interface VariantReport extends Omit<VariantRun, 'results'> {
  /** All forms together. */
  readonly all: FigureSet
  readonly byForm: Readonly<Partial<Record<QuestionForm, FigureSet>>>
  /** By kind of question, all forms together. */
  readonly byKind: Readonly<Record<string, FigureSet>>
  /** Share of questions that pass, by kind and form. */
  readonly passedByKindAndForm: readonly {
    readonly kind: string
    readonly form: QuestionForm
    readonly value: number
    readonly asked: number
  }[]
  /** Against the first variant, on questions as written: who passes where the other does not. */
  readonly againstFirst: PairedTest | null
}

/** Everything a report shows. */
export interface EvaluationReport {
  readonly version: 1
  readonly createdAt: string
  readonly product: string
  /** Names of the gold files. */
  readonly gold: readonly string[]
  readonly forms: readonly QuestionForm[]
  readonly variants: readonly VariantReport[]
  readonly gate: GateReport
  /** Coverage and refusals at other settings of THUKY_STRICTNESS. */
  readonly strictness: readonly {
    readonly strictness: number
    readonly coverage: number
    readonly refusals: number
    readonly answers: number
  }[]
  /** Results of the first variant. */
  readonly results: readonly QuestionResult[]
}

/** Facts that the run itself does not hold. */
export interface ReportContext {
  readonly product: string
  readonly gold: readonly string[]
  readonly forms: readonly QuestionForm[]
  readonly baseline: Baseline | undefined
  readonly now: Date
}

/** Makes the report. */
export function evaluationReport({ runs, strictness, faults }: EvaluationRun, context: ReportContext): EvaluationReport {
  const { product, gold, forms, baseline, now } = context
  const results = runs[0]?.results ?? []
  const value = (set: FigureSet, name: MetricName) => set.figures[name]?.value ?? 0
  return {
    version: 1,
    createdAt: now.toISOString(),
    product,
    gold,
    forms,
    variants: runs.map((run, i) => variantReport(run, i === 0 ? undefined : results)),
    gate: gateReport(results, baseline, faults),
    strictness: strictness.map((run) => {
      const set = figureSet(run.results)
      return {
        strictness: run.strictness,
        coverage: value(set, 'coverage'),
        refusals: value(set, 'refusals'),
        answers: value(set, 'answers'),
      }
    }),
    results,
  }
}

function variantReport({ results, ...run }: VariantRun, first: readonly QuestionResult[] | undefined): VariantReport {
  const forms = [...new Set(results.map(({ form }) => form))]
  const kinds = [...new Set(results.map(({ category }) => category))].sort()
  const of = (form: QuestionForm) => results.filter((result) => result.form === form)
  return {
    ...run,
    all: figureSet(results),
    byForm: Object.fromEntries(forms.map((form) => [form, figureSet(of(form))])),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, figureSet(results.filter(({ category }) => category === kind))])),
    passedByKindAndForm: kinds.flatMap((kind) =>
      forms.map((form) => {
        const own = of(form).filter(({ category }) => category === kind)
        return { kind, form, value: own.filter(({ passed }) => passed).length / Math.max(1, own.length), asked: own.length }
      }),
    ),
    againstFirst: first === undefined ? null : pairedWith(first, results),
  }
}

function pairedWith(first: readonly QuestionResult[], results: readonly QuestionResult[]): PairedTest {
  const form = results[0]?.form
  const passed = new Map(results.filter((result) => result.form === form).map((result) => [result.id, result.passed]))
  const pairs = first.filter((result) => result.form === form && passed.has(result.id))
  return mcNemar(
    pairs.map((result) => result.passed),
    pairs.map(({ id }) => passed.get(id) === true),
  )
}
