// In: a question that stands alone. Out: its parts that a later question may leave out: what it is about, whom it is about.
// Reads user turns only; nothing an assistant said ever comes here.
import { foldAligned } from '../language/folding.ts'
import { properNames } from '../language/proper-names.ts'
import { scopePhrases } from './scope-phrases.ts'

const word = (source: string) => `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`

const ASKING =
  'la ai|cua ai|do ai|nhung ai|ai|nguoi nao|la gi|nhung gi|ve viec gi|gi|the nao|nhu the nao|ntn|ra sao|khi nao|bao gio|bao nhieu|bao lau|vi sao|tai sao|o dau|tai dau|may|nao|dau(?! (?:nam|tien|tu|thang|ky|giua))|co khong|khong'
const ENGLISH_ASKING = 'who|whom|what|when|where|which|why|how(?: many| much| long)?'

/** A question word, Vietnamese (folded) or English. */
export const QUESTION_WORD = new RegExp(word(`${ASKING}|${ENGLISH_ASKING}`), 'u')

/** The predicate that holds the question: "là bao nhiêu", "có chủ đề gì", "được nhắc ở hội nghị nào", "nói gì về …". */
const PREDICATE = new RegExp(
  `\\s+(?:${word('la|co|noi|neu|ban|duoc|bi|gom|do|o|tai|vao|ve|dat|phai|dien ra|ket thuc|keo dai|khai mac|be mac|bat dau|hop|to chuc|de ra|dat ra|xac dinh|danh gia|yeu cau|lam|giu')}(?:\\s+(?!la\\s)[\\p{L}\\p{N}]+){0,6}?\\s+)?${word(ASKING)}.*$`,
  'u',
)

/** What a question is about: its words before the predicate that asks; undefined when it begins by asking or asks nothing. */
export function subjectOf(question: string): string | undefined {
  const folded = foldAligned(question)
  const aiLa = new RegExp(`^(.*?)${word('ai (?:la|lam)')}\\s*(.+)$`, 'u').exec(folded)
  if (aiLa !== null) {
    const at = question.length - (aiLa[2] as string).length
    return unpunctuated(`${question.slice(at).replace(/[?\s]+$/, '')} ${question.slice(0, (aiLa[1] as string).length)}`)
  }
  const match = PREDICATE.exec(folded)
  const subject = unpunctuated(match === null ? question : question.slice(0, match.index))
  if (match === null && QUESTION_WORD.test(folded)) return undefined
  return subject === '' ? undefined : subject
}

