// In: what was found. Out: the sentences around it, in Vietnamese or English. Nothing here adds a fact: names and dates come
// from the metadata of what is cited.
import type { Conference } from '../indexing/conferences.ts'
import type { RefusalReason } from './answer.ts'

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

/** Names of at most `most` conferences, and how many more there are. */
function conferenceList(conferences: readonly Conference[], language: AnswerLanguage, most = 5): string {
  const names = conferences.slice(0, most).map(conferenceWithDate).join('; ')
  const more = conferences.length - most
  if (more <= 0) return names
  return language === 'vi' ? `${names}; và ${more} nguồn khác` : `${names}; and ${more} more`
}

/** What a refusal has to tell. */
export interface RefusalFacts {
  readonly reason: RefusalReason
  /** Phrases of the question the corpus has nothing for. */
  readonly phrases: readonly string[]
  readonly searched: readonly Conference[]
}

/** A refusal in words: why, what was searched, what exists. */
export function refusalText({ reason, phrases, searched }: RefusalFacts, language: AnswerLanguage): string {
  const names = conferenceList(searched, language)
  const phrase = phrases.map((text) => `“${text}”`).join(', ')
  if (language === 'vi') {
    const why = {
      'unknown-conference': `Kho tài liệu không có hội nghị hay thời gian nào ứng với ${phrase}.`,
      'not-stated': 'Các tài liệu đã tìm không nêu điều này.',
      'false-premise': 'Câu hỏi nêu một điều khác với tài liệu.',
      'out-of-corpus': 'Kho tài liệu không nói về điều này.',
      ambiguous: 'Câu hỏi có thể chỉ nhiều hội nghị; xin cho biết hội nghị nào.',
    }[reason]
    return names === '' ? `${why} Kho tài liệu đang trống.` : `${why} Đã tìm trong: ${names}.`
  }
  const why = {
    'unknown-conference': `The corpus has no conference or time that fits ${phrase}.`,
    'not-stated': 'The documents searched do not say this.',
    'false-premise': 'The question assumes something that differs from the documents.',
    'out-of-corpus': 'The corpus says nothing about this.',
    ambiguous: 'The question fits several conferences; please say which one.',
  }[reason]
  return names === '' ? `${why} The corpus is empty.` : `${why} Searched: ${names}.`
}
