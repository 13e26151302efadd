// In: a text. Out: the quantities it states as numbers with their units, so that "250 đại biểu" and "hai trăm năm mươi đại biểu"
// or "1,2 tỷ đồng" and "1.200 triệu đồng" can be told to be the same. Dates, ordinals and numbers of decisions are no quantities.
import { fold, foldAligned, hasAccents } from './folding.ts'
import { asksForResult, isAimedAt } from './intentions.ts'
import { digitValue } from './numerals.ts'
import { decisionNumbers, ordinalMentions } from './ordinals.ts'
import { overlap, type Span } from './spans.ts'
import { timeExpressions } from './time-expressions.ts'

/** A quantity of a text. */
export interface Quantity extends Span {
  /** The number; a share of a hundred where the unit is `%`. */
  readonly value: number
  /** First syllable of what is counted, folded; `%` for shares; empty when nothing follows. */
  readonly unit: string
}

const SCALES: Readonly<Record<string, number>> = { tram: 100, nghin: 1e3, ngan: 1e3, trieu: 1e6, ty: 1e9, ti: 1e9 }
const DIGITS = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)?'
const NUMBER_WORD = 'không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|linh|lẻ'
const SCALE = 'trăm|nghìn|ngàn|triệu|tỷ|tỉ'
const FRACTION = '(?:một\\s+)?nửa(?!\\s+nhiệm)|(?<share>một|hai|ba)\\s+phần\\s+(?<of>hai|ba|tư|năm|mười)'
const START = '(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-/.,])'
const PHRASE = `${START}(?:(?<fraction>${FRACTION})|(?<digits>${DIGITS})(?<scale>(?:\\s+(?:${SCALE})(?![\\p{L}\\p{N}]))*)|(?<words>(?:${NUMBER_WORD})(?:\\s+(?:${NUMBER_WORD})(?![\\p{L}\\p{N}]))*))(?![\\p{L}\\p{N}])(?<percent>\\s*%|\\s+phần\\s+trăm)?(?:\\s+(?<unit>\\p{L}+))?`
/** In a text with accents a number is written with them: "sau" is no six. */
const WITH_ACCENTS = new RegExp(PHRASE, 'gu')
const WITHOUT_ACCENTS = new RegExp(fold(PHRASE), 'gu')

/** Quantities in the order of the text. */
export function quantities(text: string): Quantity[] {
  const accented = hasAccents(text)
  const matches = [...(accented ? text.toLowerCase() : foldAligned(text)).matchAll(accented ? WITH_ACCENTS : WITHOUT_ACCENTS)]
  if (matches.length === 0) return []
  const others = [...timeExpressions(text), ...ordinalMentions(text), ...decisionNumbers(text)]
  return matches.flatMap((match) => {
    const groups = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, value && fold(value)]))
    const { fraction, digits, scale = '', percent } = groups
    const { words, unit } = withoutUnit(groups['words'], groups['unit'] ?? '')
    const length = words === undefined ? endOf(match[0], match.groups?.['unit'] ?? '') : words.length
    const span = { start: match.index, end: match.index + length }
    if (others.some((other) => overlap(span, other))) return []
    if (fraction !== undefined) return [{ ...span, value: shareOf(groups), unit: '%' }]
    const value = digits === undefined ? wordNumber(words ?? '') : scaled(digitNumber(digits), scale)
    const counts = digits !== undefined || /\s/.test(words ?? '') || isCounted(text, span, unit)
    const counted = percent === undefined ? (SIGNS[text[span.start - 1] ?? ''] ?? unit) : '%'
    return value === undefined || !counts ? [] : [{ ...span, value, unit: counted }]
  })
}

/** Whether a text states a quantity of a unit, as in `Quantity`. A unit that is a word has to stand there; signs stand for the others. */
export function countsIn(text: string, unit: string): boolean {
  const isWord = unit !== '%' && !Object.values(SIGNS).includes(unit)
  if (isWord && !foldAligned(text).includes(unit)) return false
  return quantities(text).some((quantity) => quantity.unit === unit)
}

const endOf = (phrase: string, unit: string) => (unit === '' ? phrase : phrase.slice(0, phrase.lastIndexOf(unit))).trimEnd().length

/** "hai năm", "hai mươi năm": a digit behind a whole number is no part of it but what is counted. */
function withoutUnit(words: string | undefined, unit: string): { words: string | undefined; unit: string } {
  const all = words?.split(/\s+/) ?? []
  const at = all.findIndex((word, i) => i > 0 && isDigit(word) && isDigit(all[i - 1] as string))
  const year = all.findIndex(
    (word, i) => i > 0 && word === 'nam' && !['linh', 'le'].includes(all[i - 1] as string) && !isMultiplied(all[i + 1]),
  )
  const cut = Math.min(...[at, year].filter((place) => place > 0))
  if (words === undefined || cut === Number.POSITIVE_INFINITY) return { words, unit }
  return { words: all.slice(0, cut).join(' '), unit: all[cut] as string }
}

/** Signs before a number, by the first syllable of what is counted then. */
const SIGNS: Readonly<Record<string, string>> = { $: 'usd', '€': 'euro', '£': 'bang', '¥': 'yen' }

const isDigit = (word: string) => digitValue(word) !== undefined
const isMultiplied = (word: string | undefined) => word === 'muoi' || (word ?? '') in SCALES

/** A single number word counts only where it is written so with its accents, and something follows it. */
const ONE_WORD = /^(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)$/iu

function isCounted(text: string, { start, end }: Span, unit: string): boolean {
  return unit !== '' && ONE_WORD.test(text.slice(start, end))
}

