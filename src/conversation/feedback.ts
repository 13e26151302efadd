// In: JSON from disk. Out: one judgement of a person about an answer, checked. The answer itself is kept as it came.
import { z } from 'zod'

const verdict = z.enum(['right', 'wrong-answer', 'wrong-citation', 'should-answer', 'should-refuse'])

const answeredQuestionSchema = z.object({
  question: z.string(),
  standaloneQuestion: z.string(),
  history: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
  /** Body of the answer, JSON of the contract. */
  answer: z.unknown(),
})

/** The shape of a line of the feedback file. */
export const feedbackSchema = z.object({
  answerId: z.string(),
  verdict,
  note: z.string().nullable(),
  givenAt: z.iso.datetime(),
  turn: answeredQuestionSchema,
})

/** A question, what was answered, and what had been said before. */
export type AnsweredQuestion = Readonly<z.output<typeof answeredQuestionSchema>>

/** A judgement with the answer it is about. */
export type Feedback = Readonly<z.output<typeof feedbackSchema>>
