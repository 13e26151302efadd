// In: retrieved passages and the question. Out: their sentences with the features by which an answer is chosen. Weighs nothing:
// see sentence-weights.ts.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { Span } from '../language/spans.ts'
import type { RetrievalResult, RetrievedPassage } from '../retrieval/retriever.ts'
import { QuestionMatches } from './question-matches.ts'
import { FEATURE_GROUPS } from './sentence-feature-names.ts'
import { covered } from './sentence-features-match.ts'
import type { PassageMatch, SentenceMatch } from './sentence-features-passage.ts'
import { locallyWeighted, type WeightedTerms } from './sentence-features-question.ts'
import type { SentenceTerms } from './sentence-terms.ts'

/** Name of a feature. */
export type FeatureName = (typeof FEATURE_GROUPS)[keyof typeof FEATURE_GROUPS][number]

/** Names of the features, in the order of their groups. */
export const FEATURE_NAMES: readonly FeatureName[] = Object.values(FEATURE_GROUPS).flat()

/** What speaks for a sentence; what each feature means and where it lies is told in `FEATURE_GROUPS`. */
export type SentenceFeatures = Readonly<Record<FeatureName, number>>

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

/**
 * Sentences of the retrieved passages in the order of passages and text.
 * @param matches what has been made ready for the question; default nothing
 */
export function measuredSentences(
  result: RetrievalResult,
  measures: SentenceMeasures,
  matches = new QuestionMatches(result.understood, measures),
): MeasuredSentence[] {
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
    bestCoverage: Math.max(...sentences.map(({ words }) => words.coverage)),
  }
  return matched.flatMap((match, rank) => {
    const retrieved = passages[rank] as RetrievedPassage
    const here = similarities[rank] as readonly number[]
    const nearestHere = Math.max(...here)
    const own = vectors.passages.similarity(vector, match.passage.label) ?? 0
    const ofPassage = passageFeatures(retrieved, rank, own)
    const caption = match.passage.kind === 'caption' ? 1 : 0
    return match.sentences.map((sentence, i) => {
      const { start, end, text } = sentence
      const near = nearnessFeatures(here, i, nearestHere, comparison)
      const local = localFeatures(sentence, match.sentences[i - 1], comparison)
      const syllables = match.terms.sentences[i]?.length ?? 0
      return { start, end, retrieved, text, features: joined({ ofPassage, match, near, local, sentence, caption, place: i, syllables }) }
    })
  })
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

function nearnessFeatures(
  here: readonly number[],
  i: number,
  nearestHere: number,
  { nearest, farthest }: Comparison,
): Features<(typeof FEATURE_GROUPS)['dense' | 'neighbours'][number]> {
  const at = (place: number) => here[place] ?? farthest
  return {
    dense: nearest > farthest ? (at(i) - farthest) / (nearest - farthest) : 1,
    similarity: (at(i) - nearest) * COSINE_SCALE,
    denseInPassage: (at(i) - nearestHere) * COSINE_SCALE,
    similarityBefore: (at(i - 1) - nearest) * COSINE_SCALE,
    similarityAfter: (at(i + 1) - nearest) * COSINE_SCALE,
  }
}

function localFeatures(
  { match, words: { coverage } }: SentenceMatch,
  before: SentenceMatch | undefined,
  { local, bestCoverage }: Comparison,
): Features<'coverageRank' | 'localCoverage' | 'localContext'> {
  return {
    coverageRank: bestCoverage > 0 ? coverage / bestCoverage : 1,
    localCoverage: covered(local, match.counts),
    localContext: covered(local, match.counts, before?.match.counts),
  }
}

/** Syllables of a sentence that is too short to say much. */
const SHORT = 8

/** The features of one sentence in parts. */
interface FeatureParts {
  readonly ofPassage: ReturnType<typeof passageFeatures>
  readonly match: PassageMatch
  readonly near: ReturnType<typeof nearnessFeatures>
  readonly local: ReturnType<typeof localFeatures>
  readonly sentence: SentenceMatch
  readonly caption: number
  readonly place: number
  readonly syllables: number
}

/** One literal instead of spreads: engines keep it compact, and there are a hundred of these for a question. */
function joined({ ofPassage, match, near, local, sentence, caption, place, syllables }: FeatureParts): SentenceFeatures {
  const { words, type, role, lead } = sentence
  return {
    passage: ofPassage.passage,
    passageRank: ofPassage.passageRank,
    passageDense: ofPassage.passageDense,
    passageLexical: ofPassage.passageLexical,
    passageSimilarity: ofPassage.passageSimilarity,
    passageCoverage: match.words.passageCoverage,
    headerCoverage: match.words.headerCoverage,
    passageFolded: match.words.passageFolded,
    passagePairs: match.words.passagePairs,
    passageLoosePairs: match.words.passageLoosePairs,
    dense: near.dense,
    similarity: near.similarity,
    denseInPassage: near.denseInPassage,
    similarityBefore: near.similarityBefore,
    similarityAfter: near.similarityAfter,
    coverage: words.coverage,
    foldedCoverage: words.foldedCoverage,
    coverageRank: local.coverageRank,
    bm25: words.bm25,
    localCoverage: local.localCoverage,
    nameCoverage: words.nameCoverage,
    contextCoverage: words.contextCoverage,
    beforeCoverage: words.beforeCoverage,
    localContext: local.localContext,
    contextNames: words.contextNames,
    pairs: words.pairs,
    loosePairs: words.loosePairs,
    sequence: words.sequence,
    type: type.type,
    newType: type.newType,
    typeDate: type.typeDate,
    typeNumber: type.typeNumber,
    typePerson: type.typePerson,
    typePlace: type.typePlace,
    typeReason: type.typeReason,
    titled: type.titled,
    unit: type.unit,
    newNear: type.newNear,
    nearDate: type.nearDate,
    nearNumber: type.nearNumber,
    nearPerson: type.nearPerson,
    nearPlace: type.nearPlace,
    focus: type.focus,
    focusAnswered: type.focusAnswered,
    newShare: type.newShare,
    opening: place === 0 ? 1 : 0,
    length: Math.log(1 + syllables) / 5,
    short: syllables < SHORT ? 1 : 0,
    role,
    lead,
    caption,
  }
}
