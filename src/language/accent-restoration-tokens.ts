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

/** Tokens of a text in order. A short all-capitals word without capital neighbours in a text with small letters is an acronym, thus foreign. */
export function accentTokens(text: string): AccentToken[] {
  const matches = [...text.matchAll(TOKEN)]
  const mixedCase = LOWER.test(text)
  let end = 0
  return matches.map((match, i) => {
    const isUpper = (at: number): boolean => UPPER_WORD.test(matches[at]?.[0] ?? '')
    const acronym = mixedCase && match[0].length <= LONGEST_ACRONYM && isUpper(i) && !isUpper(i - 1) && !isUpper(i + 1)
    const startsClause = i === 0 || CLAUSE_END.test(text.slice(end, match.index))
    end = match.index + match[0].length
    return { text: match[0], start: match.index, startsClause, ...identity(match[0], acronym) }
  })
}

function identity(text: string, acronym: boolean): Pick<AccentToken, 'word' | 'folded'> {
  if (/\p{N}/u.test(text)) return { word: NUMBER, folded: NUMBER }
  const word = traditionalTonePlacement(text.toLowerCase())
  const folded = fold(word)
  return !acronym && hasSyllableShape(folded) ? { word, folded } : { word: FOREIGN, folded: FOREIGN }
}
