// In: a question and the questions the user asked before it. Out: the question as it would be asked by someone who had asked
// nothing before. Pure and deterministic; reads user turns only, so that nothing in an answer can steer what is searched.
import { canonicalText } from '../language/canonical.ts'
import { foldAligned } from '../language/folding.ts'
import { withoutCourtesy } from '../language/question-frames.ts'
import { calmed } from '../language/shouting.ts'
import { asksAgain } from './again.ts'
import { type ConversationContext, contextOf, type Description } from './conversation-context.ts'
import { completed, type KnowsWords } from './ellipsis.ts'
import { inOneSpelling } from './placement.ts'
import { type CarriedSlot, resolveReferences } from './references.ts'
import { readTurn } from './turn.ts'

/** A question that needs no conversation to be understood. */
export interface StandaloneQuestion {
  /** The question itself, unit for unit, when it already stood alone. */
  readonly text: string
  /** What was taken over from earlier questions; empty when nothing was. */
  readonly carried: readonly CarriedSlot[]
  /** Words of `text` that stand for the answer to an earlier question, earliest first. */
  readonly described: readonly Description[]
}

/** Earlier questions that are looked at; older ones are forgotten. */
const REMEMBERED_TURNS = 25

/** Longest question that is taken for a follow-up, in UTF-16 units: what is longer says itself what it is about. */
const MAX_FOLLOW_UP_LENGTH = 300

/**
 * Makes a follow-up stand alone. What it leaves out or points at is filled in from earlier user turns: event, time, person,
 * topic; what it names anew takes the old one's place.
 * @param earlierUserTurns questions of the user as typed, oldest first; never answers
 * @param isKnown whether the documents speak of some words; what they never speak of begins another topic. Default: of all
 */
export function standaloneQuestion(
  question: string,
  earlierUserTurns: readonly string[],
  isKnown: KnowsWords = () => true,
): StandaloneQuestion {
  const standalone: StandaloneQuestion[] = []
  for (const turn of earlierUserTurns.slice(-REMEMBERED_TURNS)) {
    const text = withoutCourtesy(calmed(canonicalText(turn).trim()))
    if (text !== '') standalone.push(resolved(text, standalone, isKnown))
  }
  return resolved(question, standalone, isKnown)
}

function resolved(question: string, earlier: readonly StandaloneQuestion[], isKnown: KnowsWords): StandaloneQuestion {
  const unchanged = { text: question, carried: [], described: [] }
  if (earlier.length === 0 || question.length > MAX_FOLLOW_UP_LENGTH) return unchanged
  const context = contextOf(earlier.map(({ text }) => text))
  const turn = readTurn(withoutCourtesy(calmed(canonicalText(question).trim())))
  const { text, carried } = asksAgain(turn.rest) ? { text: turn.rest, carried: [] } : resolveReferences(turn.rest, context)
  const whole = completed({ ...turn, rest: text }, context, { carried, isKnown })
  if (whole === undefined) return unchanged
  const spelt = inOneSpelling(whole.text, [question, context.question])
  const inherited = earlier.at(-1)?.described ?? []
  return { text: spelt, carried: whole.carried, described: describedIn(spelt, [...inherited, ...described(whole.carried, context)]) }
}

/** Descriptions among what was carried over. */
function described(carried: readonly CarriedSlot[], { descriptions }: ConversationContext): Description[] {
  return descriptions.filter(({ kind, text }) => carried.some((slot) => slot.slot === kind && sameWords(slot.text, text)))
}

/** Those of the descriptions that a text holds, each once. */
function describedIn(text: string, all: readonly Description[]): Description[] {
  const held = all.filter((description) => foldAligned(text).includes(foldAligned(description.text)))
  return held.filter(({ text: own }, i) => held.findIndex((other) => sameWords(other.text, own)) === i)
}

const sameWords = (left: string, right: string) => foldAligned(left) === foldAligned(right)
