// In: canonical text. Out: its tokens as the accent statistics see them, the same when they are counted and when they are
// used. Must not guess accents.
import { traditionalTonePlacement } from './canonical.ts'
import { fold } from './folding.ts'
import { hasSyllableShape } from './telex-syllable.ts'

/** Stand-ins for what is not counted by its spelling: a sentence boundary, any number, any word that is no Vietnamese syllable. */
export const BOUNDARY = '<s>'
export const NUMBER = '<num>'
export const FOREIGN = '<foreign>'

/** One token of a text. */
export interface AccentToken {
  /** As written. */
  readonly text: string
  /** UTF-16 offset of the first unit. */
  readonly start: number
  /** Lower-case syllable with its tone mark in the traditional place, or {@link NUMBER} or {@link FOREIGN}. */
  readonly word: string
  /** `word` without marks; the same as `word` for the stand-ins. */
  readonly folded: string
  /** Whether a sentence, clause or line ends between the token before and this one. */
  readonly startsClause: boolean
}

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu
const CLAUSE_END = /[.?!;:\n…]/
const LOWER = /\p{Ll}/u
const UPPER_WORD = /^\p{Lu}{2,}$/u
/** Longer capital words that could be syllables are emphasis ("KHÔNG"), not acronyms. */
const LONGEST_ACRONYM = 3
const MEMORY_LIMIT = 65_536

type Identity = Pick<AccentToken, 'word' | 'folded'>

/** What words as written turned out to be. */
export type WordMemory = Map<string, Identity>

/**
 * Tokens of a text in order. A short all-capitals word without such neighbours in a text with small letters is an acronym, thus foreign.
 * @param memory for many texts: give every call the same map and words met before cost nothing; it stops growing at 65,536
 */
export function accentTokens(text: string, memory: WordMemory = new Map()): AccentToken[] {
  const matches = [...text.matchAll(TOKEN)]
  const identities = matches.map(([written]) => remembered(written, memory))
  const isCapital = (i: number): boolean => UPPER_WORD.test(matches[i]?.[0] ?? '') && identities[i]?.word !== FOREIGN
  const mixedCase = LOWER.test(text)
  let end = 0
  return matches.map((match, i) => {
    const [written] = match
    const startsClause = i === 0 || CLAUSE_END.test(text.slice(end, match.index))
    end = match.index + written.length
    const acronym = mixedCase && written.length <= LONGEST_ACRONYM && isCapital(i) && !isCapital(i - 1) && !isCapital(i + 1)
    return { text: written, start: match.index, startsClause, ...((acronym ? undefined : identities[i]) ?? FOREIGN_IDENTITY) }
  })
}

const FOREIGN_IDENTITY: Identity = { word: FOREIGN, folded: FOREIGN }
const NUMBER_IDENTITY: Identity = { word: NUMBER, folded: NUMBER }

function remembered(written: string, memory: WordMemory): Identity {
  const known = memory.get(written)
  if (known) return known
  const found = identity(written)
  if (memory.size < MEMORY_LIMIT) memory.set(written, found)
  return found
}

/** A letter and its marks are one unit in a Vietnamese syllable; what has marks beside (of music, two on one letter) is none. */
function identity(written: string): Identity {
  if (/\p{N}/u.test(written)) return NUMBER_IDENTITY
  const word = traditionalTonePlacement(written.toLowerCase())
  const folded = fold(word)
  return folded.length === word.length && hasSyllableShape(folded) ? { word, folded } : FOREIGN_IDENTITY
}
