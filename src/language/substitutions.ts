// In: a sentence that follows another word for word, but for some words. Out: the words put in the place of others. Where a sentence is
// put freely nothing is found: only what stands between the same neighbours counts.
import { syllables } from './syllables.ts'

/** Most syllables another word may have. */
const LONGEST = 4
const lengths = Array.from({ length: LONGEST }, (_, i) => i + 1)
/** Neighbours that have to be the same on either side. */
const FLANK = 2

/**
 * Syllables of a sentence that stand where its source has others, with the same two neighbours on both sides.
 * @param isContent whether a syllable key says something by itself
 */
export function substitutions(sentence: string, source: string, isContent: (key: string) => boolean): string[] {
  const [said, known] = [keysOf(sentence), keysOf(source)]
  const own = new Set(known)
  const found: string[] = []
  for (let start = FLANK; start < said.length - FLANK; start++) {
    const words = lengths
      .map((length) => said.slice(start, start + length))
      .find((some) => {
        const isNew = some.some((key) => !own.has(key) && isContent(key))
        return (
          isNew && standsForOthers(known, said.slice(start - FLANK, start), said.slice(start + some.length, start + some.length + FLANK))
        )
      })
    if (words === undefined) continue
    found.push(...words)
    start += words.length
  }
  return found
}

function standsForOthers(known: readonly string[], before: readonly string[], behind: readonly string[]): boolean {
  if (behind.length < FLANK) return false
  const isAt = (words: readonly string[], at: number) => words.every((word, i) => known[at + i] === word)
  return known.some((_, at) => {
    if (!isAt(before, at)) return false
    const first = at + FLANK
    return lengths.some((length) => isAt(behind, first + length))
  })
}

const keysOf = (text: string) => syllables(text).map(({ key }) => key)
