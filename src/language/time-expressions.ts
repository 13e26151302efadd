// In: canonical text (accented or not, Vietnamese or English). Out: the dates, months, half-years, quarters, years and
// terms it names, with offsets. Nothing is resolved against today: a day without a year stays without one.
import { coordinatedTimes } from './coordinated-times.ts'
import { foldAligned, hasAccents } from './folding.ts'
import { romanValue, wordsValue } from './numerals.ts'
import { remembered } from './remembered.ts'
import type { Span } from './spans.ts'

/**
 * Why a year is named: `event` the thing itself · `baseline` compared with ("so với năm 2020") · `horizon` a target year
 * ("đến năm 2030") · `plan` the year tasks are meant for ("nhiệm vụ năm 2022").
 */
export type TimeRole = 'event' | 'baseline' | 'horizon' | 'plan'

/** One time phrase. `from` and `to` are ISO days, both included; a `month-day` has none. */
export interface TimeExpression extends Span {
  readonly kind: 'day' | 'month-day' | 'month' | 'half' | 'quarter' | 'season' | 'year' | 'term'
  readonly from?: string
  readonly to?: string
  readonly month?: number
  readonly day?: number
  readonly role: TimeRole
}

type Found = Omit<TimeExpression, 'start' | 'end' | 'role'>
interface Pattern {
  readonly regex: RegExp
  readonly read: (groups: Record<string, string | undefined>) => Found | undefined
}

const pad = (value: number) => String(value).padStart(2, '0')
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** First and last day of a span of months of one year. */
function months(year: number, first: number, last: number): { from: string; to: string } {
  return { from: `${year}-${pad(first)}-01`, to: `${year}-${pad(last)}-${daysIn(year, last)}` }
}

function dayFound(year: number, month: number, day: number): Found | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  const iso = `${year}-${pad(month)}-${pad(day)}`
  return { kind: 'day', from: iso, to: iso, month, day }
}

function monthDayFound(month: number, day: number): Found | undefined {
  return month < 1 || month > 12 || day < 1 || day > daysIn(2024, month) ? undefined : { kind: 'month-day', month, day }
}

function monthFound(year: number, month: number): Found | undefined {
  return month < 1 || month > 12 ? undefined : { kind: 'month', ...months(year, month, month), month }
}

const ENGLISH_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const englishMonth = (name: string) => ENGLISH_MONTHS.indexOf(name.slice(0, 3)) + 1

const YEAR = '(?<year>(?:19|20)\\d{2})'
const OF_YEAR = `(?:\\s*(?:,|cua|of|in)?\\s*(?:nam|year)?\\s*${YEAR})`
const DAY = '(?<day>[0-3]?\\d)'
const MONTH = '(?<month>1[0-2]|0?\\d)'
const MONTH_NAME =
  '(?<month>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?'
const MONTH_WORDS = '(?<month>1[0-2]|0?[1-9]|muoi mot|muoi hai|muoi|mot|gieng|hai|ba|tu|nam|sau|bay|tam|chin|chap)'
const START = '(?<![a-z\\d/.,-])'
const END = '(?![a-z\\d]|[/.,-]\\d)'

const pattern = (source: string, read: Pattern['read']): Pattern => ({ regex: new RegExp(START + source + END, 'g'), read })
const monthValue = (text: string) =>
  /^\d/.test(text) ? Number(text) : text === 'gieng' ? 1 : text === 'chap' ? 12 : (wordsValue(text) ?? 0)
const numberOf = (groups: Record<string, string | undefined>, name: string) => Number(groups[name])

function half(which: string): [number, number] {
  return /dau|first/.test(which) ? [1, 6] : [7, 12]
}

