// In: a question for the time of an event, and the sentence that would prove it. Out: whether the sentence speaks of other times only:
// what somebody said at the opening about the year to come does not tell when it was opened.
import type { Conference } from '../indexing/conferences.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'

/** Days by which the day of an event, as the metadata of its report have it, may be wrong. */
const DAYS_OFF = 14
const DAY_MS = 86_400_000

/** Whether all times of a sentence lie away from the event asked about; false where none is told or the event has no date. */
export function isOfAnotherTime(
  { aboutEvent, interpretation }: Pick<UnderstoodQuestion, 'aboutEvent' | 'interpretation'>,
  sentence: string,
  { from, to }: Pick<Conference, 'from' | 'to'>,
): boolean {
  const asksOfOne = aboutEvent && interpretation.answerType === 'date' && interpretation.conferenceIds?.length === 1
  if (!asksOfOne || from === null || to === null) return false
  const times = timeExpressions(sentence).filter(({ role, kind }) => role === 'event' && kind !== 'term')
  const [first, last] = [Date.parse(from) - DAYS_OFF * DAY_MS, Date.parse(to) + DAYS_OFF * DAY_MS]
  const fits = times.some((time) => time.from === undefined || (Date.parse(time.from) <= last && Date.parse(time.to ?? time.from) >= first))
  return times.length > 0 && !fits
}
