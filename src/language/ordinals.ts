// In: canonical text. Out: ordinals bound to the noun they count ("Hội nghị … lần thứ 77", "Đại hội XIII", "khóa 15") and
// the numbers of decisions ("Nghị quyết số 12"). A number bound to another noun is another thing: 7 of the one is not 7 of the other.
import { foldAligned, hasAccents } from './folding.ts'
import { numeralValue } from './numerals.ts'
import { remembered } from './remembered.ts'
import { overlap, type Span } from './spans.ts'

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
const ORDINAL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:lan\\s+thu|ky\\s+thu|lan|khoa|thu|l\\.?t\\.?)(?:\\s+|(?=\\d))${NUMERAL}(?![\\p{L}\\p{N}])`,
  'gu',
)
/** A number before a unit counts the unit: "hội nghị 6 tháng", "hội nghị 3 cấp"; a year or day may follow an ordinal. */
const NOT_COUNTING =
  '(?!\\s+(?:thang|nam(?!\\s+(?:19|20)\\d\\d)|ngay(?!\\s+\\d)|gio|buoi|nuoc|ben|cap|nganh|nguoi|tinh(?!\\s+hinh)|thanh pho|don vi|dia phuong|van de)(?!\\p{L}))'
const NOUN_NUMERAL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<noun>hoi nghi|hn|dai hoi)(?<words>(?:\\s+(?:cong an|toan quoc|dang|ca|tq|toan|dang bo))*)\\s+(?:lan\\s+)?(?<numeral>\\d{1,3}|[ivxlc]{1,8})(?![\\p{L}\\p{N}/.%-])${NOT_COUNTING}`,
  'gu',
)
/** "lần thứ 76 và 77", "76 với hội nghị 77": the second number counts the same noun. */
const COORDINATED =
  /^\s*(?:,|va|voi|hay|hoac|and|&|\/)\s*(?:lan\s+thu\s+|lan\s+|thu\s+)?(?<numeral>\d{1,3})(?=\s*(?:[?.,;:!]|$|khac|giong|co|la|ra|thi|dien|duoc|do|o|noi|ve|dat|ai|cua))/u
const ENGLISH = /(?<![\p{L}\p{N}])(?<numeral>\d{1,3})(?:st|nd|rd|th)(?![\p{L}\p{N}])/gu

const NOUNS: readonly [OrdinalNoun, RegExp][] = [
  ['congress', /dai hoi(?! nghi)|\bdh\b|congress/g],
  ['legislature', /quoc hoi|hoi dong nhan dan|national assembly|legislature/g],
  ['plenum', /hoi nghi (?:lan thu \S+ )?(?:ban chap hanh )?trung uong|plenum/g],
  ['conference', /hoi nghi|\bhn\b|conference|hoi thao|ky hop|phien hop|le\b/g],
]

/** Ordinals in order of their place. Weekdays ("thứ 7", "thứ hai") and "thứ" before offices are not ordinals. */
export const ordinalMentions: (text: string) => readonly OrdinalMention[] = remembered((text) => {
  const folded = foldAligned(text)
  const found: OrdinalMention[] = []
  const add = (numeral: string, span: Span, noun: OrdinalNoun) => {
    const value = numeralValue(numeral)
    if (value === undefined || value === 0 || value > 999 || found.some((other) => overlap(other, span))) return
    found.push({ ...span, noun, value })
  }
  const unaccented = !hasAccents(text)
  const addMatch = (match: RegExpExecArray, noun: OrdinalNoun) => {
    const numeral = match.groups?.['numeral'] ?? ''
    const end = match.index + match[0].length
    const bare = !/^(?:lan|ky)\s+thu/.test(match[0])
    if (isWritten(text.slice(end - numeral.length, end), { bare, unaccented })) add(numeral, { start: match.index, end }, noun)
  }
  for (const match of folded.matchAll(ORDINAL)) {
    if (/^(?:thu|lan)\s*/.test(match[0]) && !/^lan\s+thu/.test(match[0]) && !isCounted(folded, match.index)) continue
    if (/^khoa/.test(match[0])) addMatch(match, termNoun(folded, match.index, match.index + match[0].length))
    else addMatch(match, nounBefore(folded, match.index, match.index + match[0].length, 'event'))
  }
  for (const match of folded.matchAll(NOUN_NUMERAL)) {
    addMatch(match, match.groups?.['noun'] === 'dai hoi' ? 'congress' : 'conference')
  }
  for (const { noun, end } of [...found]) {
    const match = COORDINATED.exec(folded.slice(end))
    const numeral = match?.groups?.['numeral'] ?? ''
    if (match !== null) add(numeral, { start: end + match[0].length - numeral.length, end: end + match[0].length }, noun)
  }
  for (const match of folded.matchAll(ENGLISH)) {
    const after = folded.slice(match.index, match.index + 60)
    if (/^\S+\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(after)) continue
    if (/\bcongress\b/.test(after)) addMatch(match, 'congress')
    else if (/\bconference\b/.test(after)) addMatch(match, 'conference')
    else if (/\bnational assembly\b/.test(after)) addMatch(match, 'legislature')
  }
  return found.sort((a, b) => a.start - b.start)
})

