// In: a question and the questions the user asked before it. Out: the question as it would be asked by someone who had asked
// nothing before. Pure and deterministic; reads user turns only, so that nothing in an answer can steer what is searched.
import { canonicalText } from '../language/canonical.ts'
import { type ConversationContext, contextOf } from './conversation-context.ts'
import { asksAgain, completed } from './ellipsis.ts'
import { inOneSpelling } from './placement.ts'
import { type CarriedSlot, resolveReferences } from './references.ts'
import { readTurn } from './turn.ts'

/** A question that needs no conversation to be understood. */
export interface StandaloneQuestion {
  /** The question itself, unit for unit, when it already stood alone. */
  readonly text: string
  /** What was taken over from earlier questions; empty when nothing was. */
  readonly carried: readonly CarriedSlot[]
}

/** Earlier questions that are looked at; older ones are forgotten. */
const REMEMBERED_TURNS = 25

/** Longest question that is taken for a follow-up, in UTF-16 units: what is longer says itself what it is about. */
const MAX_FOLLOW_UP_LENGTH = 300

/**
 * Makes a follow-up stand alone. What it leaves out or points at is filled in from earlier user turns: event, time, person,
 * topic; what it names anew takes the old one's place.
 * @param earlierUserTurns questions of the user as typed, oldest first; never answers
 */
export function standaloneQuestion(question: string, earlierUserTurns: readonly string[]): StandaloneQuestion {
  const standalone: string[] = []
  for (const turn of earlierUserTurns.slice(-REMEMBERED_TURNS)) {
    const text = canonicalText(turn).trim()
    if (text !== '') standalone.push(resolved(text, standalone).text)
  }
  return resolved(question, standalone)
}

function resolved(question: string, earlier: readonly string[]): StandaloneQuestion {
  const unchanged = { text: question, carried: [] }
  if (earlier.length === 0 || question.length > MAX_FOLLOW_UP_LENGTH) return unchanged
  const context: ConversationContext = contextOf(earlier)
  const turn = readTurn(canonicalText(question).trim())
  const { text, carried } = asksAgain(turn.rest) ? { text: turn.rest, carried: [] } : resolveReferences(turn.rest, context)
  const whole = completed({ ...turn, rest: text }, context, carried)
  if (whole === undefined) return unchanged
  return { text: inOneSpelling(whole.text, [question, context.question]), carried: whole.carried }
}
