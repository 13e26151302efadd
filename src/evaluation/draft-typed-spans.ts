// In: a sentence. Out: the stretches of it that can be asked for: dates, years, terms, ordinals, decisions, numbers, quotations.
import { decisionNumbers, ordinalMentions } from '../language/ordinals.ts'
import { overlap, type Span } from '../language/spans.ts'
import { syllableCount } from '../language/syllables.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { DraftTemplates } from './draft-templates.ts'

/** A stretch that can be asked for. */
export interface TypedSpan extends Span {
  /** Kind of the question. */
  readonly kind: 'when' | 'ordinal' | 'decision' | 'how_many' | 'quote'
  readonly questionWord: string
  /** What an answer has to hold, in one of these ways. */
  readonly answer: readonly string[]
}

const QUOTATION = /[“"]([^“”"]+)[”"]/gu
const NUMBER = /(?<![\p{L}\p{N}.,/-])(\d+(?:[.,]\d+)*)(\s?%)?(?![\p{N}/]|[-–]\d|\p{L})/gu
/** A quotation to be asked for: fewest and most syllables. */
const [MIN_QUOTED, MAX_QUOTED] = [4, 40]
/** Of a long quotation the answer has to hold the beginning. */
const HELD_SYLLABLES = 8

/** Stretches in the order of kinds; none overlap. */
export function typedSpans(sentence: string, words: DraftTemplates['cloze']): TypedSpan[] {
  const found: TypedSpan[] = []
  const add = (span: TypedSpan) => {
    if (!found.some((other) => overlap(other, span))) found.push(span)
  }
  for (const span of timeSpans(sentence, words)) add(span)
  for (const { start, end, noun } of ordinalMentions(sentence)) {
    const text = sentence.slice(start, end)
    if (/^lần/iu.test(text)) add({ start, end, kind: 'ordinal', questionWord: words.ordinal, answer: [text] })
    else if (noun === 'legislature') add({ start, end, kind: 'ordinal', questionWord: words.session, answer: [text] })
  }
  for (const { start, end } of decisionNumbers(sentence)) {
    const text = sentence.slice(start, end)
    const number = /(?:số\s+)?\d+$/u.exec(text)
    if (number === null) continue
    add({ start: start + number.index, end, kind: 'decision', questionWord: words.decision, answer: [text] })
  }
  for (const match of sentence.matchAll(NUMBER)) {
    const span = { start: match.index, end: match.index + match[0].length }
    const isNamed = /(?:\p{L}-|số |tháng |ngày |năm |quý |khóa |Đại hội |Đề án |thứ )$/u.test(sentence.slice(0, span.start))
    const counts = match[2] !== undefined || /^ \p{Ll}/u.test(sentence.slice(span.end))
    const isPeriod = /^\s(?:tháng|năm|nhiệm kỳ)/u.test(sentence.slice(span.end))
    if (isNamed || isPeriod || !counts || timeExpressions(sentence).some((time) => overlap(time, span))) continue
    const percent = match[2] !== undefined
    const after = /^ \p{Ll}+(?: \p{Ll}+)?/u.exec(sentence.slice(span.end))?.[0] ?? ''
    const answer = percent ? match[0] : `${match[0]}${after}`
    add({ ...span, kind: 'how_many', questionWord: percent ? words.percent : words.number, answer: [answer] })
  }
  for (const match of sentence.matchAll(QUOTATION)) {
    const quoted = (match[1] ?? '').trim()
    const length = syllableCount(quoted)
    if (length < MIN_QUOTED || length > MAX_QUOTED) continue
    add({
      start: match.index,
      end: match.index + match[0].length,
      kind: 'quote',
      questionWord: words.quote,
      answer: [
        quoted
          .split(/\s+/)
          .slice(0, HELD_SYLLABLES)
          .join(' ')
          .replace(/[,;:.]$/u, ''),
      ],
    })
  }
  return found
}

function timeSpans(sentence: string, words: DraftTemplates['cloze']): TypedSpan[] {
  const question: Readonly<Record<string, string>> = {
    day: words.day,
    'month-day': words.day,
    month: words.month,
    year: words.year,
    term: words.term,
  }
  return timeExpressions(sentence).flatMap(({ kind, start, end }) => {
    const questionWord = question[kind]
    if (questionWord === undefined) return []
    const text = sentence.slice(start, end)
    if ((kind === 'year' && !/^năm/iu.test(text)) || (kind === 'term' && !/^nhiệm kỳ/iu.test(text))) return []
    return [{ start, end, kind: 'when' as const, questionWord, answer: [text.replace(/^(?:ngày|sáng|chiều|tối|năm|nhiệm kỳ)\s+/iu, '')] }]
  })
}
