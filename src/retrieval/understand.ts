// In: a question as typed. Out: the question as it is searched: its language, Vietnamese search words, scope and content.
// What the user typed is kept beside it and is what is shown.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { type AnswerType, answerType, isEnglish } from '../language/answer-type.ts'
import type { EnglishGlossary } from '../language/english-glossary.ts'
import { foldAligned } from '../language/folding.ts'
import { contentOf, withoutFrame } from '../language/question-frames.ts'
import type { RoleTable } from '../language/roles.ts'
import { syllables } from '../language/syllables.ts'
import { type Interpretation, interpret, speaksOfEvent } from './interpretation.ts'
import type { NamedSpan, NameGazetteer } from './name-gazetteer.ts'
import { namedEvent } from './named-event.ts'
import type { Speller, Spelling } from './spelling.ts'

/** A question in the words it is searched by: all that the model needs to read it. */
export interface ReadableQuestion {
  /** As asked, canonical. */
  readonly question: string
  readonly language: 'vi' | 'en'
  /** The question as it was probably meant: accents put back, typing residue decoded. */
  readonly spelling: Spelling
  /** Names of the corpus that the question holds, as the corpus writes them. */
  readonly names: readonly string[]
  /** What the model reads: the spelling without greeting and polite request, as a question. */
  readonly embedText: string
  /** Vietnamese words to search with; the question itself without its polite frame when it is Vietnamese. */
  readonly searchText: string
}

/** A question, understood. */
export interface UnderstoodQuestion extends ReadableQuestion {
  /** Search text without question words and without the phrases that name the scope: what an answer has to be about. */
  readonly content: string
  /** Whether nothing is asked but a fact of the event itself: when, where, how long it was. */
  readonly aboutEvent: boolean
  readonly interpretation: Interpretation
}

/** What a question is understood with. */
export interface UnderstandingTools {
  readonly index: CorpusIndex
  readonly glossary: EnglishGlossary
  readonly speller: Speller
  readonly names: NameGazetteer
  readonly roles: RoleTable
  /** Keys of words that hold a question together. */
  readonly functionWords: ReadonlySet<string>
}

/** The words by which a canonical question is searched in one state of the corpus. */
export function readable(question: string, { glossary, speller, names }: UnderstandingTools): ReadableQuestion {
  const language = isEnglish(question) ? 'en' : 'vi'
  const spelt = language === 'en' ? { text: question, confidence: 1 } : speller.spell(question)
  const named = names.find(spelt.text)
  const spelling = { ...spelt, text: withNames(spelt.text, named) }
  const plain = withoutFrame(spelling.text)
  return {
    question,
    language,
    spelling,
    names: named.map(({ name }) => name),
    embedText: asQuestion(plain),
    searchText: language === 'en' ? glossary.searchWords(plain) : plain,
  }
}

const asQuestion = (plain: string) => `${plain}?`

/** What the model reads of a question that is meant as it is spelt. */
export const embeddedText = (question: string) => asQuestion(withoutFrame(question))

/** Understands what a question asks of one state of the corpus. */
export function understand(question: ReadableQuestion, tools: UnderstandingTools): UnderstoodQuestion {
  const { searchText, spelling } = question
  const read = { ...interpret(searchText, tools.index), answerType: answerType(withoutFrame(spelling.text)) }
  const content = contentOf(searchText, read.scopeSpans)
  const event = eventNamed(searchText, content, read, tools)
  const interpretation = event === undefined ? read : { ...read, conferenceIds: [event.id] }
  const roles = [...tools.roles.rolesIn(content)]
  const nobodys = roles.every((role) => read.answerType === 'date' && STAGES.has(role))
  const nothingElse = event !== undefined && EVENT_FACTS.has(read.answerType) && nobodys
  const aboutEvent = nothingElse || asksAboutEvent(withoutName(content, interpretation, tools.index), read.answerType)
  return { ...question, content: aboutEvent ? '' : content, aboutEvent, interpretation }
}

