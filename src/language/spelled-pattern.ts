// In: a pattern written with Vietnamese accents. Out: where it matches a text, with accents or typed without. A text that has
// accents has to have the right ones: "đầu" is not "đâu". Knows no words itself.
import { fold, foldAligned, hasAccents } from './folding.ts'

/** Whole words by their spelling: an accented text is compared as it is, one without accents without them. */
export class SpelledPattern {
  readonly #accented: RegExp
  readonly #folded: RegExp

  /** @param source a regular expression in small accented letters, without flags; it matches whole words, any case */
  constructor(source: string) {
    const whole = `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`
    this.#accented = new RegExp(whole, 'gu')
    this.#folded = new RegExp(fold(whole), 'gu')
  }

  /** All matches in canonical text, with offsets in it. */
  matches(text: string): RegExpExecArray[] {
    const [pattern, read] = hasAccents(text) ? [this.#accented, lowerAligned(text)] : [this.#folded, foldAligned(text)]
    return [...read.matchAll(pattern)]
  }

  /** Whether it occurs in canonical text. */
  test(text: string): boolean {
    return this.matches(text).length > 0
  }
}

/** In small letters, every UTF-16 unit at its place. Far faster to search than a text in any case. */
function lowerAligned(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length
    ? lower
    : [...text].map((unit) => (unit.toLowerCase().length === unit.length ? unit.toLowerCase() : unit)).join('')
}
