// In: a question and what earlier ones established. Out: the question with "hội nghị đó", "ông ấy", "ở đó", "it" replaced by what
// they stand for. What nothing was said about stays as it is.
import { isEnglish } from '../language/answer-type.ts'
import { foldAligned, hasAccents } from '../language/folding.ts'
import type { ConversationContext } from './conversation-context.ts'
import { inLanguageOf, lowerFirst } from './placement.ts'
import { aboutOf, namedPerson, unpunctuated } from './question-parts.ts'
import { scopePhrases } from './scope-phrases.ts'

/** What was taken over from earlier questions. */
export interface CarriedSlot {
  readonly slot: 'conference' | 'period' | 'person' | 'topic'
  readonly text: string
}

/** A text and what was put into it. */
export interface Resolved {
  readonly text: string
  readonly carried: readonly CarriedSlot[]
}

const THAT = '(?:do|nay|ay|kia|noi tren|vua roi|vua qua|tren)'
const EVENT = '(?:hoi nghi|cuoc hop|phien hop|ky hop|hoi thao|buoi hop|buoi lam viec|su kien|buoi le|so ket|tong ket|hop)'
const of = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'u')

/** What points in Vietnamese (folded); English words are looked for in English questions only: "hệ" and "ít" fold to "he" and "it". */
const VIETNAMESE = {
  conference: of(`${EVENT}\\s+${THAT}`),
  there: of('(?:o|tai|trong)\\s+(?:do|day|dip nay|dip do)|(?:luc|khi|hom|dip)\\s+(?:do|ay)'),
  time: of('lan\\s+(?:nay|do|ay)'),
  year: of('nam\\s+(?:do|ay|nay)'),
  /** "Ông nói gì?" */
  alone: of(
    '(?:ong|ba|dong chi)(?=\\s+(?:noi|phat bieu|con|cung|da|yeu cau|de nghi|nhan manh|khang dinh|giu|lam gi|co|la ai|la nguoi|chu tri|du|neu|danh gia|mang|tung|bieu duong|luu y|keu goi)(?![\\p{L}\\p{N}]))',
  ),
  person: of(
    '(?:ong|ba|anh|co|chi|vi|nguoi|dong chi|nhan vat|lanh dao|dai tuong|thuong tuong|bo truong|thu truong)\\s+(?:ay|do(?!\\s+(?:ai|don|co|bo|dang))|nay|kia|ta)',
  ),
} as const
const ENGLISH = {
  conference: of(
    '(?:that|this|the same) (?:conference|meeting|event|review)|the conference|the meeting|(?<!time is )it(?! (?:true|rain|snow))',
  ),
  there: of('there|at that time'),
  time: of('this time'),
  alone: of('(?!)'),
  year: of('that year'),
  person: of('he|she|him|that person'),
} as const
const BARE_CONFERENCE = of('hoi nghi')
const THING =
  /(?<![\p{L}\p{N}])(?<noun>(?:luc luong|van de|noi dung|phong trao|chi tieu|muc tieu|con so|chuong trinh|de an|chu de|linh vuc|nhiem vu|ke hoach|du lieu|mo hinh|cong tac|nghi quyet|chi thi|viec|dieu|ty le|ket qua|thanh tich|so lieu|cau|y|loi|y kien|phat bieu|nhan dinh|thong tin|phat ngon))\s+(?:do|nay|ay|kia)(?![\p{L}\p{N}])/u

/** "Nó được sơ kết khi nào?" */
const IT = /^no(?=\s+(?:duoc|bi|la|co|gom|noi|keo|do|dien|quy|yeu|nham|ap|da)(?![\p{L}\p{N}]))/u

/** Replaces references. */
export function resolveReferences(question: string, context: ConversationContext): Resolved {
  let text = question
  const carried: CarriedSlot[] = []
  const replace = (pattern: RegExp, slot: CarriedSlot['slot'], value: string | undefined, put: (value: string) => string = (v) => v) => {
    const match = pattern.exec(foldAligned(text))
    if (match === null || value === undefined || isNotMeant(match, text) || namesItself(text.slice(0, match.index), slot)) return false
    text = text.slice(0, match.index) + put(value) + text.slice(match.index + match[0].length)
    carried.push({ slot, text: value })
    return true
  }
  const { period, person } = context
  const words = isEnglish(question) ? ENGLISH : VIETNAMESE
  const conference = context.conference === undefined ? undefined : inLanguageOf(question, context.conference)
  if (!replace(words.person, 'person', person)) replace(words.alone, 'person', person)
  const event = replace(words.conference, 'conference', conference)
  // "ông ấy nói gì ở đó": the description of the person names the place already, what points at it is left out.
  const placed = person !== undefined && carried.length > 0 && conference !== undefined && person.includes(conference)
  if (placed) text = withoutPlace(text)
  if (!event && !placed && !replace(words.time, 'conference', conference, atPlace(text)))
    replace(words.there, conference === undefined ? 'period' : 'conference', conference ?? period, atPlace(text))
  const year = /(?:19|20)\d\d/.exec(period ?? conference ?? '')?.[0]
  replace(words.year, 'period', year, (value) => (/^\d/.test(value) ? `năm ${value}` : value))
  replace(IT, 'topic', isPerson(context.topic ?? '') ? undefined : context.topic)
  const thing = THING.exec(foldAligned(text))
  if (thing !== null) {
    const noun = text.slice(thing.index, thing.index + (thing.groups?.['noun']?.length ?? 0))
    const value = thingMeant(noun, context)
    if (value !== undefined)
      replace(
        THING,
        'topic',
        value,
        (topic) => `${SAYING.test(foldAligned(noun)) ? 'về ' : ''}${thing.index === 0 ? topic : lowerFirst(topic)}`,
      )
  }
  if (carried.length === 0 && isBareConference(text) && !scopePhrases(text).some(({ kind }) => kind === 'conference'))
    replace(BARE_CONFERENCE, 'conference', conference)
  return { text, carried }
}

