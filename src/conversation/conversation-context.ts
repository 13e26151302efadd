// In: earlier questions of the user, each standing alone, oldest first. Out: what a later question may refer to.
// Only what the user asked counts; answers may hold anything and are never read.
import { foldAligned } from '../language/folding.ts'
import { aboutOf, namedPerson, personOf, subjectOf, unpunctuated } from './question-parts.ts'
import { type ScopePhrase, scopePhrases } from './scope-phrases.ts'

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
  }
}

/** The event a question names; where it asks which, "hội nghị mà …". */
function conferenceIn(question: string): string | undefined {
  const named = scopePhrases(question).find(({ kind }) => kind === 'conference')
  if (named !== undefined) return named.text
  const asked = /^(?<what>.{3,}?)\s+(?:o|tai|trong)\s+(?<noun>hoi nghi|cuoc hop|phien hop)\s+nao[\s?]*$/u.exec(foldAligned(question))
  if (asked === null) return undefined
  const what = question.slice(0, asked.groups?.['what']?.length)
  return `hội nghị mà ${what}`
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