/** Longest and most specific first: a place once matched is taken. */
const PATTERNS: readonly Pattern[] = [
  pattern(`${YEAR}-(?<month>\\d{2})-(?<day>\\d{2})`, (g) => dayFound(numberOf(g, 'year'), numberOf(g, 'month'), numberOf(g, 'day'))),
  pattern(`(?:ngay\\s+)?(?<first>[0-3]?\\d)\\s*[-–]\\s*${DAY}\\s*[/.]\\s*${MONTH}\\s*[/.-]\\s*${YEAR}`, (g) => {
    const first = dayFound(numberOf(g, 'year'), numberOf(g, 'month'), numberOf(g, 'first'))
    const last = dayFound(numberOf(g, 'year'), numberOf(g, 'month'), numberOf(g, 'day'))
    return first?.from === undefined || last?.to === undefined || first.from >= last.to ? undefined : { ...first, to: last.to }
  }),
  pattern(`(?:ngay\\s+)?${DAY}\\s*[/.-]\\s*${MONTH}\\s*(?:[/.-]|,?\\s+nam\\s)\\s*${YEAR}`, (g) =>
    dayFound(numberOf(g, 'year'), numberOf(g, 'month'), numberOf(g, 'day')),
  ),
  pattern(`(?:ngay|mung)\\s+${DAY}\\s+thang\\s+${MONTH_WORDS}${OF_YEAR}`, (g) =>
    dayFound(numberOf(g, 'year'), monthValue(g['month'] ?? ''), numberOf(g, 'day')),
  ),
  pattern(`${DAY}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_NAME}${OF_YEAR}`, (g) =>
    dayFound(numberOf(g, 'year'), englishMonth(g['month'] ?? ''), numberOf(g, 'day')),
  ),
  pattern(`${MONTH_NAME}\\s+${DAY}(?:st|nd|rd|th)?${OF_YEAR}`, (g) =>
    dayFound(numberOf(g, 'year'), englishMonth(g['month'] ?? ''), numberOf(g, 'day')),
  ),
  pattern(`(?:ngay|mung)\\s+${DAY}\\s+thang\\s+${MONTH_WORDS}`, (g) => monthDayFound(monthValue(g['month'] ?? ''), numberOf(g, 'day'))),
  pattern(`(?:ngay|sang|trua|chieu|toi|dem|hom)\\s+(?:ngay\\s+)?${DAY}\\s*[/.-]\\s*${MONTH}`, (g) =>
    monthDayFound(numberOf(g, 'month'), numberOf(g, 'day')),
  ),
  pattern(`${DAY}-${MONTH}`, (g) => (numberOf(g, 'day') > 12 ? monthDayFound(numberOf(g, 'month'), numberOf(g, 'day')) : undefined)),
  pattern(`${DAY}/${MONTH}`, (g) => monthDayFound(numberOf(g, 'month'), numberOf(g, 'day'))),
  pattern(`${DAY}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_NAME}`, (g) => monthDayFound(englishMonth(g['month'] ?? ''), numberOf(g, 'day'))),
  pattern(`${MONTH_NAME}\\s+${DAY}(?:st|nd|rd|th)?`, (g) => monthDayFound(englishMonth(g['month'] ?? ''), numberOf(g, 'day'))),
  pattern(`(?:nhiem ky|giai doan|khoa|term|period)\\s+(?<first>(?:19|20)\\d{2})\\s*[-–—/]\\s*(?<last>(?:19|20)\\d{2})`, (g) => ({
    kind: 'term',
    from: `${g['first']}-01-01`,
    to: `${g['last']}-12-31`,
  })),
  pattern(`(?:6|sau)\\s*(?:thang|t)\\s*(?<which>dau|cuoi)?(?:\\s*nam|\\s*/|\\s*-)?\\s*${YEAR}`, (g) => ({
    kind: 'half',
    ...months(numberOf(g, 'year'), ...half(g['which'] ?? 'dau')),
  })),
  pattern(`nua\\s+(?<which>dau|cuoi)(?:\\s+nam)?\\s+${YEAR}`, (g) => ({
    kind: 'half',
    ...months(numberOf(g, 'year'), ...half(g['which'] ?? 'dau')),
  })),
  pattern(`(?<which>first|second)\\s+(?:half|six months)${OF_YEAR}`, (g) => ({
    kind: 'half',
    ...months(numberOf(g, 'year'), ...half(g['which'] ?? 'first')),
  })),
  pattern(`qu[yi]\\s+(?<quarter>iv|i{1,3}|[1-4]|mot|nhat|hai|ba|bon|tu)(?:\\s+nam|\\s*/|\\s*-)?\\s*${YEAR}`, (g) => quarter(g)),
  pattern(`(?<quarter>first|second|third|fourth)\\s+quarter${OF_YEAR}`, (g) => quarter(g)),
  pattern(`(?<which>dau|giua|cuoi|early|mid|late)(?:\\s+nam)?[\\s-]+${YEAR}`, (g) => season(g['which'] ?? '', numberOf(g, 'year'))),
  pattern(`(?:thang|t)\\s*${MONTH}(?:\\s*,?\\s*(?:cua\\s+)?nam|\\s*[,/.-])?\\s*${YEAR}`, (g) =>
    monthFound(numberOf(g, 'year'), numberOf(g, 'month')),
  ),
  pattern(`thang\\s+${MONTH_WORDS}\\s+nam\\s+${YEAR}`, (g) => monthFound(numberOf(g, 'year'), monthValue(g['month'] ?? ''))),
  pattern(`${MONTH}/${YEAR}`, (g) => monthFound(numberOf(g, 'year'), numberOf(g, 'month'))),
  pattern(`${YEAR}-(?<month>0[1-9]|1[0-2])`, (g) => monthFound(numberOf(g, 'year'), numberOf(g, 'month'))),
  pattern(`${MONTH_NAME}${OF_YEAR}`, (g) => monthFound(numberOf(g, 'year'), englishMonth(g['month'] ?? ''))),
  pattern(`(?:nam\\s+)?${YEAR}`, (g) => ({ kind: 'year', ...months(numberOf(g, 'year'), 1, 12) })),
]

