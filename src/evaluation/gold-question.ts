// In: the text of a gold file in JSON Lines. Out: its questions, checked by shape. The same shape is published as
// `eval/gold/schema.json`; whether the questions fit their documents is checked in gold-faults.ts.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ThukyError } from '../errors.ts'

/** Version of the shape; it changes when a line written before could mean something else. */
export const GOLD_SCHEMA_VERSION = 1

const words = z.string().min(1)

/** The shape of a line. Fields it does not know are kept for people. */
export const goldQuestionSchema = z
  .looseObject({
    id: words.describe('Unique in all files that are evaluated together; its SHA-256 decides the split'),
    category: words.default('all').describe('Kind of the question, for tables; list and comparison may be answered at greater length'),
    question: words.describe('As a person would type it'),
    history: z
      .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() }))
      .default([])
      .describe('Turns before the question, oldest first'),
    answerable: z.boolean().default(true).describe('Whether the documents answer it'),
    reason: words.optional().describe('Reason of the refusal that is due, for a question that is not answerable'),
    must_include: z
      .array(z.union([words, z.array(words).min(1)]))
      .default([])
      .describe('What the answer has to hold, in whole words; a list is one of several ways to say it'),
    must_not_include: z.array(words).default([]).describe('What the answer must not hold'),
    evidence: z.array(words).default([]).describe('Sentences or paragraphs that prove the answer, word for word as in a document'),
    source_docs: z.array(words).default([]).describe('Ids of the documents to be cited; a comparison needs all of them'),
    answers: z.array(words).default([]).describe('Instead of must_include: short answers, one of which the first quotation has to hold'),
    passage_ids: z.array(words).default([]).describe('Instead of evidence: ids of documents that answer the question as a whole'),
  })
  .describe('A question with what its answer must hold and what proves it')

/** One question with what its answer must hold and what proves it. */
export type GoldQuestion = Readonly<z.output<typeof goldQuestionSchema>>

/** The published JSON Schema of a line. */
export function goldJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(goldQuestionSchema, { io: 'input' })
  return { $schema, title: `Gold question, version ${GOLD_SCHEMA_VERSION}`, ...schema }
}

/**
 * Reads a gold file.
 * @param name of the file, for messages
 * @throws ThukyError `usage` naming the line that is no JSON or not of the shape
 */
export function goldQuestions(text: string, name = 'gold'): GoldQuestion[] {
  const questions: GoldQuestion[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = goldQuestionSchema.safeParse(parsedJson(line))
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue
      const field = path.length === 0 ? 'the line' : path.join('.')
      throw new ThukyError('usage', `${name}, line ${i + 1}: ${field} is not as it should be (${message}); correct the line.`, {
        line: i + 1,
      })
    }
    questions.push(parsed.data)
  }
  return questions
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Eight hexadecimal digits that change when what counts of a question changes. */
export function goldFingerprint(gold: GoldQuestion): string {
  const { id, category, question, history, answerable, must_include, must_not_include, evidence, source_docs, answers, passage_ids } = gold
  const counted = [id, category, question, history, answerable, must_include, must_not_include, evidence, source_docs, answers, passage_ids]
  return createHash('sha256').update(JSON.stringify(counted)).digest('hex').slice(0, 8)
}
