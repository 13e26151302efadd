// In: a turn with its references resolved, and what earlier questions established. Out: the turn with what it leaves out put in;
// undefined when it stands alone as it is.
import { isEnglish } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import { decisionNumbers } from '../language/ordinals.ts'
import { properNames } from '../language/proper-names.ts'
import { contentOf } from '../language/question-frames.ts'
import { SpelledPattern } from '../language/spelled-pattern.ts'
import { syllableCount, syllables } from '../language/syllables.ts'
import { again, asksAgain } from './again.ts'
import type { ConversationContext } from './conversation-context.ts'
import { inLanguageOf, isEventPredicate, lowerFirst, upperFirst, withEvent, withPeriod } from './placement.ts'
import { aboutOf, asksForPerson, isOfficeOnly, namedPerson, QUESTION_WORD, subjectOf, unpunctuated } from './question-parts.ts'
import type { CarriedSlot, Resolved } from './references.ts'
import { compared, compares, isOnlyScope, neighbourOf, rescoped } from './rescoped.ts'
import { combinedScope, type ScopePhrase, scopePhrases } from './scope-phrases.ts'
import type { Turn } from './turn.ts'

/** A question with more words of its own than this says itself what it is about. */
const MAX_CONTENT_SYLLABLES = 6

const NOW =
  /(?<![\p{L}\p{N}])(?:hom nay|hom qua|ngay mai|bay gio|hien nay|hien tai|tuan (?:nay|toi|sau)|today|tomorrow|now|currently)(?![\p{L}\p{N}])|^mai(?![\p{L}\p{N}])/u
const COURTESY =
  /^(?:cam on|xin chao|chao|tam biet|ok(?:ay)?|vang|duoc roi|hay qua|tot lam|hello|hi|thanks?|thank you|bye)(?![\p{L}\p{N}])/u
const BARE_QUESTION =
  /^(?:vao |o |tu |trong )?(?:khi nao|luc nao|bao gio|ngay nao|ngay may|hom nao|may gio|nam nao|thang nao|o dau|tai dau|dau|bao nhieu|bao lau|may ngay|vi sao|tai sao|ai|la ai|nhu the nao|the nao|when|where|why|who|how long|how many|how)(?: vay| the)?[\s?!.]*$/u
const PREDICATE_FIRST = new SpelledPattern(
  '^(?:được|bị|có|là|tính|bao nhiêu|mấy|tăng|giảm|đạt|phải|ra sao|thế nào|như thế nào|khi nào|ở đâu|diễn ra|kết thúc|kéo dài|bắt đầu|so với|của|do|thuộc|nêu (?:ở|tại|trong)|ban hành|nhằm|gồm|quy định)',
)
const PERSON_PREDICATE =
  /^(?:giu chuc|lam chuc|la ai|la nguoi|cap bac|mang ham|phat bieu (?:gi|the nao|ra sao|nhung)|noi gi(?! ve)|chi dao gi|yeu cau gi|nhan manh)/u
const ROLE = /(?:chu tri|dieu hanh|khai mac|be mac|ket luan|tham du|du|to chuc|chu toa)(?![\p{L}\p{N}])/u

/** Whether the documents speak of something: whether any two of its words stand together in them. */
export type KnowsWords = (words: string) => boolean

const WHICH_EVENT =
  /(?<![\p{L}\p{N}])(?:hoi nghi|cuoc hop|phien hop|ky hop|su kien|which (?:conference|meeting|event))(?: nao|(?<=conference|meeting|event))(?![\p{L}\p{N}])/u

/** Whether a turn tells of what happens at events, whatever words it has besides. */
function speaksOfEvent(rest: string): boolean {
  return isEventPredicate(unpunctuated(rest)) || ROLE.test(foldAligned(rest))
}

/** "Thế điểm cầu Bắc Kạn do ai chủ trì?": a name that is nobody's tells what the question is about. */
function namesPlace(rest: string): boolean {
  return properNames(rest).length > 0 && namedPerson(rest) === undefined
}

