// In: JSON from disk. Out: a conversation, checked. What an answer looks like is not known here: it is kept as it came.
import { z } from 'zod'

const turnSchema = z.object({
  question: z.string(),
  standaloneQuestion: z.string(),
  askedAt: z.iso.datetime(),
  /** Body of the answer, JSON of the contract. */
  answer: z.unknown(),
})

/** The shape of a conversation's file. */
export const conversationSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  turns: z.array(turnSchema),
})

/** A conversation with its turns, oldest first. */
export type Conversation = Readonly<z.output<typeof conversationSchema>>

/** One question of a conversation and what was answered. */
export type ConversationTurn = Readonly<z.output<typeof turnSchema>>

/** Longest title made of a question, in UTF-16 units. */
const TITLE_LENGTH = 80

/** The first question, shortened at a space where it is long. */
export function titleOf(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim()
  if (line.length <= TITLE_LENGTH) return line
  const cut = line.slice(0, TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${space > TITLE_LENGTH / 2 ? cut.slice(0, space) : cut}…`
}