/** A bare "lần 77" or "thứ 77" counts only right after a noun that can be counted. */
function isCounted(folded: string, at: number): boolean {
  return /(?:hoi nghi|\bhn\b|dai hoi|ky hop|phien hop|hoi thao)[^.;:,?!]{0,40}$/.test(folded.slice(Math.max(0, at - 70), at))
}

/** Number words as they are spelled: "lần sau" and "Đại hội Nam Bộ" hold no numeral, though they fold to some. */
const NUMBER_WORDS = new Set('nhất nhì hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi một mốt'.split(' '))
/** Roman numerals that are words too, such as "vi phạm" or "xi măng"; without "lần thứ" they count in capitals only. */
const ROMAN_WORDS = new Set('i v x l c vi xi li'.split(' '))

/** Whether a numeral found in the folded text is one as it stands in the source. */
function isWritten(source: string, { bare, unaccented }: { bare: boolean; unaccented: boolean }): boolean {
  if (/^\d/.test(source)) return true
  if (/^[ivxlc]+$/i.test(source)) return !bare || !ROMAN_WORDS.has(source)
  if (unaccented) return !bare || !/^(?:sau|nam)\b/i.test(source)
  return source
    .toLowerCase()
    .split(/\s+/)
    .every((word) => NUMBER_WORDS.has(word))
}

/** What a "khóa" is the term of: the assembly, or the Party where a conference or congress of it is named. */
function termNoun(folded: string, start: number, end: number): OrdinalNoun {
  const noun = nounBefore(folded, start, end, 'legislature')
  if (noun === 'plenum') return 'congress'
  if (noun !== 'conference') return noun
  return /(?:ky|phien) hop[^.;:?!]*$/.test(folded.slice(Math.max(0, start - 70), start)) ? 'legislature' : 'congress'
}

/** The counted noun that stands nearest before the ordinal in its clause, or right after it ("khóa XV của Quốc hội"). */
function nounBefore(folded: string, start: number, end: number, fallback: OrdinalNoun): OrdinalNoun {
  const clause =
    folded
      .slice(Math.max(0, start - 70), start)
      .split(/[;:?!]|\.(?!\p{L})/u)
      .at(-1) ?? ''
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
    nq: 'nghi quyet',
    resolution: 'nghi quyet',
    ct: 'chi thi',
    directive: 'chi thi',
    qd: 'quyet dinh',
    decision: 'quyet dinh',
    project: 'de an',
    decree: 'nghi dinh',
  }),
)

/** A number without "số" may be a year or count something: "kế hoạch 2021", "kế hoạch 5 năm". */
function isNumbered(match: RegExpExecArray): boolean {
  const number = match.groups?.['number'] ?? ''
  if (/(?:so|no\.?|number)\s*\d+$/.test(match[0])) return true
  const after = match.input.slice(match.index + match[0].length)
  return (
    !/^(?:19|20)\d\d$/.test(number) && !/^\s+(?:nam(?!\s+(?:19|20)\d\d)|thang|ngay(?!\s+\d)|van de|noi dung|diem)(?!\p{L})/u.test(after)
  )
}

/** Numbered decisions in order of their place: "Nghị quyết số 12", "NQ 12", "Đề án 06", "Resolution No. 12". */
export const decisionNumbers: (text: string) => readonly DecisionNumber[] = remembered((text) => {
  return [...foldAligned(text).matchAll(DECISION)].filter(isNumbered).map((match) => {
    const noun = match.groups?.['noun'] ?? ''
    return {
      start: match.index,
      end: match.index + match[0].length,
      noun: DECISION_NOUNS.get(noun) ?? noun,
      value: Number(match.groups?.['number']),
    }
  })
})
