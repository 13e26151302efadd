// In: nothing (shapes). Out: what is known of one question after it was asked, in memory and as a line of a run's journal.
import { z } from 'zod'
import { METRIC_NAMES, type MetricName } from './metric-table.ts'
import { QUESTION_FORM_NAMES } from './question-forms.ts'

const values = z.partialRecord(z.enum(METRIC_NAMES as readonly [MetricName, ...MetricName[]]), z.number().nullable())

/** The shape of a journal line. */
export const questionResultSchema = z.object({
  id: z.string(),
  form: z.enum(QUESTION_FORM_NAMES),
  category: z.string(),
  /** Fingerprint of the gold question. */
  gold: z.string(),
  /** As it was asked, in its form. */
  question: z.string(),
  answerable: z.boolean(),
  /** What the answer has to hold, in words. */
  expected: z.string(),
  passed: z.boolean(),
  why: z.array(z.string()),
  refused: z.boolean(),
  answer: z.string(),
  /** The first citation. */
  proof: z.object({ quote: z.string(), documentId: z.string(), conference: z.string() }).nullable(),
  /** Score of the first citation, 0–1; null without one. */
  confidence: z.number().nullable(),
  citations: z.int(),
  exactCitations: z.int(),
  /** 1-based rank of the first proving passage; null when not among those returned, or when nothing proves. */
  rank: z.int().nullable(),
  values,
  /** Milliseconds. */
  timings: z.object({ embed: z.number(), retrieve: z.number(), answer: z.number(), total: z.number() }),
  /** What was thrown instead of an answer. */
  error: z.string().nullable(),
})

/** One question in one form, asked and scored. */
export type QuestionResult = Readonly<z.output<typeof questionResultSchema>>
