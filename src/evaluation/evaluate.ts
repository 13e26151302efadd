// In: a system, gold questions, forms. Out: a scored result for every question in every form, in that order. Asks each text once;
// what a journal already holds is not asked again.
import { messageOf } from '../errors.ts'
import type { EvaluatedQuestion, EvaluatedSystem } from './evaluated-system.ts'
import { type GoldQuestion, goldFingerprint } from './gold-question.ts'
import { METRIC_NAMES, type MetricValues } from './metric-table.ts'
import { QUESTION_FORMS, type QuestionForm } from './question-forms.ts'
import type { QuestionResult } from './question-result.ts'
import { questionScore } from './question-score.ts'

/** Where results are written as they come, and from where a broken-off run goes on. */
export interface ResultJournal {
  find(id: string, form: QuestionForm): QuestionResult | undefined
  add(result: QuestionResult): void
}

/** What is to be evaluated. */
export interface EvaluationOptions {
  readonly golds: readonly GoldQuestion[]
  readonly forms: readonly QuestionForm[]
  /** Questions asked at a time in every form but the first, which is asked one by one so that its times mean something. Default 2. */
  readonly parallel?: number
  readonly journal?: ResultJournal
  readonly onProgress?: (done: number, total: number) => void
}

/** Asks and scores. */
export async function evaluate(system: EvaluatedSystem, options: EvaluationOptions): Promise<QuestionResult[]> {
  const { golds, forms, parallel = 2, journal, onProgress } = options
  const total = golds.length * forms.length
  const results: QuestionResult[] = []
  const asked = new Map<string, QuestionResult>()
  let done = 0
  for (const [at, form] of forms.entries()) {
    const ofForm = await inParallel(golds, at === 0 ? 1 : parallel, async (gold) => {
      const question = inForm(gold, form)
      const said = JSON.stringify([gold.id, question])
      const same = asked.get(said)
      const result =
        journal?.find(gold.id, form) ?? (same === undefined ? await askedOnce(system, gold, form, question) : { ...same, form })
      asked.set(said, result)
      journal?.add(result)
      onProgress?.(++done, total)
      return result
    })
    results.push(...ofForm)
  }
  return results
}

/** Runs work on all items, some at a time; results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const entries = items.entries()
  const worker = async () => {
    for (const [i, item] of entries) results[i] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker))
  return results
}

/** Only what the user says is changed. */
function inForm({ question, history }: GoldQuestion, form: QuestionForm): EvaluatedQuestion {
  const change = QUESTION_FORMS[form]
  return {
    question: change(question),
    history: history.map((turn) => (turn.role === 'user' ? { ...turn, content: change(turn.content) } : turn)),
  }
}

async function askedOnce(
  system: EvaluatedSystem,
  gold: GoldQuestion,
  form: QuestionForm,
  question: EvaluatedQuestion,
): Promise<QuestionResult> {
  const common = {
    id: gold.id,
    form,
    category: gold.category,
    gold: goldFingerprint(gold),
    question: question.question,
    answerable: gold.answerable,
    expected: expectedWords(gold),
  }
  try {
    const body = await system.ask(question)
    const { verdict, ranking, values } = questionScore(gold, body, system.corpus)
    const first = body.citations[0]
    return {
      ...common,
      passed: verdict.passed,
      why: [...verdict.why],
      refused: !body.answerable,
      answer: body.answer,
      proof: first === undefined ? null : { quote: first.quote, documentId: first.document.id, conference: first.conference.name },
      confidence: first?.score ?? null,
      citations: body.citations.length,
      exactCitations: verdict.exact.length,
      rank: ranking.ranks[0] ?? null,
      values,
      timings: body.timingsMs,
      error: null,
    }
  } catch (error) {
    const nothing = {
      passed: false,
      refused: false,
      answer: '',
      proof: null,
      confidence: null,
      citations: 0,
      exactCitations: 0,
      rank: null,
    }
    const timings = { embed: 0, retrieve: 0, answer: 0, total: 0 }
    const message = messageOf(error)
    return { ...common, ...nothing, why: [message], values: failedValues(gold.answerable), timings, error: message }
  }
}

/** A question that broke counts as a wrong answer. */
function failedValues(answerable: boolean): MetricValues {
  const empty = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Record<keyof MetricValues, null>
  return { ...empty, passed: 0, answers: answerable ? 0 : null, refusals: answerable ? null : 0, abstention: -1 }
}

function expectedWords({ answerable, reason, must_include, answers }: GoldQuestion): string {
  if (!answerable) return `refusal${reason === undefined ? '' : ` (${reason})`}`
  const needs = must_include.length > 0 ? must_include.map((need) => [need].flat()) : [answers]
  return needs.map((ways) => ways.join(' | ')).join(' · ')
}
