// In: segments of postings and a question's weighted terms. Out: passages ranked by BM25, with the terms that matched.
import type { LexicalSegment } from './lexical-segment.ts'
import { termHash } from './term-hash.ts'
import { TopScores } from './top-scores.ts'

/** Constants of BM25 (Robertson and Zaragoza 2009). */
export interface Bm25Parameters {
  /** Saturation of term frequency. Default 1.2. */
  readonly k1: number
  /** Length normalisation, 0–1. Default 0.75. */
  readonly b: number
}

/** A passage found by words. */
export interface LexicalHit {
  readonly label: number
  /** BM25 sum over the matched terms, weighted by family; not negative, no upper bound. */
  readonly score: number
}

/** A term of the question that a passage has, and what it adds to the passage's score. */
export interface MatchedTerm {
  /** With the letter of its family, see `lexical-terms.ts`. */
  readonly term: string
  readonly score: number
}

const DEFAULT_PARAMETERS: Bm25Parameters = { k1: 1.2, b: 0.75 }

/** Full-text search over immutable segments. Passages that have gone since are passed over and counted nowhere. */
export class LexicalIndex {
  readonly #segments: readonly LexicalSegment[]
  readonly #gone: LexicalSegment | undefined
  readonly #goneLabels: ReadonlySet<number>
  readonly #meanLength: number
  /** Passages that can be found. */
  readonly size: number

  /** @param gone postings of those passages of the segments that are no longer there */
  constructor(
    segments: readonly LexicalSegment[],
    gone?: LexicalSegment,
    private readonly parameters: Bm25Parameters = DEFAULT_PARAMETERS,
  ) {
    this.#segments = segments
    this.#gone = gone
    this.#goneLabels = new Set(gone?.labels)
    const syllables = segments.reduce((sum, segment) => sum + syllablesOf(segment), 0) - (gone === undefined ? 0 : syllablesOf(gone))
    this.size = segments.reduce((sum, segment) => sum + segment.size, 0) - this.#goneLabels.size
    this.#meanLength = this.size === 0 ? 1 : Math.max(1, syllables / this.size)
  }

  /** In how many passages a term occurs. */
  documentFrequency(term: string): number {
    const hash = termHash(term)
    const all = this.#segments.reduce((sum, segment) => sum + segment.documentFrequency(hash), 0)
    return all - (this.#gone?.documentFrequency(hash) ?? 0)
  }

  /** Inverse document frequency, ln(1 + (N − n + ½) / (n + ½)): rare terms weigh more; never negative. */
  inverseDocumentFrequency(term: string): number {
    const frequency = Math.min(this.documentFrequency(term), this.size)
    return Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5))
  }

  /**
   * The best passages for weighted terms, best first; equal scores by label.
   * @param accept labels to keep; all when absent
   */
  search(terms: ReadonlyMap<string, number>, limit: number, accept?: (label: number) => boolean): LexicalHit[] {
    const weighted = [...terms].map(([term, weight]) => ({ hash: termHash(term), weight: weight * this.inverseDocumentFrequency(term) }))
    const top = new TopScores(limit)
    for (const segment of this.#segments) {
      const scores = this.#scores(segment, weighted)
      for (let ordinal = 0; ordinal < scores.length; ordinal++) {
        const score = scores[ordinal] as number
        if (score <= 0) continue
        const label = segment.labels[ordinal] as number
        if (!this.#goneLabels.has(label) && (accept === undefined || accept(label))) top.add(label, score)
      }
    }
    return top.sorted()
  }

  /** What each matching term adds to the score of a passage, most first; the parts add up to the score `search` gives it. */
  explain(terms: ReadonlyMap<string, number>, label: number): MatchedTerm[] {
    const segment = this.#segments.find(({ labels }) => labels.includes(label))
    if (segment === undefined) return []
    const ordinal = segment.labels.indexOf(label)
    const matched: MatchedTerm[] = []
    for (const [term, weight] of terms) {
      const frequency = segment.frequency(termHash(term), ordinal)
      if (frequency === 0 || weight <= 0) continue
      matched.push({ term, score: weight * this.inverseDocumentFrequency(term) * this.#saturated(segment, ordinal, frequency) })
    }
    return matched.sort((a, b) => b.score - a.score)
  }

  #saturated(segment: LexicalSegment, ordinal: number, frequency: number): number {
    const { k1, b } = this.parameters
    const relativeLength = (segment.lengths[ordinal] as number) / this.#meanLength
    return (frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * relativeLength))
  }

  #scores(segment: LexicalSegment, terms: readonly { hash: number; weight: number }[]): Float64Array {
    const scores = new Float64Array(segment.size)
    for (const { hash, weight } of terms) {
      const postings = weight > 0 ? segment.postings(hash) : undefined
      if (postings === undefined) continue
      for (let i = 0; i < postings.ordinals.length; i++) {
        const ordinal = postings.ordinals[i] as number
        const frequency = postings.frequencies[i] as number
        scores[ordinal] = (scores[ordinal] as number) + weight * this.#saturated(segment, ordinal, frequency)
      }
    }
    return scores
  }
}

const syllablesOf = ({ lengths }: LexicalSegment) => lengths.reduce((total, length) => total + length, 0)
