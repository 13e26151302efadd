// In: canonical text. Out: tokens for what it says in many spellings (dates, ordinals, decisions, percentages), so that
// "29-12", "29/12" and "ngày 29 tháng 12" meet in the lexical index. Tokens are keys and never shown.
import { foldAligned } from './folding.ts'
import { decisionNumbers, ordinalMentions } from './ordinals.ts'
import { type TimeExpression, timeExpressions } from './time-expressions.ts'

const PERCENTAGE = /(?<![\p{L}\p{N}.,])(\d+(?:[.,]\d+)?)\s*(?:%|phan tram|percent)/gu

/** Typed tokens of a text, repeated as often as they occur: `day:2021-12-29`, `md:12-29`, `half:2021-1`, `ord:conference:77`, `doc:nghi quyet:12`, `pct:5`. */
export function typedTokens(text: string): string[] {
  const percentages = [...foldAligned(text).matchAll(PERCENTAGE)].map((match) => `pct:${match[1]?.replace(',', '.')}`)
  return [
    ...timeExpressions(text).flatMap(timeTokens),
    ...ordinalMentions(text).map(({ noun, value }) => `ord:${noun}:${value}`),
    ...decisionNumbers(text).map(({ noun, value }) => `doc:${noun}:${value}`),
    ...percentages,
  ]
}

/** Tokens of one time phrase, the most exact first. */
export function timeTokens(time: TimeExpression): string[] {
  const { kind, from = '', to = '' } = time
  const year = from.slice(0, 4)
  const monthDay = `md:${time.month}-${time.day}`
  switch (kind) {
    case 'day':
      return [`day:${from}`, monthDay, `month:${from.slice(0, 7)}`, `year:${year}`]
    case 'month-day':
      return [monthDay]
    case 'month':
      return [`month:${from.slice(0, 7)}`, `year:${year}`]
    case 'half':
      return [`half:${from.slice(0, 7)}`, `year:${year}`]
    case 'quarter':
      return [`quarter:${from.slice(0, 7)}`, `year:${year}`]
    case 'term':
      return [`term:${year}-${to.slice(0, 4)}`]
    default:
      return [`year:${year}`]
  }
}
