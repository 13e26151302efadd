// In: earlier questions of the user, each standing alone, oldest first. Out: what a later question may refer to.
// Only what the user asked counts; answers may hold anything and are never read.
import { foldAligned } from '../language/folding.ts'
import { aboutOf, asksForPerson, namedPerson, personOf, subjectOf, unpunctuated } from './question-parts.ts'
import { type ScopePhrase, scopePhrases } from './scope-phrases.ts'

/** Words that stand for what a question asked for: "người bế mạc hội nghị 77" after "Ai bế mạc hội nghị 77?" */
export interface Description {
  readonly kind: 'person' | 'conference'
  readonly text: string
  /** The question whose answer they stand for. */
  readonly question: string
}

/** What earlier questions have established; the latest mention of each kind. */
export interface ConversationContext {
  /** The last question. */
  readonly question: string
  /** Its scope phrases. */
  readonly scopes: readonly ScopePhrase[]
  /** Name of the event talked about. */
  readonly conference: string | undefined
  /** Time talked about, where the last question names no event. */
  readonly period: string | undefined
  readonly person: string | undefined
  /** What the last question is about, its event left aside. */
  readonly topic: string | undefined
  /** What earlier questions asked for and later ones may speak of. */
  readonly descriptions: readonly Description[]
}

/** Gathers the context. */
export function contextOf(questions: readonly string[]): ConversationContext {
  const question = questions.at(-1) ?? ''
  const latest = <T>(read: (question: string) => T | undefined): T | undefined => {
    for (let i = questions.length - 1; i >= 0; i--) {
      const value = read(questions[i] as string)
      if (value !== undefined) return value
    }
    return undefined
  }
  const scopes = scopePhrases(question)
  return {
    question,
    scopes,
    conference: latest(conferenceIn),
    period: latest((each) => scopePhrases(each).find(({ kind }) => kind === 'time')?.text),
    person: namedPerson(question) ?? latest(personOf),
    topic: aboutOf(question)?.text ?? topicOf(question),
    descriptions: questions.flatMap(descriptionsIn),
  }
}

/** What a question asked for, in words. */
function descriptionsIn(question: string): Description[] {
  const person = asksForPerson(question) ? personOf(question) : undefined
  const conference = conferenceAskedFor(question)
  return [
    ...(person === undefined ? [] : [{ kind: 'person' as const, text: person, question }]),
    ...(conference === undefined ? [] : [{ kind: 'conference' as const, text: conference, question }]),
  ]
}

/** The event a question names; where it asks which, "hội nghị mà …". */
function conferenceIn(question: string): string | undefined {
  return scopePhrases(question).find(({ kind }) => kind === 'conference')?.text ?? conferenceAskedFor(question)
}

const WHICH_EVENT =
  /^(?<before>.*?)(?:(?<![\p{L}\p{N}])(?<place>o|tai|trong)\s+)?(?<![\p{L}\p{N}])(?<noun>hoi nghi|cuoc hop|phien hop|ky hop|su kien)\s+nao(?![\p{L}\p{N}])(?<after>.*)$/u
const WHICH_ENGLISH_EVENT = /^(?:(?:at|in) )?which (?<noun>conference|meeting|event|review) (?<after>.+)$/iu

/** "Đề án 06 được nhắc ở hội nghị nào?" → "hội nghị mà Đề án 06 được nhắc"; undefined when no event is asked for. */
function conferenceAskedFor(question: string): string | undefined {
  if (scopePhrases(question).some(({ kind }) => kind === 'conference')) return undefined
  const plain = unpunctuated(question)
  const english = WHICH_ENGLISH_EVENT.exec(plain)?.groups
  if (english !== undefined) return `the ${english['noun']} ${/^at|^in/i.test(plain) ? 'where' : 'that'} ${english['after']}`
  const asked = WHICH_EVENT.exec(foldAligned(plain))?.groups
  if (asked === undefined) return undefined
  const before = plain.slice(0, asked['before']?.length).trim()
  const after = plain.slice(plain.length - (asked['after']?.length ?? 0)).trim()
  const said = `${before} ${after}`.trim().replace(/\s+(?:là|la)$/iu, '')
  if (said === '') return undefined
  return before === '' && asked['place'] === undefined ? `hội nghị ${after}` : `hội nghị mà ${said}`
}

function topicOf(question: string): string | undefined {
  const subject = subjectOf(question)
  if (subject === undefined) return undefined
  const scopes = scopePhrases(subject).filter(({ kind }) => kind === 'conference')
  const without = scopes.reduceRight((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, subject)
  const bare = unpunctuated(without)
    .replace(/\s+(?:tại|tai|ở|o|trong|của|cua|at|in|nêu ở|neu o)$/iu, '')
    .replace(/^(?:tại|tai|ở|trong|với|voi)\s*,?\s+/iu, '')
    .replace(/^,\s*/, '')
  return bare === '' || /^(?:tại|tai|ở|trong|với)$/iu.test(bare) ? undefined : bare
}
