// In: a question that says who played which role, and the documents it is about. Out: whether they say otherwise, and where. What
// they leave open is no contradiction.
import type { SourceDocument } from '../corpus/source-document.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { properNames } from '../language/proper-names.ts'
import { sentenceSpans } from '../language/sentences.ts'
import type { Span } from '../language/spans.ts'
import { syllables } from '../language/syllables.ts'
import type { Anchor } from './question-anchors.ts'

/** A sentence that names who played a role. */
export interface RoleStatement extends Span {
  readonly document: SourceDocument
}

/** A role that the question gives to somebody. */
export interface ClaimedRole {
  /** Id in `data/roles.json`. */
  readonly role: string
  readonly person: Anchor
}

/** Roles an event has somebody for; many attend, and reports do not name them all. */
const HELD = new Set(['opening', 'closing', 'chairing', 'moderating', 'reporting'])
/** Most syllables between a person and what the person is said to have done. */
const REACH = 4
const ASKS_WHO = /(?<![\p{L}])(?:ai|người nào|who)(?![\p{L}])/iu
/** Before a role: it names a part of the event, not what somebody did there. */
const PART_OF_EVENT = /(?:buổi|lễ|phiên|ngày|giờ|ở|tại|trong|sau|trước|bài|từ)\s*$/iu

/** Roles the question gives to people it names: "ông A bế mạc", "hội nghị do ông A chủ trì". */
export function claimedRoles(question: string, names: readonly Anchor[], { roles }: Pick<LanguageKnowledge, 'roles'>): ClaimedRole[] {
  if (ASKS_WHO.test(question)) return []
  return names.flatMap((person) => {
    const after = headOf(question.slice(person.end))
    const before = tailOf(question.slice(0, person.start))
    const claimed = [...roles.rolesIn(after.text), ...roles.rolesIn(before)].filter((role) => HELD.has(role))
    const isPart = claimed.every((role) => PART_OF_EVENT.test(beforeRole(question.slice(person.end), role, { roles })))
    return isPart ? [] : claimed.map((role) => ({ role, person }))
  })
}

function headOf(text: string): { readonly text: string } {
  const words = syllables(text.split(/[,;:?]/)[0] ?? '')
  return { text: text.slice(0, words[REACH + 1]?.end ?? words.at(-1)?.end ?? 0) }
}

/** "chủ trì của ông A": what stands right before. */
function tailOf(text: string): string {
  const words = syllables(text)
  return /(?:của|bởi)\s+(?:\p{L}+\s+){0,2}$/u.test(text) ? text.slice(words.at(-REACH)?.start ?? 0) : ''
}

/** What stands before the first place from which the role can be read. */
function beforeRole(text: string, role: string, { roles }: Pick<LanguageKnowledge, 'roles'>): string {
  const words = syllables(text)
  const last = words.findLast(({ start }) => roles.rolesIn(text.slice(start)).has(role))
  return last === undefined ? '' : text.slice(0, last.start)
}

/** Where documents give a claimed role to somebody else; undefined when one of them gives it to the person, or none to anybody. */
export function contradiction(
  { role, person }: ClaimedRole,
  documents: readonly SourceDocument[],
  { roles }: Pick<LanguageKnowledge, 'roles'>,
): RoleStatement | undefined {
  let found: RoleStatement | undefined
  for (const document of documents) {
    let named: readonly string[] = []
    for (const span of sentenceSpans(document.text, { start: 0, end: document.text.length })) {
      const sentence = document.text.slice(span.start, span.end)
      const own = properNames(sentence)
      const speaks = own.length > 0 ? own : named
      named = speaks
      if (!roles.rolesIn(sentence).has(role)) continue
      const words = ` ${syllables([sentence, ...speaks].join(' '))
        .map(({ folded }) => folded)
        .join(' ')} `
      if (person.keys.some((key) => words.includes(` ${key} `))) return undefined
      if (own.length > 0) found ??= { document, start: span.start, end: span.end }
    }
  }
  return found
}
