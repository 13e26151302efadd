// In: a question for the time of an event, and the sentences that could prove it. Out: whether a sentence speaks of other times only:
// what somebody said at the opening about the year to come does not tell when it was opened; and the sentence a report begins with,
// where that tells it.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { RoleTable } from '../language/roles.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** Days by which the day of an event, as the metadata of its report have it, may be wrong. */
const DAYS_OFF = 14
const DAY_MS = 86_400_000

type Asked = Pick<UnderstoodQuestion, 'aboutEvent' | 'interpretation'>

const asksWhenOneWas = ({ aboutEvent, interpretation: { answerType, conferenceIds } }: Asked) =>
  aboutEvent && answerType === 'date' && conferenceIds?.length === 1

/**
 * Of a question when one event was opened, the sentence its report begins with, where that tells a day of the event and speaks of no
 * closing: an event is opened on the day it is held. Undefined for other questions.
 */
export function openingDay(
  understood: UnderstoodQuestion,
  sentences: readonly CandidateSentence[],
  { index, roles }: { readonly index: CorpusIndex; readonly roles: RoleTable },
): CandidateSentence | undefined {
  const asked = [...roles.rolesIn(understood.searchText)]
  if (!asksWhenOneWas(understood) || asked.join() !== 'opening') return undefined
  return sentences.find((sentence) => {
    const { text, features, retrieved } = sentence
    const tells = features.type > 0 && features.role >= 0 && beginsReport(sentence, index)
    return tells && !isOfAnotherTime(understood, text, index.conferenceOf(index.documentOf(retrieved.passage)))
  })
}

/** For each event the sentence a report of it begins with; undefined when it has not been found for all of them. */
export function beginnings(
  events: readonly Conference[],
  sentences: readonly CandidateSentence[],
  index: CorpusIndex,
): CandidateSentence[] | undefined {
  const found = events.flatMap(({ id }) => {
    const own = sentences.filter((sentence) => index.documentOf(sentence.retrieved.passage).metadata.conference === id)
    return own.find((sentence) => beginsReport(sentence, index)) ?? []
  })
  return found.length === events.length ? found : undefined
}

const beginsReport = ({ start, retrieved: { passage } }: CandidateSentence, index: CorpusIndex) =>
  index.isLead(passage) && passage.sentences[0]?.start === start

/** Whether all times of a sentence lie away from the event asked about; false where none is told or the event has no date. */
export function isOfAnotherTime(
  { aboutEvent, interpretation }: Asked,
  sentence: string,
  { from, to }: Pick<Conference, 'from' | 'to'>,
): boolean {
  if (!asksWhenOneWas({ aboutEvent, interpretation }) || from === null || to === null) return false
  const times = timeExpressions(sentence).filter(({ role, kind }) => role === 'event' && kind !== 'term')
  const [first, last] = [Date.parse(from) - DAYS_OFF * DAY_MS, Date.parse(to) + DAYS_OFF * DAY_MS]
  const fits = times.some((time) => time.from === undefined || (Date.parse(time.from) <= last && Date.parse(time.to ?? time.from) >= first))
  return times.length > 0 && !fits
}
