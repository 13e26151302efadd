// In: canonical text. Out: its syllables with their places. A syllable is what Vietnamese writes between spaces.
import { syllableKey } from './canonical.ts'
import { fold } from './folding.ts'

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

const SYLLABLE = /[\p{L}\p{M}\p{N}]+/gu

/** All syllables of a text in order; numbers count as syllables, punctuation does not. */
export function syllables(text: string): Syllable[] {
  const found: Syllable[] = []
  for (const match of text.matchAll(SYLLABLE)) {
    const key = syllableKey(match[0])
    found.push({ text: match[0], key, folded: fold(key), start: match.index, end: match.index + match[0].length })
  }
  return found
}

/** Number of syllables, the unit of length for Vietnamese text. */
export function syllableCount(text: string): number {
  return text.match(SYLLABLE)?.length ?? 0
}
