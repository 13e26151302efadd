// In: a sentence. Out: whether it states a quantity. Dates, ordinals and numbers of decisions are no quantities.
import { foldAligned } from './folding.ts'
import { decisionNumbers, ordinalMentions } from './ordinals.ts'
import { overlap, type Span } from './spans.ts'
import { timeExpressions } from './time-expressions.ts'

const DIGITS = /\d+(?:[.,]\d+)*/g
const COUNTED_WORDS =
  /(?<![\p{L}\p{N}])(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|nghin|ngan|trieu|ty)\s+(?:muoi|tram|nghin|ngan|trieu|ty|nguoi|ngay|thang|nam|vu|don vi|dia phuong|lan|nuoc|tinh|thanh pho|dong|phan|loai|nhom|muc|noi dung)(?![\p{L}\p{N}])/u

/** Whether a sentence holds a number that counts or measures something. */
export function holdsQuantity(sentence: string): boolean {
  if (COUNTED_WORDS.test(foldAligned(sentence))) return true
  const numbers = [...sentence.matchAll(DIGITS)].map((match): Span => ({ start: match.index, end: match.index + match[0].length }))
  if (numbers.length === 0) return false
  const others = [...timeExpressions(sentence), ...ordinalMentions(sentence), ...decisionNumbers(sentence)]
  return numbers.some((number) => !others.some((other) => overlap(number, other)) && !isNamePart(sentence, number))
}

/** "Covid-19", "A05", "Đại hội 13": a number that is part of a name. */
function isNamePart(sentence: string, { start, end }: Span): boolean {
  return (
    /[\p{L}]-?$/u.test(sentence.slice(Math.max(0, start - 2), start)) || (/Đại hội\s*$/u.test(sentence.slice(0, start)) && end - start <= 2)
  )
}