/** Every phrase has a digit; without one nothing is worth looking for. */
const TIMED = /\d/

function quarter(groups: Record<string, string | undefined>): Found | undefined {
  const name = groups['quarter'] ?? ''
  const english = ['first', 'second', 'third', 'fourth'].indexOf(name) + 1
  const value = english || Number(name) || romanValue(name) || wordsValue(name)
  if (value === undefined || value < 1 || value > 4) return undefined
  return { kind: 'quarter', ...months(numberOf(groups, 'year'), value * 3 - 2, value * 3) }
}

/** "Đầu năm" is read as January to April, "giữa năm" as May to August, "cuối năm" as September to December. */
function season(which: string, year: number): Found {
  const first = { dau: 1, early: 1, giua: 5, mid: 5, cuoi: 9, late: 9 }[which] ?? 1
  return { kind: 'season', ...months(year, first, first + 3) }
}

const ROLE_BEFORE: readonly [TimeRole, RegExp][] = [
  ['baseline', /(?:so voi|so sanh voi|cung ky|compared (?:to|with)|than)(?:\s+(?:cung ky|nam|cuoi|dau))*\s*$/],
  ['horizon', /(?:den|toi|truoc|tam nhin|by|until)(?:\s+(?:het|cuoi|nam|den))*\s*$/],
  ['plan', /(?:nhiem vu|phuong huong|ke hoach|cong tac cua|tasks|plans?)(?:\s+(?:cong tac|trong|cua|nam|trong tam|for|of))*\s*$/],
]

/** All time phrases of a text in order; each place belongs to the most specific phrase that covers it. */
export const timeExpressions: (text: string) => readonly TimeExpression[] = remembered((text) => {
  const folded = foldAligned(text)
  return coordinatedTimes(fullTimes(text, folded), folded, (phrase) => fullTimes(phrase, phrase))
})

/** Time phrases that need nothing beside them. */
function fullTimes(text: string, folded: string): TimeExpression[] {
  const found: TimeExpression[] = []
  if (!TIMED.test(folded)) return found
  const taken: Span[] = []
  for (const { regex, read } of PATTERNS) {
    for (const match of folded.matchAll(regex)) {
      const span = { start: match.index, end: match.index + match[0].length }
      if (taken.some((other) => span.start < other.end && other.start < span.end)) continue
      const isEnglish = ENGLISH_MONTHS.includes((match.groups?.['month'] ?? '').slice(0, 3))
      if (isEnglish && hasAccents(text.slice(span.start, span.end))) continue
      const value = read(match.groups ?? {})
      if (value === undefined) continue
      taken.push(span)
      found.push({ ...value, ...span, role: roleOf(folded.slice(Math.max(0, span.start - 40), span.start)) })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** "từ ngày 27 đến ": what follows ends a span of days or years, it is no target. */
const SPAN_BEFORE = /(?<![a-z])tu\s+(?:(?:ngay|nam)\s+)?\d{1,4}(?:[/.-]\d{1,4}){0,2}\s+(?:den|toi)(?:\s+(?:ngay|nam|het))*\s*$/

function roleOf(before: string): TimeRole {
  if (SPAN_BEFORE.test(before)) return 'event'
  return ROLE_BEFORE.find(([, regex]) => regex.test(before))?.[0] ?? 'event'
}
