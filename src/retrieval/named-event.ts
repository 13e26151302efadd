// In: what a question is about, word by word. Out: the one event of the corpus whose name holds all of it. Several events, or a
// word that is in no name, name none.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { syllables } from '../language/syllables.ts'

/** Fewest different words of an event's name that name it. */
const MIN_WORDS = 3

/** Folded words of each event's name, made once for an index. */
const wordsOf = new WeakMap<CorpusIndex, readonly { readonly event: Conference; readonly words: ReadonlySet<string> }[]>()

/** The event named by folded words; words for events as such are left out by the caller. */
export function namedEvent(words: readonly string[], index: CorpusIndex): Conference | undefined {
  const asked = new Set(words)
  if (asked.size < MIN_WORDS) return undefined
  const named = eventWords(index).filter(({ words: name }) => [...asked].every((word) => name.has(word)))
  return named.length === 1 ? named[0]?.event : undefined
}

function eventWords(index: CorpusIndex) {
  const known = wordsOf.get(index)
  if (known !== undefined) return known
  const made = index.events.map((event) => {
    const name = index.abbreviations.writtenOut(event.name)
    return { event, words: new Set(syllables(name).map(({ folded }) => folded)) }
  })
  wordsOf.set(index, made)
  return made
}