/** The event whose name holds all that a question about an event is about, but for roles: "sơ kết 2 năm Nghị quyết 12". */
function eventNamed(searchText: string, content: string, { conferenceIds, unmatched }: Interpretation, tools: UnderstandingTools) {
  if (conferenceIds !== null || unmatched.length > 0 || !speaksOfEvent(searchText)) return undefined
  const written = tools.index.abbreviations.writtenOut(content)
  const blanked = tools.roles.blanked(written).replace(EVENT_WORDS, (words) => ' '.repeat(words.length))
  const telling = syllables(written).filter(({ key, start }) => blanked[start] !== ' ' && !tools.functionWords.has(key))
  return namedEvent(
    telling.map(({ folded }) => folded),
    tools.index,
  )
}

/** Roles that are stages of an event too: when it is asked for the time, nobody's part in it is meant. */
const STAGES: ReadonlySet<string> = new Set(['opening', 'closing'])

/** Fewest syllables from the beginning of an event's name on that name it. */
const MIN_NAME = 3

/** The content without the name of the one event it is bound to: "Hội nghị Công an tỉnh A khai mạc" asks for no more than "khai mạc". */
function withoutName(content: string, { conferenceIds }: Interpretation, index: CorpusIndex): string {
  const [id = '', ...others] = conferenceIds ?? []
  const name = others.length === 0 ? index.conferences.get(id)?.name : undefined
  if (name === undefined) return content
  const wanted = syllables(name).map(({ folded }) => folded)
  const words = syllables(content)
  for (const [at, first] of words.entries()) {
    let length = 0
    while (length < wanted.length && words[at + length]?.folded === wanted[length]) length++
    if (length >= MIN_NAME) return content.slice(0, first.start) + content.slice(words[at + length - 1]?.end)
  }
  return content
}

/** Kinds of answers that an event as such has: when, where, how long. */
const EVENT_FACTS: ReadonlySet<AnswerType> = new Set(['date', 'place', 'duration', 'comparison', 'statement', 'definition', 'list'])

const EVENT_WORDS =
  /(?<![\p{L}\p{N}])(?:hoi nghi|hn|duoc|cuoc hop|hop|dien ra|to chuc|khai mac|be mac|ket thuc|keo dai|buoi le|cong an|ca nuoc|ca|toan quoc|trong|kho tai lieu|tai lieu|vao|xong|ngay|buoi|thoi gian|dia diem|va|lan|nay|do|cua|o|tai|hai|nhau|may|khac|giong|gom|noi dung|lam|viec|nhung|cac|de|bo|so ket|tong ket|dot|phien|cuoc|la)(?![\p{L}\p{N}])/gu

/** What is asked for by name where a place is: "họp ở hội trường nào". */
const PLACE_WORDS =
  /(?<![\p{L}\p{N}])(?:hoi truong|thanh pho|tinh|noi|tru so|phong hop|phong|nha|quan|huyen|xa|phuong|nuoc|quoc gia|cho|held|take place|took place|venue)(?![\p{L}\p{N}])/gu

/** The text with the names as the corpus writes them. */
function withNames(text: string, named: readonly NamedSpan[]): string {
  return named.reduceRight((spelt, { name, start, end }) => spelt.slice(0, start) + name + spelt.slice(end), text)
}

function asksAboutEvent(content: string, type: AnswerType): boolean {
  if (type === 'person') return /(?<![a-z])to chuc(?![a-z])/.test(foldAligned(content)) && withoutEventWords(content) === ''
  if (type === 'place') return withoutEventWords(foldAligned(content).replace(PLACE_WORDS, ' ')) === ''
  return EVENT_FACTS.has(type) && withoutEventWords(content) === ''
}

/** What is left of the content when the words for an event and its course are taken away. */
function withoutEventWords(content: string): string {
  return foldAligned(content)
    .replace(EVENT_WORDS, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
