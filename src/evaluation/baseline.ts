// In: results, or the text of a baseline file. Out: the other of both. A baseline is what later runs are compared with: the values
// of every question in every form, and what was answered to the question as it was written.
import { z } from 'zod'
import { ThukyError } from '../errors.ts'
import { METRIC_NAMES } from './metric-table.ts'
import type { QuestionResult } from './question-result.ts'

const baselineSchema = z.object({
  about: z.string(),
  version: z.literal(1),
  /** Names of the values of every question, in their order. */
  metrics: z.array(z.string()),
  questions: z.record(
    z.string(),
    z.object({
      /** Fingerprint of the gold question. */
      gold: z.string(),
      /** Answer to the question as it was written. */
      answer: z.string(),
      /** Values by form; null where a figure does not apply. */
      values: z.record(z.string(), z.array(z.number().nullable())),
    }),
  ),
})

/** What later runs are compared with. */
export type Baseline = Readonly<z.output<typeof baselineSchema>>

const ABOUT = 'What `thuky eval` compares a run with. Written by `npm run eval -- --update-baseline`; never edited by hand.'
const DIGITS = 4

/** A value as a baseline keeps it. */
export function keptValue(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(DIGITS))
}

/** A baseline of results. */
export function baselineOf(results: readonly QuestionResult[]): Baseline {
  const questions: Record<string, Baseline['questions'][string]> = {}
  for (const { id, form, gold, answer, values } of results) {
    questions[id] ??= { gold, answer, values: {} }
    questions[id].values[form] = METRIC_NAMES.map((name) => keptValue(values[name]))
  }
  return { about: ABOUT, version: 1, metrics: [...METRIC_NAMES], questions }
}

/** The text of a baseline file: one line a question, so that changes can be read. */
export function baselineText({ questions, ...head }: Baseline): string {
  const lines = Object.entries(questions).map(([id, question]) => `    ${JSON.stringify(id)}: ${JSON.stringify(question)}`)
  return `${JSON.stringify(head).slice(0, -1)},\n  "questions": {\n${lines.join(',\n')}\n  }\n}\n`
}

/** Reads a baseline file. @throws ThukyError `configuration` when it is damaged */
export function parseBaseline(text: string, name: string): Baseline {
  try {
    return baselineSchema.parse(JSON.parse(text))
  } catch {
    throw new ThukyError('configuration', `${name} is no baseline of this version; write it again with --update-baseline.`, { name })
  }
}
