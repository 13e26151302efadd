// In: what was found. Out: the sentences around it, in Vietnamese or English. Nothing here adds a fact: names and dates come
// from the metadata of what is cited.
import type { Conference } from '../indexing/conferences.ts'

/** Language of an answer. */
export type AnswerLanguage = 'vi' | 'en'

/** A date as people write it: 29/12/2021, 10/2024, 2024. */
export function shortDate(date: string): string {
  return (
    date
      .split('T')[0]
      ?.split('-')
      .map((part) => part)
      .reverse()
      .join('/') ?? date
  )
}

/** "Hội nghị … (29/12/2021)". */
export function conferenceWithDate({ name, date }: Conference): string {
  return date === null || name.includes(shortDate(date)) ? name : `${name} (${shortDate(date)})`
}
