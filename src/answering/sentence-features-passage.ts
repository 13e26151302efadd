// In: a retrieved passage and the question. Out: how the passage and its sentences match the question, in words and in meaning.
import type { FoundVectors, RetrievedPassage } from '../retrieval/retriever.ts'
import { covered, joinedMatches, matchTerms, type TermMatch } from './sentence-features-match.ts'
import type { QuestionTerms } from './sentence-features-question.ts'
import type { PassageTerms, SentenceTerms, TextTerms } from './sentence-terms.ts'

/** A sentence beside the question. */
export interface SentenceMatch {
  readonly match: TermMatch
  /** Weighted share of the question's content, 0–1. */
  readonly coverage: number
  /** Cosine with the question. */
  readonly similarity: number
}

/** A passage beside the question. */
export interface PassageMatch {
  readonly retrieved: RetrievedPassage
  readonly terms: PassageTerms
  readonly header: TermMatch
  readonly sentences: readonly SentenceMatch[]
  /** Its sentences as one text. */
  readonly union: TermMatch
  /** Of each sentence, the question's terms without accents. */
  readonly foldedCounts: readonly Uint8Array[]
  /** Cosine of the whole with the question, and the best of its sentences'. */
  readonly similarity: number
  readonly nearest: number
}

/** What passages are looked up in. */
export interface PassageSources {
  readonly vectors: FoundVectors
  readonly terms: SentenceTerms
  /** Vector of the question, L2-normalised. */
  readonly vector: Float32Array
}

/** Matches a passage. */
export function passageMatch(
  question: QuestionTerms,
  retrieved: RetrievedPassage,
  { vectors, terms, vector }: PassageSources,
): PassageMatch {
  const { passage } = retrieved
  const own = terms.of(passage)
  const ids = ({ accented, folded }: TextTerms) => (question.accented ? accented : folded)
  const sentences = own.sentences.map((sentence, i) => {
    const match = matchTerms(question.content, ids(sentence))
    const label = passage.sentences[i]?.label
    const similarity = label === undefined ? 0 : (vectors.sentences.similarity(vector, label) ?? 0)
    return { match, coverage: covered(question.content, match.counts), similarity }
  })
  const matches = sentences.map(({ match }) => match)
  return {
    retrieved,
    terms: own,
    header: matchTerms(question.content, ids(own.header)),
    sentences,
    union: joinedMatches(question.content, matches),
    foldedCounts: question.accented
      ? own.sentences.map(({ folded }) => matchTerms(question.folded, folded).counts)
      : matches.map(({ counts }) => counts),
    similarity: vectors.passages.similarity(vector, passage.label) ?? 0,
    nearest: Math.max(...sentences.map(({ similarity }) => similarity)),
  }
}
