// In: a question, or a figure of a sentence. Out: whether what was reached is asked for, and whether the figure is only aimed at.
// "Phấn đấu giảm ít nhất 5%" does not say that anything has fallen.
import type { Span } from './spans.ts'
import { SpelledPattern } from './spelled-pattern.ts'

const AIMS = new SpelledPattern(
  'phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|đề ra|đặt ra|yêu cầu|dự kiến|dự báo|phải|cần|sẽ|nhiệm vụ|giao|target|aims?|plans?|planned|goals?|should|must|will',
)
const REACHED = new SpelledPattern(
  'thực tế|trên thực tế|trong thực tế|thực hiện được|đã(?! (?:đặt|đề|giao|yêu cầu|định|dự kiến))(?:\\s+\\p{L}+){0,5}?\\s+(?:giảm|tăng|đạt|hạ|kéo giảm|vượt)|(?:giảm|tăng|đạt) được|actually|in fact|in reality|achieved|reached',
)
/** An aim governs the figures behind it up to here. */
const CLAUSE_END = /[.;:!?](?=\s)/u

/** Whether a question asks for what has been reached, and not for what was aimed at. */
export function asksForResult(question: string): boolean {
  return REACHED.test(question) && !AIMS.test(question)
}

/** Whether a part of a sentence stands behind a word of intention in its clause. */
export function isAimedAt(sentence: string, { start }: Span): boolean {
  const clause = sentence.slice(0, start).split(CLAUSE_END).at(-1) ?? ''
  const words = AIMS.matches(clause).at(-1)
  return words !== undefined && !REACHED.test(clause.slice(words.index + words[0].length))
}
