// In: an understood question, and passages as they become known. Out: how they match in words. What words find is matched while the
// model still embeds the question, the rest when everything has been found. Must not depend on which came first.
import type { IndexedPassage } from '../indexing/corpus-index.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { SentenceMeasures } from './sentence-features.ts'
import { type PassageMatch, passageMatch } from './sentence-features-passage.ts'
import { type AskedFor, askedFor } from './sentence-features-question.ts'

/** Passages beside one question, each matched once. */
export class QuestionMatches {
  readonly #known = new Map<number, PassageMatch>()
  #asked: AskedFor | undefined

  constructor(
    private readonly understood: UnderstoodQuestion,
    private readonly measures: SentenceMeasures,
  ) {}

  /** Matches what may be wanted later, in the order given, step by step. */
  *foresee(passages: readonly IndexedPassage[]): Generator<void> {
    const { terms } = this.measures
    for (const passage of passages) yield void terms.of(passage)
    for (const passage of passages) yield void this.of([passage])
  }

  /** What the question asks for, and its passages in the order given. */
  of(passages: readonly IndexedPassage[]): { readonly asked: AskedFor; readonly matched: readonly PassageMatch[] } {
    const { terms } = this.measures
    for (const passage of passages) terms.of(passage)
    const asked = this.#askedFor()
    const matched = passages.map((passage) => {
      const known = this.#known.get(passage.label)
      if (known !== undefined) return known
      const match = passageMatch(asked, passage, this.measures)
      this.#known.set(passage.label, match)
      return match
    })
    return { asked, matched }
  }

  /** Made anew when a passage looked up since then has given a number to a syllable that had none. */
  #askedFor(): AskedFor {
    const { index, terms, knowledge } = this.measures
    if (this.#asked?.question.missing.some((key) => terms.idOf(key) !== undefined)) {
      this.#asked = undefined
      this.#known.clear()
    }
    this.#asked ??= askedFor(this.understood, { index, terms, functionWords: knowledge.functionWords, roles: knowledge.roles })
    return this.#asked
  }
}
