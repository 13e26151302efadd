// In: a question. Out: the phrases that say which event or time it is about, with their places, and how a new phrase takes the
// place of an old one ("lần thứ 76" after "Hội nghị Công an toàn quốc lần thứ 77"). Knows words only, no corpus.
import { foldAligned } from '../language/folding.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import { overlap, type Span } from '../language/spans.ts'
import { type TimeExpression, timeExpressions } from '../language/time-expressions.ts'

/** A phrase that names an event (`conference`), its number alone (`ordinal`), or a time alone (`time`). */
export interface ScopePhrase extends Span {
  readonly kind: 'conference' | 'ordinal' | 'time'
  readonly text: string
}

const EVENT_NOUN = /(?<![\p{L}\p{N}])(?:hoi nghi|hn|cuoc hop|phien hop|ky hop|hoi thao|toa dam|dien dan|so ket|tong ket)(?![\p{L}\p{N}])/gu

/** Words that no name of an event goes beyond: verbs, question words, prepositions of place and purpose. */
const STOPS = new Set(
  `ket-thuc khai-mac be-mac dien-ra bat-dau keo-dai to-chuc hop do tai o vao co noi ban neu de-ra duoc bi la ai gi nao khi bao may the nhu ra da se
  dang xong danh-gia yeu-cau chi-dao giao dat phat-dong phat-bieu xac-dinh thi nhan-manh cho nham de thanh-cong gom bao-gom du tham-du voi thong-qua dua keu-goi
  trinh-bay bieu-duong khang-dinh ghi-nhan chu-tri dieu-hanh co-mat dang-cai noi-dung so-sanh so-voi khac giong muc-tieu chi-tieu tu den ket-luan thao-luan
  sau truoc xay-dung chong phong-chong lam ong ba dong-chi nguoi lanh-dao sang chieu cung van con khong chua bao-cao doc phan-dau a nhi vay nhe ha bang hom luc gio
  who what when where which how did does was were is are end ended close closed start started open opened take took say said last lasted begin began chair
  chaired held happen happened about mention mentioned and at`
    .split(/\s+/)
    .map((words) => words.replace(/-/g, ' ')),
)

/** Words that point at an event instead of naming it. */
const POINTING = /^(?:do|nay|ay|kia|tren|nao|gi|may|vua|noi tren|vua roi|vua qua|day)(?![\p{L}\p{N}])/u

const TRAILING = /(?:\s+(?:va|cua|ve|ngay|nam|thang|thu|lan|thi|trong|in|of|on|for|the|nhung|cac))+$/u

