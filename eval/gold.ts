// In: a gold file in JSON Lines. Out: its questions, checked.
import { z } from 'zod'

const goldSchema = z.looseObject({
  id: z.string(),
  category: z.string().default('all'),
  question: z.string(),
  history: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })).optional(),
  answerable: z.boolean().default(true),
  evidence: z.array(z.string()).default([]),
  source_docs: z.array(z.string()).default([]),
})

/** One question with what proves its answer. */
export type GoldQuestion = z.output<typeof goldSchema>

/** Reads a gold file. @throws when a line is no JSON or lacks a field */
export function goldQuestions(text: string): GoldQuestion[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => goldSchema.parse(JSON.parse(line)))
}
