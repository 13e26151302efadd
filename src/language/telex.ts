// In: a question typed while the input method was off or stumbled ("hooij nghij", "ho65i nghi5"). Out: the same with such tokens
// decoded. Must not touch English, names, codes ("A08", "T6"), or tokens that are Vietnamese with or without marks.
import { fold, hasAccents } from './folding.ts'
import { type TypedSyllable, typedSyllable } from './telex-keys.ts'

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu
const ASCII_TOKEN = /^[a-z][a-z0-9]*$/i
/** Keys of one syllable: more than a letter and a digit, so that "a1" stays; no 0. */
const KEYS = /^(?=[a-z]{2}|[a-z][1-9]{2}|[a-z][1-9][a-z])[a-z][a-z1-9]{1,11}$/
const CAPITALS = /^(?=.*[A-Z].*[A-Z])[A-Z0-9]+$/
const SMALL_LETTER = /\p{Ll}/u
/** What the residues of a text must show together, see {@link evidence}. */
const ENOUGH_EVIDENCE = 2

/** English words and names that spell a Vietnamese syllable in Telex, as "his" does "hí". */
const ENGLISH = new Set(
  `ads alex as book bos box bus car cool dad deep deer des door far fax feed feel feet few food foot for fox free from gas good green
   had has her his how if is its keep las law les lex los look low mars max meet mix moon mr ms need new noon nor not now of or our own
   paris pass per pool poor rex room saw see seed seem show sir six soon taxi tax than their them tom tool us view vs war was week were
   win wood zoo`.split(/\s+/),
)

interface Residue {
  /** UTF-16 offset in the text. */
  readonly at: number
  readonly token: string
  readonly syllable: TypedSyllable
}

/**
 * Decodes residue of Telex and VNI typing. A token is decoded when it is ASCII, not known as it stands, and spells a syllable
 * whose folded form is known. The text as a whole must look like residue too: half of its unknown tokens or more decode, and
 * their keys are evidence enough (one vowel mark, two tones, or one tone among accented words; capitals, as in names, weigh
 * less). Otherwise the text comes back as it is.
 * @param text canonical text (NFC), best a question
 * @param isKnownFolded whether a lower-case folded syllable or word is known, as `AccentModel.knowsFolded`
 */
export function decodeTypingResidue(text: string, isKnownFolded: (folded: string) => boolean): string {
  const unknown = [...text.matchAll(TOKEN)].filter(([token]) => ASCII_TOKEN.test(token) && !isKnownFolded(token.toLowerCase()))
  const candidates = SMALL_LETTER.test(text) ? unknown.filter(([token]) => !CAPITALS.test(token)) : unknown
  const residues = candidates.flatMap((match) => residueOf(match[0], match.index, isKnownFolded))
  const isMost = residues.length * 2 >= candidates.length
  return isMost && evidence(residues, hasAccents(text)) >= ENOUGH_EVIDENCE ? rewritten(text, residues) : text
}

function residueOf(token: string, at: number, isKnownFolded: (folded: string) => boolean): Residue[] {
  const keys = token.toLowerCase()
  if (!KEYS.test(keys) || ENGLISH.has(keys)) return []
  const syllable = typedSyllable(keys)
  return syllable && isKnownFolded(fold(syllable.text)) ? [{ at, token, syllable }] : []
}

/** Two for a vowel mark, one for a tone alone; one less in a capitalised word inside the text, none for a capitalised tone. */
function evidence(residues: readonly Residue[], textHasAccents: boolean): number {
  const weights = new Map(
    residues.map(({ at, token, syllable }) => {
      const isCapitalised = token.charAt(0) !== token.charAt(0).toLowerCase()
      if (!syllable.hasVowelMark) return [token, isCapitalised ? 0 : 1]
      return [token, isCapitalised && at > 0 ? 1 : 2]
    }),
  )
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0)
  const hasSmall = residues.some(({ token }) => token.charAt(0) === token.charAt(0).toLowerCase())
  return textHasAccents && hasSmall ? sum + 1 : sum
}

function rewritten(text: string, residues: readonly Residue[]): string {
  let result = ''
  let end = 0
  for (const { at, token, syllable } of residues) {
    result += text.slice(end, at) + inCaseOf(token, syllable.text)
    end = at + token.length
  }
  return result + text.slice(end)
}

/** All capitals when the token was, else a capital first letter when it had one. */
function inCaseOf(token: string, syllable: string): string {
  if (CAPITALS.test(token)) return syllable.toUpperCase()
  const isCapitalised = token.charAt(0) !== token.charAt(0).toLowerCase()
  return isCapitalised ? syllable.charAt(0).toUpperCase() + syllable.slice(1) : syllable
}