const ENGLISH_EVENT =
  /(?<![\p{L}\p{N}])the\s+(?:(?!the\s)[\p{L}\p{N}'-]+\s+){1,6}?(?:conference|meeting)(?:\s+(?:on|of|in|reviewing|held in)\s+(?:(?:the|commune|police|public|security|crime|traffic|first|second|half|six|months?|of|in|resolution|directive|and|january|february|march|april|may|june|july|august|september|october|november|december|\d+)(?![\p{L}\p{N}])\s*)+)?/gu

const BARE_ORDINAL =
  /(?<![\p{L}\p{N}])(?:(?:lan thu|lan|thu|ky)\s+\d{1,3}|(?:the\s+)?\d{1,3}(?:st|nd|rd|th)(?:\s+one)?)(?![\p{L}\p{N}/.-])/gu

/** All scope phrases of a question in order; a time inside the name of an event is part of it. */
export function scopePhrases(question: string): ScopePhrase[] {
  const folded = foldAligned(question)
  const found: ScopePhrase[] = []
  const add = (kind: ScopePhrase['kind'], start: number, end: number) => {
    if (!found.some((other) => overlap(other, { start, end }))) found.push({ kind, start, end, text: question.slice(start, end) })
  }
  for (const match of folded.matchAll(EVENT_NOUN)) {
    const end = eventEnd(folded, match)
    if (end !== undefined) add('conference', match.index, end)
  }
  for (const match of folded.matchAll(ENGLISH_EVENT)) add('conference', match.index, match.index + match[0].trimEnd().length)
  const others = ordinalMentions(question).filter(({ noun }) => noun !== 'conference' && noun !== 'event')
  for (const match of folded.matchAll(BARE_ORDINAL)) {
    const span = { start: match.index, end: match.index + match[0].length }
    if (!others.some((other) => overlap(other, span))) add('ordinal', span.start, span.end)
  }
  for (const { start, end, role, kind } of timeExpressions(question)) if (role === 'event' && kind !== 'term') add('time', start, end)
  return found.sort((a, b) => a.start - b.start)
}

/** Where the name of an event ends; undefined when the noun stands alone or points elsewhere. */
function eventEnd(folded: string, noun: RegExpExecArray): number | undefined {
  const from = noun.index + noun[0].length
  const after = folded.slice(from)
  if (POINTING.test(after.trimStart())) return undefined
  const dated = /^(?:so ket|tong ket)$/.test(noun[0])
  let end = from
  for (const match of after.matchAll(/\s+([\p{L}\p{N}'./%-]+)([^\s\p{L}\p{N}]*)/gu)) {
    const [whole, word = '', punctuation = ''] = match
    if (from + match.index !== end) break
    const next = /^\s+([\p{L}\p{N}]+)/u.exec(after.slice(match.index + whole.length))?.[1] ?? ''
    if (isStop(word, next, after.slice(0, match.index))) break
    end = from + match.index + whole.length - punctuation.length
    if (punctuation !== '') break
  }
  const phrase = folded.slice(noun.index, end).replace(/[./-]+$/, '')
  const trimmed = phrase.replace(TRAILING, '')
  const described = trimmed.slice(noun[0].length).trim()
  if (described === '' || (dated && !/\d/.test(described))) return undefined
  return noun.index + trimmed.length
}

/** A stop of two words needs both, "tổ chức" but not "tổ"; "năm", "6 tháng" and "Chỉ thị" belong to a name. */
function isStop(word: string, next: string, before: string): boolean {
  if (word === 'nam' || (word === 'sau' && /^(?:thang|nam)$/.test(next))) return false
  if (word === 'thi' && /chi$/.test(before)) return false
  if (word === 'the' && /\b(?:in|of|on|for)$/.test(before)) return false
  return STOPS.has(word) || STOPS.has(`${word} ${next}`)
}

/** What a later phrase means after an earlier one: a whole name replaces, a number or a time replaces its counterpart. */
export function combinedScope(earlier: string | undefined, later: ScopePhrase): string {
  if (later.kind === 'conference' || earlier === undefined) return later.text
  return later.kind === 'ordinal' ? withOrdinal(earlier, later.text) : withTime(earlier, later.text)
}

function withOrdinal(earlier: string, phrase: string): string {
  const value = /\d{1,3}/.exec(phrase)?.[0] ?? ''
  const mention = ordinalMentions(earlier).find(({ noun }) => noun === 'conference' || noun === 'event')
  if (mention !== undefined) {
    const digits = /\d{1,3}(?:st|nd|rd|th)?/.exec(earlier.slice(mention.start, mention.end))
    if (digits !== null) {
      const at = mention.start + digits.index
      const ordinal = /\p{L}$/u.test(digits[0]) ? englishOrdinal(Number(value)) : value
      return earlier.slice(0, at) + ordinal + earlier.slice(at + digits[0].length)
    }
  }
  if (/^the\s|\d(?:st|nd|rd|th)/i.test(phrase)) return `the ${englishOrdinal(Number(value))} conference`
  return `hội nghị ${/^\d/.test(phrase) ? `lần thứ ${value}` : phrase}`
}

/** 76 → "76th". */
export function englishOrdinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13
  return `${value}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')}`
}

const KEEPS_PART_OF_YEAR: ReadonlySet<TimeExpression['kind']> = new Set(['half', 'quarter', 'season', 'year'])

function withTime(earlier: string, phrase: string): string {
  const [later] = timeExpressions(phrase)
  const known = timeExpressions(earlier).find(({ role, kind }) => role === 'event' && kind !== 'term')
  const written = /^\d{4}$/.test(phrase) ? `năm ${phrase}` : phrase.charAt(0).toLowerCase() + phrase.slice(1)
  if (known !== undefined) {
    const old = earlier.slice(known.start, known.end)
    const year = later?.from?.slice(0, 4) ?? ''
    const replaced = later?.kind === 'year' && KEEPS_PART_OF_YEAR.has(known.kind) ? old.replace(/\d{4}/, year) : written
    return earlier.slice(0, known.start) + replaced + earlier.slice(known.end)
  }
  const mention = ordinalMentions(earlier).find(({ noun }) => noun === 'conference' || noun === 'event')
  if (mention === undefined) return `${earlier} ${written}`
  const number = /(?:l[aầ]n\s+)?(?:th[uứ]\s+)?\d{1,3}(?:st|nd|rd|th)?$/iu.exec(earlier.slice(0, mention.end))
  if (number === null) return `${earlier} ${written}`
  if (/^the\s/i.test(earlier)) return earlier.slice(0, number.index) + phrase + earlier.slice(mention.end)
  return earlier.slice(0, number.index) + written + earlier.slice(mention.end)
}
