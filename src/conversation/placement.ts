// In: a question that leaves out its event, and the event. Out: the question with the event where Vietnamese or English puts it.
// Also the shared wording: language, accents and capitals of what is put together from two questions.
import { isEnglish } from '../language/answer-type.ts'
import { fold, foldAligned, hasAccents } from '../language/folding.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import { SpelledPattern } from '../language/spelled-pattern.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import { QUESTION_WORD, unpunctuated } from './question-parts.ts'
import { englishOrdinal } from './scope-phrases.ts'

/** Predicates whose subject is the event itself. */
const EVENT_PREDICATE = new SpelledPattern(
  '^(?:đã |sẽ |được |bị )?(?:kết thúc|diễn ra|kéo dài|bế mạc|khai mạc|bắt đầu|họp|tổ chức|có bao nhiêu|có mấy|có những|có ai|do ai|do đơn vị|do cơ quan|gồm|bàn|nói(?! dung)|nêu|đề ra|đặt ra|xác định|yêu cầu|đánh giá|thảo luận|ở đâu|tại đâu|khi nào|lúc nào|ngày nào|ngày mấy|là hội nghị|tên là|lần thứ mấy|nhằm|vào|nhấn mạnh|phát động)',
)

/** Whether a predicate needs an event for its subject: "họp ở đâu". */
export const isEventPredicate = (predicate: string) => EVENT_PREDICATE.test(predicate)

/** "Nêu các nhiệm vụ", "Tóm tắt giúp tôi": what is to be done with the event. */
const IMPERATIVE = new SpelledPattern('^(?:nêu|kể tên|kể|liệt kê|tóm tắt|mô tả|trình bày|giải thích|phân tích)(?= )')
const FOR_ME = /(?:\s+(?:giúp|giup|cho|giùm|gium|tôi|toi|mình|minh|em|với|voi|đi|di|lại|lai|nội dung|noi dung))+$/iu

/** "Ai chủ trì": a verb that takes the event as its object, at the end. */
const EVENT_OBJECT =
  /(?:chu tri|dieu hanh|dieu khien|khai mac|be mac|tham du|toi du|den du|du|to chuc|ket luan|chu toa|dan dat|phat bieu (?:ket luan|khai mac|be mac|chi dao))$/

const ASKS_WHO =
  /^(?:co\s+)?(?:nhung\s+)?(?:ai|nguoi nao|lanh dao nao|vi nao|dong chi nao|vi lanh dao nao|ong nao|don vi nao|co quan nao)(?![\p{L}\p{N}])/u

/** Puts an event into a question that has none. */
export function withEvent(question: string, event: string): string {
  const plain = unpunctuated(question)
  if (isEnglish(question))
    return `${plain}${/\b(?:chair|chaired|open|opened|close|closed|attend|attended|organi[sz]ed?|moderated?)$/i.test(plain) ? '' : ' at'} ${event}?`
  const folded = foldAligned(plain)
  if (IMPERATIVE.test(plain) && !QUESTION_WORD.test(folded)) {
    const bare = plain.replace(FOR_ME, '')
    return `${bare}${/\s/.test(bare.replace(/^(?:tóm tắt|tom tat|kể tên|ke ten|mô tả|mo ta|trình bày|trinh bay|giải thích|giai thich|phân tích|phan tich|liệt kê|liet ke)/iu, '').trim()) || bare.split(' ').length > 2 ? ' tại' : ''} ${event}`
  }
  if (/^bao nhieu\s|^may\s(?!ngay)/.test(folded)) return `${event} có ${lowerFirst(plain)}?`
  if (ASKS_WHO.test(folded)) return `${plain}${EVENT_OBJECT.test(folded) ? '' : ' tại'} ${event}?`
  if (EVENT_PREDICATE.test(plain)) return `${event} ${lowerFirst(plain)}?`
  return `Tại ${event}, ${lowerFirst(plain)}?`
}

/** Puts a time into a question that has none. */
export function withPeriod(question: string, period: string): string {
  const plain = unpunctuated(question)
  if (isEnglish(question)) return `${plain} in ${period}?`
  return `${period} ${lowerFirst(plain)}?`
}

/** The event in the language of the question, as far as numbers carry its name. */
export function inLanguageOf(question: string, event: string): string {
  const english = isEnglish(question)
  const foreign = /\b(?:the|conference|meeting)\b/i.test(event)
  if (english === foreign) return event
  const ordinal = ordinalMentions(event).find(({ noun }) => noun === 'conference' || noun === 'event')
  if (ordinal === undefined) return english ? (timedInEnglish(event) ?? fold(event)) : event
  return english ? `the ${englishOrdinal(ordinal.value)} conference` : `hội nghị lần thứ ${ordinal.value}`
}

function timedInEnglish(event: string): string | undefined {
  const time = timeExpressions(event).find(({ role }) => role === 'event')
  const year = time?.from?.slice(0, 4)
  if (time === undefined || year === undefined) return undefined
  return time.kind === 'half'
    ? `the conference on the ${time.from?.endsWith('01-01') ? 'first' : 'last'} six months of ${year}`
    : `the ${year} conference`
}

/**
 * Gives a question put together of others one spelling: where the longer of them are typed without accents, all of it is,
 * so that accents are put back evenly; the first letter is a capital unless everything is small.
 */
export function inOneSpelling(text: string, sources: readonly string[]): string {
  const plain = sources.some((source) => syllableCount(source) >= 3 && !hasAccents(source)) && !sources.every(isEnglish)
  const isShort = sources.every((source) => syllableCount(source) < 5 || hasAccents(source))
  const spelled = plain && !isShort && !sources.some((source) => hasAccents(source) && syllableCount(source) >= 5) ? fold(text) : text
  return sources.every((source) => source === source.toLowerCase()) ? spelled : upperFirst(spelled)
}

const syllableCount = (text: string) => text.match(/\p{L}+/gu)?.length ?? 0

/** The first letter small, unless a name or abbreviation begins there. */
export function lowerFirst(text: string): string {
  const [first = '', second = ''] = text.split(/\s+/)
  const isVerbBeforeBody = /^(?:Bầu|Bau|Dự|Theo|Về|Do|Ông|Bà)$/u.test(first)
  const isName = !isVerbBeforeBody && ((/^\p{Lu}/u.test(second) && /^\p{Lu}/u.test(first)) || /^\p{Lu}{2}/u.test(first))
  const isOffice = /^(?:Bộ (?:trưởng|Công|Chính)|Đảng|Quốc hội|Thủ tướng|Đại (?:tướng|tá|hội)|Thượng|Đề án|Nghị quyết|Chính phủ)/u.test(
    text,
  )
  return isName || isOffice ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

/** The first letter a capital. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