function digitNumber(digits: string): number {
  const plain = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(digits) ? digits.replaceAll('.', '') : digits
  return Number(plain.replace(',', '.'))
}

function scaled(value: number, scale: string): number {
  return scale
    .trim()
    .split(/\s+/)
    .reduce((product, word) => product * (SCALES[word] ?? 1), value)
}

function shareOf({ share, of }: Record<string, string | undefined>): number {
  if (of === undefined) return 50
  return (100 * (digitValue(share ?? 'mot') ?? 1)) / (of === 'muoi' ? 10 : (digitValue(of) ?? 1))
}

/** "hai tram nam muoi" 250, "muoi hai nghin" 12,000; undefined when the words are no number. */
function wordNumber(phrase: string): number | undefined {
  let [total, section, digit] = [0, 0, undefined as number | undefined]
  let read = false
  for (const word of phrase.trim().split(/\s+/)) {
    const scale = SCALES[word]
    if (isDigit(word)) digit = digitValue(word)
    else if (word === 'muoi') [section, digit] = [section + (digit ?? 1) * 10, undefined]
    else if (word === 'tram') [section, digit] = [section + (digit ?? 1) * 100, undefined]
    else if (scale !== undefined) [total, section, digit] = [(total + section + (digit ?? 0) || 1) * scale, 0, undefined]
    else continue
    read = true
  }
  return read ? total + section + (digit ?? 0) : undefined
}

const ASKED = /(?<![\p{L}\p{N}])(?:bao nhieu|how many)\s+(?<unit>\p{L}+)/u
const ASKED_MONEY =
  /(?<![\p{L}\p{N}])(?:bao nhieu (?:tien|dong|trieu|ty|ti|kinh phi|von)|(?:kinh phi|so tien|tong von|von dau tu|tong muc dau tu|gia tri).{0,60}bao nhieu)/u
const ASKED_SHARE = /(?<![\p{L}\p{N}])(?:bao nhieu (?:phan tram|%)|(?:ty|ti) le|may phan tram|percent(?:age)?)(?![\p{L}\p{N}])/u

/** Unit of the quantity a question asks for, as in `Quantity`: `dong` for money, `%` for shares; undefined when it names none. */
export function askedUnit(question: string): string | undefined {
  const folded = foldAligned(question)
  if (ASKED_SHARE.test(folded)) return '%'
  if (ASKED_MONEY.test(folded)) return 'dong'
  return ASKED.exec(folded)?.groups?.['unit']
}

/** Units of time, shares and money: what is counted in one of them is counted in no other. */
const MEASURES = new Set(['%', 'dong', 'nam', 'thang', 'tuan', 'ngay', 'gio', 'phut', 'giay', 'usd', 'dollar', 'euro'])

/** First syllables of currencies: "đô la", "bảng Anh", "nhân dân tệ". */
const CURRENCIES = new Set([
  'dong',
  'vnd',
  'usd',
  'dollar',
  'do',
  'euro',
  'eur',
  'bang',
  'yen',
  'won',
  'nhan',
  'franc',
  'rup',
  'rub',
  'baht',
  'kip',
])
const ASKED_DONG = /(?<![\p{L}\p{N}])bao nhieu (?:(?:trieu|ty|ti) )?dong(?![\p{L}\p{N}])/u

/**
 * Whether a text states a quantity that may be what a question asks for: of its unit, in any currency where money is asked for, or,
 * where neither is a measure, of any; where
 * results are asked for, one that is not just aimed at. */
export function mayCount(question: string, text: string): boolean {
  const unit = askedUnit(question)
  const result = asksForResult(question)
  const anyCurrency = unit === 'dong' && !ASKED_DONG.test(foldAligned(question))
  const fits = ({ unit: counted }: Quantity) =>
    unit === undefined || counted === unit || (anyCurrency && CURRENCIES.has(counted)) || !(MEASURES.has(unit) || MEASURES.has(counted))
  return newQuantities(text, question).some((quantity) => fits(quantity) && !(result && isAimedAt(text, quantity)))
}

/** How the figures of two texts stand to each other: the same, different ones of the same unit, or nothing to compare. */
export type FigureComparison = 'same' | 'different' | 'unrelated'

/**
 * Compares what two texts state about one thing. Figures of the unit asked for decide; without such, all figures of units
 * both have: they differ when no figure of either is found in the other.
 * @param question its own figures do not count, and it may name a unit
 */
export function comparedFigures(one: string, other: string, question = ''): FigureComparison {
  const unit = askedUnit(question)
  const isAsked = (quantity: Quantity) => quantity.unit === unit
  const [left, right] = [newQuantities(one, question), newQuantities(other, question)]
  const decided = left.some(isAsked) && right.some(isAsked)
  const [ours, theirs] = decided ? [left.filter(isAsked), right.filter(isAsked)] : [left, right]
  if (ours.some((a) => theirs.some((b) => isSameQuantity(a, b)))) return 'same'
  return ours.some((a) => theirs.some((b) => a.unit === b.unit && a.unit !== '')) ? 'different' : 'unrelated'
}

/** Quantities of a text that its question does not state already. */
function newQuantities(text: string, question: string): Quantity[] {
  const given = quantities(question)
  return quantities(text).filter((quantity) => !given.some((asked) => isSameQuantity(asked, quantity)))
}

/** Whether two quantities are the same number, both shares or both none; units are not compared. */
export function isSameQuantity(a: Quantity, b: Quantity): boolean {
  return Math.abs(a.value - b.value) < 1e-9 * Math.max(1, Math.abs(a.value)) && (a.unit === '%') === (b.unit === '%')
}
