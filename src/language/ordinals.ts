// In: canonical text. Out: ordinals bound to the noun they count ("Hội nghị … lần thứ 77", "Đại hội XIII", "khóa 15") and
// the numbers of decisions ("Nghị quyết số 12"). A number bound to another noun is another thing: 7 of the one is not 7 of the other.
import { foldAligned } from './folding.ts'
import { numeralValue } from './numerals.ts'
import type { Span } from './spans.ts'

/** What an ordinal counts; `event` when the text names no noun before it. */
export type OrdinalNoun = 'conference' | 'congress' | 'legislature' | 'plenum' | 'event'

/** An ordinal and what it counts. */
export interface OrdinalMention extends Span {
  readonly noun: OrdinalNoun
  readonly value: number
}

/** A numbered decision, resolution, directive or project. */
export interface DecisionNumber extends Span {
  /** Folded noun, e.g. `nghi quyet`. */
  readonly noun: string
  readonly value: number
}

const NUMERAL =
  '(?<numeral>\\d{1,4}|[ivxlc]{1,8}|(?:nhat|hai|nhi|ba|tu|nam|sau|bay|tam|chin|muoi)(?:\\s+(?:muoi|mot|nhat|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)){0,2})'
const ORDINAL = new RegExp(`(?<![\\p{L}\\p{N}])(?:lan\\s+thu|ky\\s+thu|lan|khoa|thu|l\\.?t\\.?)\\s*${NUMERAL}(?![\\p{L}\\p{N}])`, 'gu')
const NOUN_NUMERAL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<noun>hoi nghi|hn|dai hoi)(?<words>(?:\\s+(?:cong an|toan quoc|dang|ca|tq|toan|dang bo))*)\\s+(?:lan\\s+)?(?<numeral>\\d{1,3}|[ivxlc]{1,8})(?![\\p{L}\\p{N}/.%-])`,
  'gu',
)
const ENGLISH = /(?<![\p{L}\p{N}])(?<numeral>\d{1,3})(?:st|nd|rd|th)(?![\p{L}\p{N}])/gu

const NOUNS: readonly [OrdinalNoun, RegExp][] = [
  ['congress', /dai hoi(?! nghi)|\bdh\b|congress/g],
  ['legislature', /quoc hoi|hoi dong nhan dan|national assembly|legislature/g],
  ['plenum', /hoi nghi (?:lan thu \S+ )?(?:ban chap hanh )?trung uong|plenum/g],
  ['conference', /hoi nghi|\bhn\b|conference|hoi thao|ky hop|phien hop|le\b/g],
]

/** Ordinals in order of their place. Weekdays ("thứ 7", "thứ hai") and "thứ" before offices are not ordinals. */
export function ordinalMentions(text: string): OrdinalMention[] {
  const folded = foldAligned(text)
  const found: OrdinalMention[] = []
  const add = (match: RegExpMatchArray & { index: number }, noun: OrdinalNoun) => {
    const value = numeralValue(match.groups?.['numeral'] ?? '')
    const span = { start: match.index, end: match.index + match[0].length }
    if (value === undefined || value === 0 || value > 999 || found.some((f) => f.start < span.end && span.start < f.end)) return
    found.push({ ...span, noun, value })
  }
  for (const match of folded.matchAll(ORDINAL)) {
    if (/^(?:thu|lan)\s*/.test(match[0]) && !/^lan\s+thu/.test(match[0]) && !isCounted(folded, match.index)) continue
    if (/^khoa/.test(match[0])) add(match, nounBefore(folded, match.index, match.index + match[0].length, 'legislature'))
    else add(match, nounBefore(folded, match.index, match.index + match[0].length, 'event'))
  }
  for (const match of folded.matchAll(NOUN_NUMERAL)) {
    add(match, match.groups?.['noun'] === 'dai hoi' ? 'congress' : 'conference')
  }
  for (const match of folded.matchAll(ENGLISH)) {
    const after = folded.slice(match.index, match.index + 60)
    if (/^\S+\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(after)) continue
    if (/\bcongress\b/.test(after)) add(match, 'congress')
    else if (/\bconference\b/.test(after)) add(match, 'conference')
    else if (/\bnational assembly\b/.test(after)) add(match, 'legislature')
  }
  return found.sort((a, b) => a.start - b.start)
}

/** A bare "lần 77" or "thứ 77" counts only right after a noun that can be counted. */
function isCounted(folded: string, at: number): boolean {
  return /(?:hoi nghi|\bhn\b|dai hoi|ky hop|phien hop|hoi thao)[^.;:,?!]{0,40}$/.test(folded.slice(Math.max(0, at - 70), at))
}

/** The counted noun that stands nearest before the ordinal in its clause, or right after it ("khóa XV của Quốc hội"). */
function nounBefore(folded: string, start: number, end: number, fallback: OrdinalNoun): OrdinalNoun {
  const clause = folded.slice(Math.max(0, start - 70), start).split(/[.;:?!]/).at(-1) ?? ''
  let nearest: { noun: OrdinalNoun; at: number } | undefined
  for (const [noun, regex] of NOUNS) {
    for (const match of clause.matchAll(regex)) {
      const at = match.index + match[0].length
      if (nearest === undefined || at > nearest.at) nearest = { noun, at }
    }
  }
  if (nearest !== undefined) return nearest.noun
  const after = folded.slice(end, end + 30)
  return NOUNS.find(([, regex]) => new RegExp(`^\\s*(?:cua\\s+)?(?:${regex.source})`).test(after))?.[0] ?? fallback
}

const DECISION =
  /(?<![\p{L}\p{N}])(?<noun>nghi quyet|chi thi|de an|quyet dinh|nghi dinh|thong tu|ke hoach|chuong trinh|ket luan|thong tri|cong dien|luat|nq|ct|qd|resolution|directive|project|decision|decree)\s*(?:so|no\.?|number)?\s*(?<number>\d{1,4})(?![\p{L}\p{N}%]|[.,]\d)/gu

const DECISION_NOUNS = new Map(
  Object.entries({
    nq: 'nghi quyet', resolution: 'nghi quyet', ct: 'chi thi', directive: 'chi thi', qd: 'quyet dinh', decision: 'quyet dinh',
    project: 'de an', decree: 'nghi dinh',
  }),
)

/** Numbered decisions in order of their place: "Nghị quyết số 12", "NQ 12", "Đề án 06", "Resolution No. 12". */
export function decisionNumbers(text: string): DecisionNumber[] {
  return [...foldAligned(text).matchAll(DECISION)].map((match) => {
    const noun = match.groups?.['noun'] ?? ''
    return {
      start: match.index,
      end: match.index + match[0].length,
      noun: DECISION_NOUNS.get(noun) ?? noun,
      value: Number(match.groups?.['number']),
    }
  })
}
