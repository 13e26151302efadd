// In: an English question. Out: Vietnamese words to search with, in the order of the question. A glossary, not a translation:
// what it does not know stays as it is (names, numbers).
import { z } from 'zod'
import { QUESTION_WORD_TRANSLATIONS } from './question-words.ts'

/** The shape of `data/english-glossary.json`. */
export const glossaryFileSchema = z.object({ terms: z.record(z.string(), z.string()) })

/** Words that carry nothing a Vietnamese document could be found by. */
const FUNCTION_WORDS =
  'the a an of to for by at in on and did was were is are does do be been has have had that this from as with it its their there'.split(' ')

/** Turns English questions into Vietnamese search words. */
export class EnglishGlossary {
  readonly #vietnamese: ReadonlyMap<string, string>
  readonly #pattern: RegExp

  constructor(terms: Readonly<Record<string, string>>) {
    const dropped = Object.fromEntries(FUNCTION_WORDS.map((word) => [word, '']))
    const all = { ...dropped, ...QUESTION_WORD_TRANSLATIONS, ...terms }
    this.#vietnamese = new Map(Object.entries(all).map(([english, vietnamese]) => [english.toLowerCase(), vietnamese]))
    const longestFirst = [...this.#vietnamese.keys()].sort((a, b) => b.length - a.length)
    this.#pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${longestFirst.map((term) => term.replace(/\s+/g, '[\\s-]+')).join('|')})(?![\\p{L}\\p{N}])`,
      'giu',
    )
  }

  /** The question in search words: "Who chaired the 76th conference?" → "ai chủ trì hội nghị lần thứ 76". */
  searchWords(question: string): string {
    const ordinals = question.replace(
      /(?<![\p{L}\p{N}])(\d{1,3})(?:st|nd|rd|th)\s+((?:[\p{L}'-]+\s+){0,4}?(?:conference|congress|assembly|session))/giu,
      '$2 lần thứ $1',
    )
    return ordinals
      .replace(
        this.#pattern,
        (term) => this.#vietnamese.get(term.toLowerCase().replace(/[\s-]+/g, (gap) => (gap === '-' ? '-' : ' '))) ?? term,
      )
      .replace(/\s+/g, ' ')
      .trim()
  }
}
