// In: why a question is refused and what was found. Out: the refusal in words, in Vietnamese or English: why, what was searched, what
// comes nearest. Adds no fact: names and dates come from metadata, quotations are slices of documents.
import type { Conference } from '../indexing/conferences.ts'
import type { RefusalReason } from './answer.ts'
import { type AnswerLanguage, conferenceWithDate } from './wording.ts'

/** What a refusal has to tell. */
export interface RefusalFacts {
  readonly reason: RefusalReason
  /** Phrases of the question that the documents have nothing for. */
  readonly phrases: readonly string[]
  readonly searched: readonly Conference[]
  /** Whether the question itself named what was searched. */
  readonly scoped: boolean
  /** Whether filters narrowed what was searched. */
  readonly filtered: boolean
  /** Conferences the question may mean, or asks to be told of. */
  readonly choices: readonly Conference[]
  /** Whether nothing was asked of the documents: then it is told what they are. */
  readonly isTalk: boolean
  /** The sentence that comes nearest, or says what is true, and its conference. */
  readonly nearest?: { readonly quote: string; readonly conference: Conference } | undefined
}

/** Most conferences named, and longest quotation in a refusal, in UTF-16 units. */
const MOST_NAMED = 5
const LONGEST_QUOTE = 320

/** A refusal in words. */
export function refusalText(facts: RefusalFacts, language: AnswerLanguage): string {
  const sentences = language === 'vi' ? vietnamese(facts) : english(facts)
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

const quoted = (phrases: readonly string[]) => [...new Set(phrases)].map((text) => `“${text}”`).join(', ')

function named(conferences: readonly Conference[], more: (rest: number) => string): string {
  const names = conferences.slice(0, MOST_NAMED).map(conferenceWithDate).join('; ')
  const rest = conferences.length - MOST_NAMED
  return rest > 0 ? `${names}; ${more(rest)}` : names
}

/** A quotation short enough to stand in a refusal. */
function shown({ nearest }: RefusalFacts): { quote: string; source: string } | undefined {
  if (nearest === undefined || nearest.quote.length > LONGEST_QUOTE) return undefined
  return { quote: `“${nearest.quote.replace(/\s+/g, ' ')}”`, source: conferenceWithDate(nearest.conference) }
}

function vietnamese(facts: RefusalFacts): string[] {
  const { reason, phrases, searched, scoped, filtered, choices, isTalk } = facts
  if (searched.length === 0) {
    return [filtered ? 'Phạm vi đã chọn không có tài liệu nào; hãy bỏ bớt bộ lọc.' : 'Kho tài liệu đang trống nên chưa trả lời được.']
  }
  const names = named(searched, (rest) => `và ${rest} tài liệu khác`)
  const missing = phrases.length === 0 ? '' : `Không thấy ${quoted(phrases)} trong những gì đã tìm.`
  if (isTalk && choices.length > 0) {
    return [`Trong thời gian này, kho có ${choices.length} hội nghị: ${named(choices, (rest) => `và ${rest} hội nghị khác`)}.`]
  }
  if (isTalk) {
    return [
      `Thư Ký trả lời bằng lời trích nguyên văn từ ${searched.length} hội nghị và tài liệu: ${names}.`,
      'Hãy hỏi điều các tài liệu ấy nêu: ai nói, nói gì, khi nào, bao nhiêu.',
    ]
  }
  const near = shown(facts)
  switch (reason) {
    case 'unknown-conference':
      return [`Kho tài liệu không có hội nghị hay thời gian nào ứng với ${quoted(phrases)}.`, `Hiện có: ${names}.`]
    case 'ambiguous':
      return [
        `Câu hỏi chưa nói rõ hội nghị nào. Bạn muốn hỏi về hội nghị nào sau đây: ${named(choices, (rest) => `và ${rest} hội nghị khác`)}?`,
      ]
    case 'false-premise':
      return [
        near === undefined
          ? `Câu hỏi nêu một điều mà tài liệu không ghi${phrases.length === 0 ? '' : ` (${quoted(phrases)})`}.`
          : `Tài liệu ghi khác với điều câu hỏi nêu${phrases.length === 0 ? '' : ` (${quoted(phrases)})`}. ${near.source} ghi: ${near.quote}`,
        `Đã tìm trong: ${names}.`,
      ]
    case 'out-of-corpus':
      return filtered
        ? ['Các tài liệu trong phạm vi đã chọn không nói về điều này.', missing, `Đã tìm trong: ${names}.`]
        : ['Kho tài liệu không nói về điều này.', missing, `Kho hiện có: ${names}.`]
    case 'not-stated':
      return [
        scoped ? `Tài liệu về ${names} không nêu điều này.` : `Các tài liệu đã tìm không nêu điều này. Đã tìm trong: ${names}.`,
        missing,
        near === undefined ? '' : `Câu gần nhất, trong ${near.source}: ${near.quote}`,
      ]
  }
}

function english(facts: RefusalFacts): string[] {
  const { reason, phrases, searched, scoped, filtered, choices, isTalk } = facts
  if (searched.length === 0) {
    return [
      filtered
        ? 'There is no document where you asked to search; take a filter away.'
        : 'The corpus is empty, so there is nothing to answer from.',
    ]
  }
  const names = named(searched, (rest) => `and ${rest} more`)
  const missing = phrases.length === 0 ? '' : `Nothing searched mentions ${quoted(phrases)}.`
  if (isTalk && choices.length > 0)
    return [`For that time the corpus has ${choices.length}: ${named(choices, (rest) => `and ${rest} more`)}.`]
  if (isTalk) {
    return [
      `Thư Ký answers with verbatim quotations from the conferences and documents there are (${searched.length}): ${names}.`,
      'Ask what these documents say: who said it, what, when, how many.',
    ]
  }
  const near = shown(facts)
  switch (reason) {
    case 'unknown-conference':
      return [`The corpus has no conference or time that fits ${quoted(phrases)}.`, `It has: ${names}.`]
    case 'ambiguous':
      return [`The question does not say which conference. Which of these do you mean: ${named(choices, (rest) => `and ${rest} more`)}?`]
    case 'false-premise':
      return [
        near === undefined
          ? `The question assumes something the documents do not say${phrases.length === 0 ? '' : ` (${quoted(phrases)})`}.`
          : `The documents differ from what the question assumes${phrases.length === 0 ? '' : ` (${quoted(phrases)})`}. “${near.source}” says: ${near.quote}`,
        `Searched: ${names}.`,
      ]
    case 'out-of-corpus':
      return filtered
        ? ['The documents you asked to search say nothing about this.', missing, `Searched: ${names}.`]
        : ['The corpus says nothing about this.', missing, `It has: ${names}.`]
    case 'not-stated':
      return [
        scoped ? `The documents about ${names} do not say this.` : `The documents searched do not say this. Searched: ${names}.`,
        missing,
        near === undefined ? '' : `The nearest sentence, in “${near.source}”: ${near.quote}`,
      ]
  }
}
