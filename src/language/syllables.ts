// In: canonical text. Out: its syllables with their places. A syllable is what Vietnamese writes between spaces.
import { syllableKey } from './canonical.ts'
import { fold } from './folding.ts'
import { eachWord } from './words.ts'

/** One syllable or number of a text. */
export interface Syllable {
  /** As written. */
  readonly text: string
  /** Comparison key with accents, see `syllableKey`. */
  readonly key: string
  /** Comparison key without accents. */
  readonly folded: string
  /** UTF-16 offset of the first unit. */
  readonly start: number
  /** UTF-16 offset after the last unit. */
  readonly end: number
}

/** All syllables of a text in order; numbers count as syllables, punctuation does not. */
export function syllables(text: string): Syllable[] {
  const found: Syllable[] = []
  eachWord(text, (start, end) => {
    const word = text.slice(start, end)
    const key = syllableKey(word)
    found.push({ text: word, key, folded: fold(key), start, end })
  })
  return found
}

/** Number of syllables, the unit of length for Vietnamese text. */
export function syllableCount(text: string): number {
  let count = 0
  eachWord(text, () => count++)
  return count
}
