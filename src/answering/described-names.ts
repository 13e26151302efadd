// In: a question of a conversation that speaks of "the one who …", and a way to answer questions. Out: the question with the name
// the documents give for it. Names come from proofs alone, never from what was said before; where they leave doubt, the words stay.
import { atSameEvent } from '../conversation/same-event.ts'
import type { StandaloneQuestion } from '../conversation/standalone-question.ts'
import { fold, foldAligned, hasAccents } from '../language/folding.ts'
import { properNames } from '../language/proper-names.ts'
import type { RoleTable } from '../language/roles.ts'
import type { Answer } from './answer.ts'

/** Most descriptions looked up for one question: each costs a search. */
const MAX_LOOKED_UP = 2

/** What is looked up, and with what. */
export interface NameSources {
  readonly roles: RoleTable
  readonly answer: (question: string) => Promise<Answer>
}

/**
 * The question as it is searched: descriptions of people and events replaced by names, where the answer to the question they
 * come from has exactly one.
 */
export async function withDescribedNames({ text, described }: StandaloneQuestion, { roles, answer }: NameSources): Promise<string> {
  let whole = text
  const found: { readonly words: string; readonly name: string }[] = []
  for (const { kind, text: words, question } of described.slice(-MAX_LOOKED_UP)) {
    const asked = found.reduce((known, each) => replaced(known, each.words, each.name), question)
    const proven = await answer(asked)
    const name = kind === 'person' ? personIn(proven, roles.rolesIn(asked), roles) : conferenceIn(proven)
    if (name === undefined) continue
    found.push({ words, name })
    const named = replaced(whole, words, name)
    whole = kind === 'person' ? atSameEvent(named, asked) : named
  }
  return whole
}

/** The one conference all proofs come from. */
function conferenceIn({ citations }: Answer): string | undefined {
  const names = new Set(citations.map(({ conference }) => conference.name))
  return names.size === 1 ? citations[0]?.conference.name : undefined
}

/** The one person all proofs name; in a proof that names several, the one whose part of the sentence has the role asked for. */
function personIn({ citations }: Answer, asked: ReadonlySet<string>, roles: RoleTable): string | undefined {
  const people = new Set(citations.map(({ quote }) => personOf(quote, asked, roles)))
  return people.size === 1 ? [...people][0] : undefined
}

function personOf(quote: string, asked: ReadonlySet<string>, roles: RoleTable): string | undefined {
  const names = [...new Set(properNames(quote))]
  if (names.length <= 1) return names[0]
  const starts = names.map((name) => quote.indexOf(name))
  return names.find((_, i) => {
    const own = quote.slice(i === 0 ? 0 : starts[i], starts[i + 1] ?? quote.length)
    return [...roles.rolesIn(own)].some((role) => asked.has(role))
  })
}

/** The text with a name for the words, spelt without accents where the rest is. */
function replaced(text: string, words: string, name: string): string {
  const at = foldAligned(text).indexOf(foldAligned(words))
  if (at < 0) return text
  const [before, after] = [text.slice(0, at), text.slice(at + words.length)]
  return `${before}${hasAccents(before + after) ? name : fold(name)}${after}`
}