/** Fills in what is left out. */
export function completed(
  turn: Turn,
  context: ConversationContext,
  { carried, isKnown }: { carried: readonly CarriedSlot[]; isKnown: KnowsWords },
): Resolved | undefined {
  const { rest } = turn
  const folded = foldAligned(rest)
  const asIs = carried.length === 0 ? undefined : { text: upperFirst(rest), carried }
  if (NOW.test(folded) || COURTESY.test(folded)) return asIs
  const neighbour = neighbourOf(folded, context.conference)
  if (neighbour !== undefined) return rescoped(neighbour, context)
  if (asksAgain(rest)) return again(rest, context)
  if (BARE_QUESTION.test(folded)) return bareQuestion(rest, context)
  if (compares(rest)) return compared(rest, context)
  const scopes = scopePhrases(rest)
  const content = contentOf(rest, scopes)
  const number = /^\d{1,3}$/.exec(unpunctuated(rest))
  if (number !== null) return rescoped({ kind: 'ordinal', start: 0, end: 3, text: `lần thứ ${number[0]}` }, context)
  const only = scopes.length === 1 && isOnlyScope(rest, scopes[0] as ScopePhrase) ? (scopes[0] as ScopePhrase) : undefined
  if (only !== undefined && (turn.marked || only.kind !== 'conference' || !/\?/.test(rest))) return rescoped(only, context)
  if (scopes.some(({ kind }) => kind === 'conference')) return numberedEvent(scopes, context, asIs)
  if (scopes.length > 0) return partlyScoped(turn, scopes[0] as ScopePhrase, context) ?? asIs
  if (carried.some(({ slot }) => slot === 'conference')) return asIs
  if (carried.length > 0) return withScope(rest, context, carried)
  const asks = QUESTION_WORD.test(folded)
  if ((turn.marked || turn.onlyDifference) && !asks) return withTopic(turn, context)
  if (isOwnSubject(rest) && !turn.marked) return undefined
  if (asks && carried.length === 0 && namesPlace(rest)) return undefined
  if (syllableCount(content) > MAX_CONTENT_SYLLABLES + syllableCount(namedPerson(rest) ?? '') && !turn.marked) return undefined
  if (!turn.marked && !speaksOfEvent(rest) && !isKnown(content)) return undefined
  if (PERSON_PREDICATE.test(folded) && context.person !== undefined) {
    return { text: `${upperFirst(context.person)} ${lowerFirst(rest)}`, carried: [{ slot: 'person', text: context.person }] }
  }
  return asks || syllableCount(rest) <= MAX_CONTENT_SYLLABLES ? withScope(rest, context, []) : undefined
}

/** "Ở lần thứ 76 người bế mạc hội nghị 77 …": the number gets its noun too. */
function numberedEvent(
  scopes: readonly ScopePhrase[],
  { conference }: ConversationContext,
  resolved: Resolved | undefined,
): Resolved | undefined {
  const number = scopes.find(({ kind }) => kind === 'ordinal')
  if (resolved === undefined || number === undefined) return resolved
  const { text } = resolved
  return { ...resolved, text: text.slice(0, number.start) + combinedScope(conference, number) + text.slice(number.end) }
}

/** Names of people and numbers of decisions tell what a question is about. */
function isOwnSubject(question: string): boolean {
  const person = namedPerson(question)
  return decisionNumbers(question).length > 0 || (person !== undefined && (!isOfficeOnly(person) || asksForPerson(question)))
}

/** Whether a predicate only repeats words of the last question: "Thế năm 2024 nói gì?" after "Hội nghị 77 nói gì về công an xã?" */
function isSaidBefore(predicate: string, question: string): boolean {
  const known = new Set(syllables(question).map(({ folded }) => folded))
  const own = syllables(predicate)
  return own.length > 0 && own.every(({ folded }) => known.has(folded))
}

