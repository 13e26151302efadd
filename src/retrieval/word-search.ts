// In: an understood question. Out: the passages its words find, with their BM25 scores. Knows nothing of vectors.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { termFrequencies, weightedTerms } from '../language/lexical-terms.ts'
import type { UnderstoodQuestion } from './understand.ts'

/** Weight of a word of a conference's name within that conference. */
const NAME_WORD_WEIGHT = 0.2
/** Weight of a word the question does not use beside that of its own. */
const USUAL_WORD_WEIGHT = 0.5

/** Terms of a question with their weights, and the BM25 scores of the passages that have them, by label. */
export interface FoundByWords {
  readonly terms: ReadonlyMap<string, number>
  readonly scores: ReadonlyMap<number, number>
}

/** Searches words. */
export class WordSearch {
  constructor(
    private readonly index: CorpusIndex,
    private readonly knowledge: LanguageKnowledge,
  ) {}

  /** The `limit` best passages, among those allowed. */
  search(
    { searchText, interpretation: { conferenceIds }, content }: UnderstoodQuestion,
    allowed: ReadonlySet<number> | undefined,
    limit: number,
  ): FoundByWords {
    const words = conferenceIds !== null && content !== '' ? content : searchText
    const terms = weightedTerms(words, this.index.abbreviations)
    if (conferenceIds !== null) this.#fitToConferences(terms, words, conferenceIds)
    const hits = this.index.lexical.search(terms, limit, allowed === undefined ? undefined : (label) => allowed.has(label))
    return { terms, scores: new Map(hits.map(({ label, score }) => [label, score])) }
  }

  /**
   * Within named conferences: the words of their names tell no passage from another and count little; the words in which
   * reports call the roles the question names are added at half weight.
   */
  #fitToConferences(terms: Map<string, number>, question: string, conferenceIds: readonly string[]): void {
    for (const id of conferenceIds) {
      for (const term of termFrequencies(this.index.conferences.get(id)?.name ?? '', this.index.abbreviations).keys()) {
        const weight = terms.get(term)
        if (weight !== undefined) terms.set(term, weight * NAME_WORD_WEIGHT)
      }
    }
    for (const word of this.knowledge.roles.usualWords(question)) {
      for (const [term, weight] of weightedTerms(word, this.index.abbreviations)) {
        if (!terms.has(term)) terms.set(term, weight * USUAL_WORD_WEIGHT)
      }
    }
  }
}
