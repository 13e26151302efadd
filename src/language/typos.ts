// In: a question and what the corpus knows. Out: the question with mistyped syllables replaced by the nearest known ones.
// Only syllables nobody knows are touched, and short ones only where the neighbours confirm the repair.
import { romanValue } from './numerals.ts'
import { type Syllable, syllables } from './syllables.ts'

/** What is known about syllables, all folded and in lower case. */
export interface SyllableLexicon {
  /** Whether the language or the corpus has the syllable. */
  knows(folded: string): boolean
  /** How often the corpus has the two next to each other. */
  pairs(left: string, right: string): number
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Shorter syllables have too many neighbours. */
const MIN_LENGTH = 3
const MAX_LENGTH = 16
/** No syllable of Vietnamese has so many letters: hardly two words of that length are a single edit apart. */
const TELLING_LENGTH = 8

/**
 * Replaces unknown syllables of 3–16 letters, Roman numerals apart, by a known one a single edit away that stands beside the same
 * neighbours in the corpus; a word of eight letters and more, such as a foreign name, also by the only one there is.
 */
export function repairTypos(text: string, lexicon: SyllableLexicon): string {
  const parts = syllables(text)
  let repaired = ''
  let at = 0
  parts.forEach((part, i) => {
    const better = isMistyped(part, lexicon) ? nearest(part.folded, parts[i - 1]?.folded, parts[i + 1]?.folded, lexicon) : undefined
    repaired += text.slice(at, part.start) + (better === undefined ? part.text : likeWritten(better, part.text))
    at = part.end
  })
  return repaired + text.slice(at)
}

/** A name stays a name. */
const likeWritten = (word: string, written: string) => (/^\p{Lu}/u.test(written) ? word.charAt(0).toUpperCase() + word.slice(1) : word)

function isMistyped({ text, folded }: Syllable, lexicon: SyllableLexicon): boolean {
  return (
    /^\p{L}+$/u.test(text) &&
    /^[a-z]+$/.test(folded) &&
    folded.length >= MIN_LENGTH &&
    folded.length <= MAX_LENGTH &&
    romanValue(folded) === undefined &&
    !lexicon.knows(folded)
  )
}

function nearest(folded: string, left: string | undefined, right: string | undefined, lexicon: SyllableLexicon): string | undefined {
  let best: { word: string; support: number } | undefined
  const known = [...singleEdits(folded)].filter((word) => lexicon.knows(word))
  if (known.length === 1 && folded.length >= TELLING_LENGTH) return known[0]
  for (const word of known) {
    const support = (left === undefined ? 0 : lexicon.pairs(left, word)) + (right === undefined ? 0 : lexicon.pairs(word, right))
    if (support > (best?.support ?? 0)) best = { word, support }
  }
  return best?.word
}

/** All strings one deletion, exchange of neighbours, replacement or insertion away (Damerau 1964). */
function singleEdits(word: string): Set<string> {
  const edits = new Set<string>()
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)]
    if (tail !== '') edits.add(head + tail.slice(1))
    if (tail.length > 1) edits.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`)
    for (const letter of LETTERS) {
      if (tail !== '') edits.add(head + letter + tail.slice(1))
      edits.add(head + letter + tail)
    }
  }
  edits.delete(word)
  return edits
}
