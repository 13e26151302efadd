// In: a question and the sentence that answers it. Out: the words of the sentence that are the fact asked for, when there is no
// doubt which they are. A fact in doubt is not stated: the sentence itself is shown anyway.

import type { Conference } from '../indexing/conferences.ts'
import { fold, foldAligned } from '../language/folding.ts'
import type { PersonTable } from '../language/persons.ts'
import { askedUnit, quantities } from '../language/quantity-values.ts'
import type { Span } from '../language/spans.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { askedPerson } from './introduced-person.ts'
import { shortDate } from './wording.ts'

/** A sentence and the conference it proves something of. */
export interface ProvenSentence {
  readonly sentence: string
  readonly conference: Conference
}

/** The fact as the sentence writes it, or the day of the conference where nothing else is asked and its sentence names none. */
export function statedFact(
  { searchText, interpretation, aboutEvent }: UnderstoodQuestion,
  { sentence, conference }: ProvenSentence,
  persons: PersonTable,
): string | undefined {
  switch (interpretation.answerType) {
    case 'person':
      return askedPerson({ searchText, interpretation }, { persons }) === undefined
        ? statedPerson(searchText, sentence, persons)
        : undefined
    case 'number':
      return statedQuantity(searchText, sentence)
    case 'date':
      return statedTime(newTimes(searchText, sentence), { sentence, conference }, aboutEvent)
    default:
      return interpretation.compared.length > 1 ? statedHolder(searchText, sentence, persons) : undefined
  }
}

function statedTime(times: readonly Span[], { sentence, conference }: ProvenSentence, aboutEvent: boolean): string | undefined {
  return aboutEvent && times.length === 0 && conference.date !== null ? shortDate(conference.date) : onlyOne(times, sentence)
}

/** Times the sentence names and the question does not. */
function newTimes(question: string, sentence: string) {
  const asked = timeExpressions(question)
  return timeExpressions(sentence).filter(
    ({ role, kind, from, month, day }) =>
      role === 'event' &&
      kind !== 'term' &&
      !asked.some((time) => time.kind === kind && time.from === from && time.month === month && time.day === day),
  )
}

/** The holder of the office asked after, or the one person the sentence names that the question does not. */
function statedPerson(question: string, sentence: string, persons: PersonTable): string | undefined {
  const holder = statedHolder(question, sentence, persons)
  if (holder !== undefined) return holder
  const asked = foldAligned(question)
  const title = persons.titleAskedFor(question)
  const fits = persons
    .mentions(sentence)
    .filter(
      (person) => !asked.includes(foldAligned(person.name)) && (title === undefined || persons.isIntroducedAs(title, sentence, person)),
    )
  return onlyOne(fits, sentence)
}

function statedHolder(question: string, sentence: string, persons: PersonTable): string | undefined {
  const office = persons.officeIn(question)
  return office === undefined ? undefined : persons.holderOf(office, sentence)
}

/** Words before a number without which it says something else. */
const BOUND = /(?:ít nhất|tối thiểu|nhiều nhất|tối đa|không quá|không dưới|hơn|gần|khoảng|trên|dưới)\s+$/iu

/** The one quantity of the unit asked for, with that unit as far as the question says it. */
function statedQuantity(question: string, sentence: string): string | undefined {
  const unit = askedUnit(question)
  if (unit === undefined) return undefined
  const [quantity, ...others] = quantities(sentence).filter((found) => found.unit === unit)
  if (quantity === undefined || others.length > 0) return undefined
  const behind = sentence.slice(quantity.end).match(/^\s+\p{L}+(?:\s+\p{L}+)?/u)?.[0] ?? ''
  const [first = '', second = ''] = behind.trim().split(/\s+/)
  const named = foldAligned(question).includes(`${unit} ${fold(second).toLowerCase()}`)
  const noun = fold(first).toLowerCase() !== unit ? '' : named ? ` ${first} ${second}` : ` ${first}`
  const bound = BOUND.exec(sentence.slice(0, quantity.start))?.[0].length ?? 0
  return sentence.slice(quantity.start - bound, quantity.end) + noun.trimEnd()
}

function onlyOne(found: readonly Span[], sentence: string): string | undefined {
  const [only, ...others] = found
  return only === undefined || others.length > 0 ? undefined : sentence.slice(only.start, only.end)
}
