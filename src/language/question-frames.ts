// In: a question. Out: the question without polite frames and question words: what is looked for, not how it is asked.
import { isEnglish } from './answer-type.ts'
import { foldAligned, hasAccents } from './folding.ts'
import type { Span } from './spans.ts'
import { SpelledPattern } from './spelled-pattern.ts'

/** "Vậy …", "Thế thì …" tie a question to what was said before. */
const TIE =
  /^\s*(?:(?:vậy thì|vậy|thế thì|à|ừ|ờ)[\s,]+(?=\S)|(?:vay|the|vậy|thế)(?: thi| thì)?\s+(?=(?:hoi nghi|hội nghị|ai|bo truong|bộ trưởng|lan|lần|nam|năm|khi nao|khi nào|o dau|ở đâu|cuoc hop|cuộc họp)(?!\p{L})))/iu

const FRAMES: readonly RegExp[] = [
  /^\s*(?:xin chao|chao ban|chao|da|thua|alo|a oi|ad oi|em oi)[\s,.!:]+/u,
  /^\s*(?:(?:cho|lam on|xin|vui long|hay|ban|anh|chi|em|toi|minh|duoc|co the|muon|nho|giup|thu ky|tui)\s+)+(?:hoi|biet|noi|noi ro|tom tat|neu|ke|trich|trich dan|liet ke|giai thich|tra loi)(?:\s+(?:toi|minh|em|la|rang|ve viec|cho|biet|giup|them))*\s*[:,]?\s+/u,
  /^\s*(?:neu|ke|ke ten|trich|trich dan|liet ke|giai thich|tom tat|noi ro|cho biet)(?:\s+(?:giup|cho|toi|minh|em|ra))*\s*[:,]?\s+/u,
  /^\s*(?:could|can|would) you (?:please )?(?:tell me|say|explain)\s*[:,]?\s*/u,
  /^\s*please (?:tell me)?\s*[:,]?\s*/u,
]
const ENDINGS = /(?:[\s,]+(?:duoc\s+)?(?:a|vay|the|nhi|ha|hong|ko|k|khong a|voi|di|please|nhe|day|ban|ad))*[\s,]*[?!.\s]*$/u

/** Question words: with their accents where the question has any, for "đầu", "máy" and "não" only look like them without. */
const QUESTION_WORDS = new SpelledPattern(
  'là ai|ai là|người nào|là gì|những gì|cái gì|điều gì|việc gì|như thế nào|thế nào|ra sao|khi nào|bao giờ|lúc nào|ngày nào|tháng nào|năm nào|hôm nào|ở đâu|tại đâu|bao nhiêu|bao lâu|vì sao|tại sao|mấy|gì|ai|nào|đâu',
)
const ENGLISH_QUESTION_WORDS = new SpelledPattern(
  'who|what|when|where|which|how many|how much|how long|how|why|did|does|was|were|is|are|the',
)

/** Asking for leave to ask, in front of a question; verbs that say what to do with it ("trích", "liệt kê") stay. */
const COURTESIES: readonly RegExp[] = [
  /^\s*(?:xin chao|chao ban|chao|da|thua|alo|ad oi|em oi|thu ky oi)[\s,.!:]+/u,
  /^\s*(?:(?:cho|lam on|xin|vui long|hay|ban|anh|chi|em|toi|minh|duoc|co the|muon|nho|giup|thu ky|tui)\s+)+(?:hoi|biet)(?:\s+(?:them|toi|minh|em|la|rang|cho|biet|giup|chut|ti))*\s*[:,]?\s+/u,
  /^\s*(?:please\s+)?(?:(?:could|can|would) you (?:please )?)?(?:tell me|say)\s*[:,]?\s+(?=who|what|when|where|why|how|which)/u,
]
const CLOSINGS = new SpelledPattern('(?:(?:với ạ|được không|đi ạ|ạ|nhé|nhỉ|hả|vậy|thế)[\\s,]*)+(?=[?.!\\s]*$)')

/** The question without greeting, polite opening and closing particle; what it asks to be done stays, and so does its mark. */
export function withoutCourtesy(question: string): string {
  let rest = question
  for (const courtesy of COURTESIES) {
    const match = courtesy.exec(foldAligned(rest))
    if (match !== null && match[0].length < rest.length) rest = rest.slice(match[0].length)
  }
  const closing = CLOSINGS.matches(rest).at(-1)
  if (closing !== undefined && closing.index > 0)
    rest = rest.slice(0, closing.index).trimEnd() + rest.slice(closing.index + closing[0].length)
  return rest.trim() === '' ? question : rest.trim()
}

/** A frame is taken off only where a question is left, of at least so many UTF-16 units. */
const MIN_REST = 6

/** The question without greeting, polite request and closing particle; the whole when nothing would be left. */
export function withoutFrame(question: string): string {
  let rest = question.replace(TIE, '')
  for (const frame of FRAMES) {
    const match = frame.exec(foldAligned(rest))
    if (match !== null && match[0].length <= rest.length - MIN_REST) rest = rest.slice(match[0].length)
  }
  const ending = ENDINGS.exec(foldAligned(rest))
  if (ending !== null && ending.index > 0) rest = rest.slice(0, ending.index)
  return rest.trim() === '' ? question : rest.trim()
}

/**
 * The question without its question words either: the words an answer has to be about.
 * @param leaveOut places in the question that are left out too, such as the phrases that name its scope
 */
export function contentOf(question: string, leaveOut: readonly Span[] = []): string {
  const blanked = leaveOut.reduce((text, { start, end }) => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end), question)
  const core = withoutFrame(blanked)
  const asking = [...QUESTION_WORDS.matches(core), ...(readsEnglish(core) ? ENGLISH_QUESTION_WORDS.matches(core) : [])]
  let content = ''
  let at = 0
  for (const match of asking.sort((a, b) => a.index - b.index)) {
    content += core.slice(at, match.index)
    at = match.index + match[0].length
  }
  content += core.slice(at)
  return content.replace(/\s+/g, ' ').trim()
}

/** Whether "the" and "is" are English words in a text: not where they are "thế" and "í" typed without accents. */
const readsEnglish = (text: string) => hasAccents(text) || isEnglish(text)
