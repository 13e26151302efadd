// In: retrieved passages and the question. Out: their sentences with the features by which an answer is chosen. Weighs nothing:
// see sentence-weights.ts.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { Span } from '../language/spans.ts'
import type { RetrievalResult, RetrievedPassage } from '../retrieval/retriever.ts'
import { FEATURE_PLACES as AT, FEATURE_NAMES, type FeatureName, featureRows, type SentenceFeatures } from './feature-rows.ts'
import { QuestionMatches } from './question-matches.ts'
import type { FEATURE_GROUPS } from './sentence-feature-names.ts'
import { covered } from './sentence-features-match.ts'
import type { PassageMatch, SentenceMatch } from './sentence-features-passage.ts'
import { locallyWeighted, type WeightedTerms } from './sentence-features-question.ts'
import type { SentenceTerms } from './sentence-terms.ts'

/** A sentence of a retrieved passage, measured. */
export interface MeasuredSentence extends Span {
  readonly retrieved: RetrievedPassage
  readonly text: string
  readonly features: SentenceFeatures
}

/** What sentences are measured with. */
export interface SentenceMeasures {
  readonly index: CorpusIndex
  readonly terms: SentenceTerms
  readonly knowledge: LanguageKnowledge
}

/** What all sentences of a question are compared with. */
interface Comparison {
  /** The question's content, weighted by rarity among the candidates alone. */
  readonly local: WeightedTerms
  /** Largest and smallest cosine of a sentence with the question. */
  readonly nearest: number
  readonly farthest: number
  readonly bestCoverage: number
}

/** Sentences in the order of passages and text. */
export interface MeasuredSentences {
  readonly sentences: readonly MeasuredSentence[]
  /** Their features, a row for each, see feature-rows.ts. */
  readonly block: Float64Array
}

/**
 * Measures the sentences of the retrieved passages.
 * @param matches what has been made ready for the question; default nothing
 */
export function measuredSentences(
  result: RetrievalResult,
  measures: SentenceMeasures,
  matches = new QuestionMatches(result.understood, measures),
): MeasuredSentences {
  const { passages, vector, vectors } = result
  const { asked, matched } = matches.of(passages.map(({ passage }) => passage))
  const sentences = matched.flatMap((match) => match.sentences)
  const similarities = matched.map(({ passage }) => passage.sentences.map(({ label }) => vectors.sentences.similarity(vector, label) ?? 0))
  const comparison: Comparison = {
    local: locallyWeighted(
      asked.question.content,
      sentences.map(({ match }) => match.counts),
    ),
    nearest: Math.max(...similarities.flat()),
    farthest: Math.min(...similarities.flat()),
    bestCoverage: Math.max(...sentences.map(({ coverage }) => coverage)),
  }
  const block = new Float64Array(sentences.length * FEATURE_NAMES.length)
  const rows = featureRows(block)
  const measured: MeasuredSentence[] = []
  for (const [rank, match] of matched.entries()) {
    const retrieved = passages[rank] as RetrievedPassage
    const here = similarities[rank] as readonly number[]
    const nearestHere = Math.max(...here)
    const ofPassage = passageFeatures(retrieved, rank, vectors.passages.similarity(vector, match.passage.label) ?? 0)
    block.set(match.rows, measured.length * FEATURE_NAMES.length)
    for (const [place, sentence] of match.sentences.entries()) {
      const { start, end, text } = sentence
      const row = measured.length
      writeCompared(block, row * FEATURE_NAMES.length, { match, sentence, place, ofPassage, here, nearestHere, comparison })
      measured.push({ start, end, retrieved, text, features: rows[row] as SentenceFeatures })
    }
  }
  return { sentences: measured, block }
}

/** Cosines of one question lie close together; this brings their differences to the size of the other features. */
const COSINE_SCALE = 10

type Features<Name extends FeatureName> = Pick<SentenceFeatures, Name>

function passageFeatures({ score, parts }: RetrievedPassage, rank: number, similarity: number) {
  return {
    passage: score,
    passageRank: 1 / (1 + rank),
    passageDense: parts.dense,
    passageLexical: parts.lexical,
    passageSimilarity: similarity * COSINE_SCALE,
  } satisfies Features<(typeof FEATURE_GROUPS)['passage'][number]>
}

/** A sentence at its place, with what it is compared with. */
interface PlacedMatch {
  readonly match: PassageMatch
  readonly sentence: SentenceMatch
  readonly place: number
  readonly ofPassage: ReturnType<typeof passageFeatures>
  /** Cosines of the sentences of its passage, and the largest of them. */
  readonly here: readonly number[]
  readonly nearestHere: number
  readonly comparison: Comparison
}

/** Writes into the row of a sentence what depends on the vectors and on the other sentences found. */
function writeCompared(
  block: Float64Array,
  start: number,
  { match, sentence, place, ofPassage, here, nearestHere, comparison }: PlacedMatch,
): void {
  const { nearest, farthest, local, bestCoverage } = comparison
  const { counts } = sentence.match
  const near = here[place] ?? farthest
  block[start + AT.passage] = ofPassage.passage
  block[start + AT.passageRank] = ofPassage.passageRank
  block[start + AT.passageDense] = ofPassage.passageDense
  block[start + AT.passageLexical] = ofPassage.passageLexical
  block[start + AT.passageSimilarity] = ofPassage.passageSimilarity
  block[start + AT.dense] = nearest > farthest ? (near - farthest) / (nearest - farthest) : 1
  block[start + AT.similarity] = (near - nearest) * COSINE_SCALE
  block[start + AT.denseInPassage] = (near - nearestHere) * COSINE_SCALE
  block[start + AT.similarityBefore] = ((here[place - 1] ?? farthest) - nearest) * COSINE_SCALE
  block[start + AT.similarityAfter] = ((here[place + 1] ?? farthest) - nearest) * COSINE_SCALE
  block[start + AT.coverageRank] = bestCoverage > 0 ? sentence.coverage / bestCoverage : 1
  block[start + AT.localCoverage] = covered(local, counts)
  block[start + AT.localContext] = covered(local, counts, match.sentences[place - 1]?.match.counts)
}