/** A new number or time with words of its own: "Thế lần 76 họp ngày nào?", "Năm 2023 thì bao nhiêu phần trăm?" */
function partlyScoped(turn: Turn, later: ScopePhrase, context: ConversationContext): Resolved | undefined {
  const { rest } = turn
  const after = rest.slice(later.end)
  const topicalised = /^\s*,?\s*(?:thì|thi)\s/iu.test(after)
  if (later.kind === 'time' && !turn.marked && !topicalised) return undefined
  const known = later.kind === 'time' && context.conference === undefined ? context.period : context.conference
  const scope = inLanguageOf(rest, combinedScope(known, later))
  const carried: CarriedSlot[] =
    known === undefined ? [] : [{ slot: context.conference === undefined ? 'period' : 'conference', text: known }]
  const predicate =
    `${rest.slice(0, later.start).replace(/(?:ở|tại|trong|o|tai)\s*$/iu, '')} ${after.replace(/^\s*,?\s*(?:thì|thi)\s/iu, '')}`.trim()
  if (BARE_QUESTION.test(foldAligned(predicate)) && context.conference !== undefined) {
    return bareQuestion(predicate, { ...context, conference: scope })
  }
  const subject = subjectOf(context.question)
  if (PREDICATE_FIRST.test(predicate) && context.topic !== undefined && subject !== undefined) {
    const renewed = rescoped(later, { ...context, question: subject, scopes: scopePhrases(subject) })
    return {
      text: `${upperFirst(unpunctuated(renewed?.text ?? subject))} ${predicate}`,
      carried: [...carried, { slot: 'topic', text: context.topic }],
    }
  }
  if (isSaidBefore(predicate, context.question)) return rescoped(later, context)
  const noun = rest.slice(0, later.start)
  const text = `${noun}${noun === '' ? upperFirst(scope) : scope}${after.replace(/^\s*,?\s*(?:thì|thi)\s/iu, ' ')}`
  return { text: upperFirst(text), carried }
}

/** "Khi nào?", "Vì sao?" alone. */
function bareQuestion(rest: string, context: ConversationContext): Resolved | undefined {
  const plain = unpunctuated(rest)
  const folded = foldAligned(plain)
  if (/^(?:la )?(?:ai|who)/.test(folded)) return again('', context)
  const subject = subjectOf(context.question)
  const carried: CarriedSlot[] = [{ slot: 'topic', text: context.question }]
  if (/^(?:when|where|how long|why)/.test(folded))
    return context.conference === undefined ? undefined : { text: `${upperFirst(plain)} was ${context.conference} held?`, carried }
  if (/vi sao|tai sao/.test(folded)) return { text: `Vì sao ${lowerFirst(withoutAsking(context.question))}?`, carried }
  const event = context.conference ?? subject
  if (event === undefined) return undefined
  if (/bao lau|may ngay/.test(folded)) return { text: `${upperFirst(event)} kéo dài ${lowerFirst(plain)}?`, carried }
  if (/nao|dau|gio/.test(folded)) return { text: `${upperFirst(event)} ${verbOf(context.question)} ${lowerFirst(plain)}?`, carried }
  return subject === undefined ? withScope(rest, context, []) : { text: `${upperFirst(subject)} ${lowerFirst(plain)}?`, carried }
}

function withoutAsking(question: string): string {
  const plain = unpunctuated(question)
  const end =
    /\s+(?:vao )?(?:khi nao|bao gio|luc nao|ngay nao|hom nao|o dau|tai dau|bao lau|la bao nhieu|the nao|nhu the nao|ra sao)$/u.exec(
      foldAligned(plain),
    )
  return end === null ? plain : plain.slice(0, end.index)
}

/** The course of the event the last question was about. */
function verbOf(question: string): string {
  const match = /(?:ket thuc|khai mac|be mac|bat dau|to chuc)/.exec(foldAligned(question))
  return match === null ? 'diễn ra' : question.slice(match.index, match.index + match[0].length)
}

