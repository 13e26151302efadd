// In: a question and the terms of a sentence. Out: the traces of an answer in it: things of the kind asked for that the question does
// not name itself, and what stands near them.
import type { AnswerType } from '../language/answer-type.ts'
import type { SentenceFeatures } from './feature-rows.ts'
import { nearness, type TermMatch } from './sentence-features-match.ts'
import type { Focus, QuestionTerms } from './sentence-features-question.ts'
import { Shape, type TextTerms } from './sentence-terms.ts'

/** A sentence beside the question. */
export interface AnswerComparison {
  readonly question: QuestionTerms
  readonly answerType: AnswerType
  /** Whether the sentence holds the kind of thing asked for. */
  readonly holds: boolean
  readonly match: TermMatch
  readonly terms: TextTerms
}

/** Traces of an answer. */
export type AnswerTraces = Pick<
  SentenceFeatures,
  | 'type'
  | 'newType'
  | 'typeDate'
  | 'typeNumber'
  | 'typePerson'
  | 'typePlace'
  | 'typeReason'
  | 'newNear'
  | 'nearDate'
  | 'nearNumber'
  | 'nearPerson'
  | 'nearPlace'
  | 'focus'
  | 'focusAnswered'
  | 'newShare'
>

/** New syllables that make a sentence full of news. */
const MANY_NEW = 20

/** The traces as features. */
export function answerTraces({ question, answerType, holds, match, terms }: AnswerComparison): AnswerTraces {
  const news = newWords(question, terms)
  const places = placesOf(answerType, news)
  const newType = holds && places.length > 0 ? 1 : 0
  const near = nearness(question.content, match, places)
  const { focus, focusAnswered } = focusTraces(question.focus, terms, news)
  const only = (type: AnswerType, value: number) => (answerType === type ? value : 0)
  return {
    type: holds ? 1 : 0,
    newType,
    typeDate: only('date', newType),
    typeNumber: only('number', newType),
    typePerson: only('person', newType),
    typePlace: only('place', places.length > 0 ? 1 : 0),
    typeReason: only('reason', holds ? 1 : 0),
    newNear: near,
    nearDate: only('date', near),
    nearNumber: only('number', near),
    nearPerson: only('person', near),
    nearPlace: only('place', near),
    focus,
    focusAnswered,
    newShare: Math.min(1, news.count / MANY_NEW),
  }
}

/** What a sentence says that the question does not. */
export interface NewWords {
  /** Places of syllables with a capital that is not only that of a sentence's beginning. */
  readonly names: readonly number[]
  /** Places of numbers. */
  readonly numbers: readonly number[]
  /** How many of its syllables are new. */
  readonly count: number
}

/** Finds what is new in a sentence. */
export function newWords({ asked }: Pick<QuestionTerms, 'asked'>, { folded, shapes, length }: TextTerms): NewWords {
  const names: number[] = []
  const numbers: number[] = []
  let count = 0
  for (let at = 0; at < length; at++) {
    if (asked.has(folded[at] as number)) continue
    count++
    if (shapes[at] === Shape.number) numbers.push(at)
    else if (shapes[at] === Shape.capital && (at > 0 || shapes[1] === Shape.capital)) names.push(at)
  }
  return { names, numbers, count }
}

function placesOf(type: AnswerType, { names, numbers }: NewWords): readonly number[] {
  if (type === 'person' || type === 'place') return names
  if (type === 'date' || type === 'number' || type === 'ordinal' || type === 'duration') return numbers
  return [...names, ...numbers]
}

/** Farthest, in syllables, that an answer stands from the noun it belongs to. */
const BEFORE_NOUN = 2
const BEHIND_NOUN = 3

/** Whether the noun of the question word is there (½ when only its nearer syllable is), and the same with something new beside it. */
export function focusTraces(
  focus: Focus | undefined,
  { folded, shapes, length }: TextTerms,
  { names, numbers }: NewWords,
): Pick<SentenceFeatures, 'focus' | 'focusAnswered'> {
  let [found, answered] = [0, 0]
  if (focus === undefined) return { focus: found, focusAnswered: answered }
  const [near, far] = focus.syllables
  const before = focus.answer === 'before'
  for (let at = folded.indexOf(near ?? Number.NaN); at >= 0 && at < length; at = folded.indexOf(near as number, at + 1)) {
    const share = far === undefined || folded[before ? at + 1 : at - 1] === far ? 1 : 0.5
    found = Math.max(found, share)
    const beside = before
      ? shapes[at - 1] === Shape.number || numbers.some((place) => place < at && at - place <= BEFORE_NOUN)
      : [...names, ...numbers].some((place) => place > at && place - at <= BEHIND_NOUN)
    if (beside) answered = Math.max(answered, share)
  }
  return { focus: found, focusAnswered: answered }
}