/** The text without closing punctuation and doubled spaces. */
export function unpunctuated(text: string): string {
  return text
    .replace(/[\s?!.,;:]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const TITLES =
  'ong|ba|dong chi|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|bo truong|thu truong|thu tuong|pho thu tuong|chu tich nuoc|tong bi thu|pho giam doc|giam doc'
const TITLED = new RegExp(
  `${word(`(?:${TITLES})(?:\\s+(?:${TITLES}))*`)}(?:\\s+(?!(?:do|ay|nay|kia|ta|nao|la|da|se|noi|phat|chu|du|lam|giu|o|tai|co|khai|be|ket|dieu|dai|trinh|doc|duoc|bi|thi|toi|den|tham|yeu|danh|nhan|va|trong|voi)(?![\\p{L}\\p{N}]))[\\p{L}]+){0,4}`,
  'gu',
)

const TITLE_ALONE = new RegExp(`^(?:${TITLES})(?:\\s+(?:${TITLES}))*(?:\\s+bo cong an)?$`, 'u')

/** Whether words for a person are a title or an office without a name: who that is depends on the event. */
export function isOfficeOnly(person: string): boolean {
  return TITLE_ALONE.test(foldAligned(person))
}

/** A run of capitalised words that opens a text and is no title: "Tô Lâm phát biểu gì …". */
function leadingName(question: string): string | undefined {
  const run = /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3}(?!\p{L})/u.exec(question)?.[0]
  return run === undefined || properNames(`… ${run}`).length === 0 ? undefined : run
}

/** The person a question names, with title: "ông Trần Quốc Tỏ", "Thủ tướng"; undefined when it names none. */
export function namedPerson(question: string): string | undefined {
  const titled = [...foldAligned(question).matchAll(TITLED)]
    .map((match) => capitalised(question, match) ?? question.slice(match.index, match.index + match[0].length))
    .filter((person) => !/^(?:[oô]ng|b[aà]|[dđ][oồ]ng ch[ií])$/iu.test(person))
  if (titled.length > 0) return titled.at(-1)
  return leadingName(question) ?? properNames(question).find((name) => name.split(' ').length >= 3)
}

/** Title and capitalised name as they are written, where the text has capitals: "Đại tướng Tô Lâm", not "Đại tướng Tô". */
function capitalised(question: string, match: RegExpExecArray): string | undefined {
  const title = new RegExp(`^(?:${TITLES})(?:\\s+(?:${TITLES}))*`, 'u').exec(match[0])?.[0] ?? ''
  const after = match.index + title.length
  if (/^\s+(?:bo|cong|ban|dang|van|cuc|so|tong|chinh)\s/u.test(foldAligned(question.slice(after)))) return undefined
  const name = /^(?:\s+\p{Lu}\p{Ll}+){2,4}/u.exec(question.slice(after))
  return name === null ? undefined : question.slice(match.index, after + name[0].length)
}

const ASKED_PERSON = new RegExp(word('ai|nguoi nao|vi nao|lanh dao nao|dong chi nao'), 'u')

/** Whether a question asks for a person. */
export function asksForPerson(question: string): boolean {
  return /^who\s/iu.test(question) || ASKED_PERSON.test(foldAligned(question))
}

/** Whom the words "ông ấy" mean after a question: the person it names, or "người chủ trì …" when it asked "ai chủ trì …". */
export function personOf(question: string): string | undefined {
  const plain = unpunctuated(question)
  const english = /^who\s+(?!is\b|was\b)(.+)$/iu.exec(plain)
  if (english !== null) return `the person who ${english[1]}`
  const isWho = /^who\s+(?:is|was)\s+(.+)$/iu.exec(plain)
  if (isWho !== null) return isWho[1]
  const folded = foldAligned(plain)
  const asked = ASKED_PERSON.exec(folded)
  if (asked === null) return namedPerson(question)
  const before = plain.slice(0, asked.index).trim()
  const after = plain.slice(asked.index + asked[0].length).trim()
  if (after === '') return before.replace(/\s+(?:là|la)$/iu, '').replace(/\s+do$/iu, '')
  if (/\s?do$/iu.test(before)) return `người ${after} ${before.replace(/\s*do$/iu, '')}`.trim()
  const office = /^(?:là|la)\s+(.+)$/iu.exec(after)
  const description = office === null ? `người ${after}` : (office[1] as string)
  return unpunctuated(`${description} ${before}`)
}

const ABOUT = new RegExp(
  `${word('(?:(?:noi|neu|danh gia|bao cao|yeu cau|chi dao|phat bieu|ban|dua ra)(?:\\s+(?:gi|nhung gi|the nao))?)\\s+ve')}\\s+(.+)$`,
  'u',
)

/** "Tổng Bí thư đánh giá lực lượng công an thế nào …" */
const JUDGED =
  /(?<![\p{L}\p{N}])(?:danh gia|nhan xet|nhan dinh)\s+(?!ve |chung |the nao|ra sao|nhu the nao|gi )((?:[\p{L}\p{N}]+\s+){1,8}?)(?=(?:nhu the nao|the nao|ra sao)(?![\p{L}\p{N}]))/u

/** What a question asks about after "nói gì về": place and words, without the scope that follows. */
export function aboutOf(question: string): { readonly start: number; readonly end: number; readonly text: string } | undefined {
  const judged = JUDGED.exec(foldAligned(question))
  const match = ABOUT.exec(foldAligned(question)) ?? judged ?? /\babout\s+(.+)$/iu.exec(question)
  if (match === null) return undefined
  const limit = match === judged ? match.index + match[0].length : question.length
  const start = match.index + match[0].length - (match[1] as string).length
  const scope = scopePhrases(question).find((phrase) => phrase.start > start)
  const text = unpunctuated(question.slice(start, Math.min(scope?.start ?? limit, limit))).replace(/\s+(?:tại|tai|ở|o|trong|at|in)$/iu, '')
  return text === '' || QUESTION_WORD.test(foldAligned(text)) ? undefined : { start, end: start + text.length, text }
}
