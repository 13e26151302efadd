// In: a text. Out: the terms it is found by, in families with weights: accented syllables, folded syllables, bigrams of both,
// typed tokens. Documents and questions go through the same analysis, so that both spell alike.
import type { AbbreviationTable } from './abbreviations.ts'
import { hasAccents } from './folding.ts'
import { type Syllable, syllables } from './syllables.ts'
import { typedTokens } from './typed-tokens.ts'

/**
 * Families of terms; the letter is the first of every term of the family.
 * `a` accented syllable · `A` accented bigram · `f` folded syllable · `F` folded bigram · `t` typed token
 */
export type TermFamily = 'a' | 'A' | 'f' | 'F' | 't'

/** Weight of each family in the lexical score. */
export type FamilyWeights = Readonly<Record<TermFamily, number>>

/** Weights for a question with accents: they tell đấu from đầu. Bigrams at half weight (measured on four Vietnamese sets). */
export const ACCENTED_WEIGHTS: FamilyWeights = { a: 1, A: 0.5, f: 0.5, F: 0.25, t: 2 }

/** Weights for a question without accents. */
export const UNACCENTED_WEIGHTS: FamilyWeights = { a: 0, A: 0, f: 1, F: 0.5, t: 2 }

/** Raise when terms change: an index made by another version is rebuilt. */
export const TERMS_VERSION = 3

/** Terms of a text with their frequencies. Abbreviations are expanded; the short form stays. */
export function termFrequencies(text: string, abbreviations: AbbreviationTable): Map<string, number> {
  const frequencies = new Map<string, number>()
  const add = (term: string) => frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  for (const part of [text, ...abbreviations.expansions(text)]) {
    const parts = syllables(part)
    parts.forEach((syllable, index) => {
      add(`a${syllable.key}`)
      add(`f${syllable.folded}`)
      const next = parts[index + 1]
      if (next !== undefined && adjacent(part, syllable, next)) {
        add(`A${syllable.key} ${next.key}`)
        add(`F${syllable.folded} ${next.folded}`)
      }
    })
  }
  for (const token of typedTokens(text)) add(`t${token}`)
  return frequencies
}

/** Two syllables are a bigram when nothing but spaces or joining marks stand between them. */
function adjacent(text: string, left: Syllable, right: Syllable): boolean {
  return /^[\s\-–/.&,"“”]{0,3}$/u.test(text.slice(left.end, right.start))
}

/** Weights for the terms of a question: with or without accents. */
export function questionWeights(question: string): FamilyWeights {
  return hasAccents(question) ? ACCENTED_WEIGHTS : UNACCENTED_WEIGHTS
}

/** Terms of a question with the weight of their family; terms of a family of weight 0 are left out. */
export function weightedTerms(question: string, abbreviations: AbbreviationTable): Map<string, number> {
  const weights = questionWeights(question)
  const weighted = new Map<string, number>()
  for (const term of termFrequencies(question, abbreviations).keys()) {
    const weight = weights[term[0] as TermFamily]
    if (weight > 0) weighted.set(term, weight)
  }
  return weighted
}
