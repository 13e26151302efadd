// In: the text of an answer and what it cites. Out: the numbers and names outside its quotations that no cited span and no metadata
// of a cited source holds. An answer with any of them must not be sent.

import type { Conference } from '../indexing/conferences.ts'
import { fold } from '../language/folding.ts'
import { properNames } from '../language/proper-names.ts'
import type { Citation } from './answer.ts'
import { shortDate } from './wording.ts'

/**
 * Numbers and proper names that nothing proves, as they stand in the text; empty for an answer that may be sent.
 * @param mentioned conferences the answer names without citing them, as where it says that they say nothing
 */
export function unprovenWords(text: string, citations: readonly Citation[], mentioned: readonly Conference[] = []): string[] {
  const composed = citations.reduce((rest, { quote }) => rest.replace(quote.replace(/\s+/g, ' '), ' '), text).replace(/\[\d+\]/g, ' ')
  const proof = comparable([...citations.flatMap(provingTexts), ...mentioned.flatMap(conferenceTexts)].join(' ; '))
  const numbers = composed.match(/\d+(?:[.,]\d+)*/g) ?? []
  const unknown = numbers.filter((number) => !new RegExp(`(?<!\\d|\\d[.,])${number.replace(/[.,]/g, '\\$&')}(?!\\d|[.,]\\d)`).test(proof))
  return [...unknown, ...properNames(composed).filter((name) => !proof.includes(comparable(name)))]
}

const comparable = (text: string) => fold(text).toLowerCase().replace(/\s+/g, ' ')

function provingTexts({ quote, conference, document: { id, metadata } }: Citation): string[] {
  const { title, publisher, publishedAt, conferenceName } = metadata
  return [
    quote,
    id,
    ...conferenceTexts(conference),
    ...[title, publisher, conferenceName].map((text) => text ?? ''),
    ...datesOf(publishedAt),
  ]
}

function conferenceTexts({ name, date }: Conference): string[] {
  return [name, ...datesOf(date)]
}

const datesOf = (date: string | null) => (date === null ? [] : [date, shortDate(date)])