/** Only another topic is named: "Còn về giao thông?", "con chong dich", "Còn bế mạc?" */
function withTopic({ rest, opened }: Turn, context: ConversationContext): Resolved | undefined {
  const { question, conference } = context
  const inSentence = opened ? (topic: string) => topic : lowerFirst
  const topic = unpunctuated(rest).replace(/^(?:về|ve|about)\s+/iu, '')
  const carried: CarriedSlot[] = [{ slot: 'topic', text: question }]
  const about = aboutOf(question)
  if (about !== undefined) return { text: question.slice(0, about.start) + inSentence(topic) + question.slice(about.end), carried }
  const [newRole, oldRole] = [ROLE.exec(foldAligned(topic)), ROLE.exec(foldAligned(question))]
  if (newRole?.index === 0 && oldRole !== null) {
    return { text: question.slice(0, oldRole.index) + lowerFirst(topic) + question.slice(oldRole.index + oldRole[0].length), carried }
  }
  const [person, known] = [namedPerson(topic), namedPerson(question)]
  if (person !== undefined && known !== undefined) return { text: upperFirst(question.replace(known, topic)), carried }
  if (conference !== undefined) {
    const event = inLanguageOf(question, conference)
    const scope: CarriedSlot = { slot: 'conference', text: conference }
    if (person !== undefined) return { text: `${upperFirst(topic)} làm gì tại ${event}?`, carried: [scope] }
    return {
      text: isEnglish(question) ? `What did ${event} say about ${topic}?` : `${upperFirst(event)} nói gì về ${inSentence(topic)}?`,
      carried: [scope],
    }
  }
  const subject = subjectOf(question)
  return subject === undefined || !question.startsWith(subject)
    ? undefined
    : { text: upperFirst(topic) + question.slice(subject.length), carried }
}

/** The event, else the topic, that the turn leaves out. */
function withScope(rest: string, context: ConversationContext, carried: readonly CarriedSlot[]): Resolved | undefined {
  const { conference, period, topic, question } = context
  const fallback = carried.length === 0 ? undefined : { text: upperFirst(rest), carried }
  if (carried.some(({ slot }) => slot === 'topic' || slot === 'person') && scopePhrases(rest).length > 0) return fallback
  const folded = foldAligned(rest)
  const needsSubject = carried.length === 0 && PREDICATE_FIRST.test(rest) && topic !== undefined
  const subject = subjectOf(question)
  if (needsSubject && subject !== undefined && !isOnlyEvent(subject)) {
    return { text: `${upperFirst(subject)} ${lowerFirst(rest)}`, carried: [{ slot: 'topic', text: subject }] }
  }
  if (WHICH_EVENT.test(folded)) return fallback
  if (conference !== undefined) {
    const event = inLanguageOf(rest, conference)
    return { text: upperFirst(withEvent(rest, event)), carried: [...carried, { slot: 'conference', text: conference }] }
  }
  if (carried.length > 0) {
    const isDated = period === undefined || scopePhrases(rest).length > 0 || carried.some(({ slot }) => slot !== 'topic')
    return isDated ? fallback : { text: upperFirst(withPeriod(rest, period)), carried: [...carried, { slot: 'period', text: period }] }
  }
  const joined = subject === undefined ? undefined : joinedAtSharedWords(rest, subject)
  if (joined !== undefined && subject !== undefined) return { text: upperFirst(joined), carried: [{ slot: 'topic', text: subject }] }
  const otherPerson = subject !== undefined && namedPerson(subject) === subject && namedPerson(rest) !== undefined
  if (
    subject !== undefined &&
    topic !== undefined &&
    !(otherPerson && period !== undefined) &&
    !/^(?:co )?ai(?![\p{L}\p{N}])/u.test(folded)
  ) {
    return { text: `Với ${lowerFirst(subject)}, ${lowerFirst(unpunctuated(rest))}?`, carried: [{ slot: 'topic', text: subject }] }
  }
  return period === undefined ? undefined : { text: upperFirst(withPeriod(rest, period)), carried: [{ slot: 'period', text: period }] }
}

function isOnlyEvent(subject: string): boolean {
  const [scope] = scopePhrases(subject)
  return scope !== undefined && isOnlyScope(subject, scope)
}

/** "Xong thí điểm thì làm gì?" after "Làm thí điểm công an phường …": words of both are said once, with what followed them. */
function joinedAtSharedWords(rest: string, subject: string): string | undefined {
  const [words, folded, known] = [syllables(rest), foldAligned(rest), foldAligned(subject)]
  for (let length = Math.min(4, words.length); length >= 2; length--) {
    for (let i = 0; i + length <= words.length; i++) {
      const [start, end] = [words[i]?.start ?? 0, words[i + length - 1]?.end ?? 0]
      const at = ` ${known} `.indexOf(` ${folded.slice(start, end)} `)
      if (at >= 0 && at + end - start < known.length) return rest.slice(0, start) + lowerFirst(subject.slice(at)) + rest.slice(end)
    }
  }
  return undefined
}
