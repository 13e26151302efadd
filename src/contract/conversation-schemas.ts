// In: nothing. Out: the JSON shapes of conversations and of judgements about answers; the OpenAPI document is generated from them.
import { z } from '@hono/zod-openapi'
import { canonicalText } from '../language/canonical.ts'
import { askResponseSchema, citationSchema, refusalSchema } from './schemas.ts'

/** Longest title of a conversation, in UTF-16 units. */
const MAX_TITLE_LENGTH = 200

const keptCitationSchema = citationSchema.extend({
  source: z
    .object({ state: z.enum(['changed', 'moved', 'removed']), documentId: z.string().nullable() })
    .optional()
    .openapi({
      description:
        'Only when the quotation no longer stands at its place in a document of that id: the document has been changed, has moved to another id, or is gone',
    }),
})

/** An answer as a conversation keeps it: its citations are what was quoted then, and say when their source has changed since. */
export const keptAnswerSchema = askResponseSchema
  .extend({
    citations: z.array(keptCitationSchema),
    refusal: refusalSchema.extend({ nearest: z.array(keptCitationSchema).max(3) }).nullable(),
  })
  .openapi('KeptAnswer')

export const conversationSummarySchema = z
  .object({ id: z.string(), title: z.string(), createdAt: z.string(), updatedAt: z.string() })
  .openapi('ConversationSummary', { description: 'Times are ISO 8601 in UTC' })

export const conversationBodySchema = conversationSummarySchema
  .extend({
    turns: z.array(
      z.object({
        question: z.string(),
        standaloneQuestion: z.string(),
        askedAt: z.string(),
        answer: keptAnswerSchema.nullable().openapi({ description: 'The body /ask gave; null where an older version wrote another shape' }),
      }),
    ),
  })
  .openapi('Conversation')

export const renameRequestSchema = z
  .strictObject({
    title: z
      .string({ error: 'has to be a string' })
      .transform((text) => canonicalText(text).replace(/\s+/g, ' ').trim())
      .refine((text) => text.length > 0, { error: 'is empty; give the conversation a title' })
      .refine((text) => text.length <= MAX_TITLE_LENGTH, { error: `is longer than ${MAX_TITLE_LENGTH} characters; shorten it` })
      .openapi({ type: 'string', minLength: 1, maxLength: MAX_TITLE_LENGTH, example: 'Hội nghị lần thứ 77' }),
  })
  .openapi('RenameRequest')

/** Longest note of a judgement, in UTF-16 units. */
const MAX_NOTE_LENGTH = 2000

const verdict = z.enum(['right', 'wrong-answer', 'wrong-citation', 'should-answer', 'should-refuse'])

export const feedbackRequestSchema = z
  .strictObject({
    answerId: z.string({ error: 'has to be the id of an answer' }).min(1, { error: 'is empty; send the id of an answer' }),
    verdict,
    note: z
      .string({ error: 'has to be a string' })
      .transform((text) => canonicalText(text).trim())
      .refine((text) => text.length <= MAX_NOTE_LENGTH, { error: `is longer than ${MAX_NOTE_LENGTH} characters; shorten it` })
      .optional()
      .openapi({ type: 'string', maxLength: MAX_NOTE_LENGTH }),
  })
  .openapi('FeedbackRequest')

export const feedbackSchema = z
  .object({ answerId: z.string(), verdict, note: z.string().nullable(), givenAt: z.string() })
  .openapi('Feedback', { description: 'Kept with question and answer; the latest judgement of an answer counts' })

export type KeptAnswer = z.output<typeof keptAnswerSchema>
export type ConversationBody = z.output<typeof conversationBodySchema>