function withoutPlace(text: string): string {
  const match = new RegExp(`\\s+${VIETNAMESE.there.source}`, 'u').exec(foldAligned(text))
  return match === null ? text : text.slice(0, match.index) + text.slice(match.index + match[0].length)
}

/** Whether the question itself names what a later word of it points at. */
function namesItself(before: string, slot: CarriedSlot['slot']): boolean {
  if (slot === 'person') return namedPerson(before) !== undefined
  if (slot === 'topic') return false
  return scopePhrases(before).some(({ kind }) => kind === 'conference' || slot === 'period')
}

const atPlace = (question: string) => (value: string) => {
  if (/\b(?:there|that time)\b/i.test(question)) return `at ${value}`
  return /^(?:ngày|ngay|tháng|thang|năm|nam|\d)/iu.test(value) ? value : `tại ${value}`
}

/** What is said is said about something. */
const SAYING = /^(?:cau|y|loi)$/
const isPerson = (topic: string) => namedPerson(topic) === topic

const POINTING = new Set('đó này ấy kia ta trên rồi qua đây'.split(' '))
const POINTED_AT = new Set('ông bà anh cô chị vị người'.split(' '))
/** One-syllable nouns that fold to commoner words: "có đó", "chỉ này", "vì đó". */
const AMBIGUOUS = /^(?:co|chi|vi|anh)\s/

/** Accents, where the question has any, tell "người đó" from "người do", "vị này" from "vì này". */
function isNotMeant(match: RegExpExecArray, text: string): boolean {
  const source = text.slice(match.index, match.index + match[0].length).toLowerCase()
  if (isEnglish(text) || foldAligned(source).trim() === 'hoi nghi') return false
  if (!hasAccents(text)) return AMBIGUOUS.test(match[0]) || match[0] === 'ba'
  const words = source.split(/\s+/)
  if (/^(?:ông|bà|đồng chí|nó)$/.test(source)) return false
  if (words.length === 2 && /^(?:ong|ba|anh|co|chi|vi|nguoi)$/.test(foldAligned(words[0] ?? '')) && !POINTED_AT.has(words[0] ?? ''))
    return true
  return !POINTING.has(words.at(-1) ?? '') && words.at(-1) !== 'nay'
}

/** "hội nghị" alone, with nothing that names or asks which. */
function isBareConference(text: string): boolean {
  return /(?<![\p{L}\p{N}])hoi nghi(?=\s*[?.!,]|\s*$|\s+(?:ket thuc|dien ra|keo dai|khai mac|be mac|bat dau|hop|do ai|co (?:bao nhieu|may|nhung ai)|to chuc|noi gi|ban|de ra|dat ra|duoc|gom))/u.test(
    foldAligned(text),
  )
}

/** What "lực lượng này", "dữ liệu đó" mean: the topic itself, or the noun as a part of it. */
function thingMeant(noun: string, { question, topic }: ConversationContext): string | undefined {
  const about = aboutOf(question)?.text
  const isSpoken = /^(?:phat bieu|nhan dinh|y kien|phat ngon|thong tin)$/.test(foldAligned(noun))
  if (about !== undefined && /^(?:ket qua|thanh tich)$/.test(foldAligned(noun))) return `${noun} của ${about}`
  if (about !== undefined) return isSpoken ? `${noun} về ${about}` : about
  if (topic === undefined || isPerson(topic)) return undefined
  const [folded, wanted] = [foldAligned(topic), foldAligned(noun)]
  if (folded.includes(wanted) || /^(?:luc luong|van de|noi dung|viec|dieu|linh vuc|cau|y|loi)$/.test(wanted)) return unpunctuated(topic)
  return `${noun} của ${topic}`
}
