// In: retrieved passages and the question. Out: their sentences with the features by which an answer is chosen. Weighs nothing:
// see sentence-weights.ts.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { askedUnit, quantities } from '../language/quantity-values.ts'
import type { Span } from '../language/spans.ts'
import type { RetrievalResult, RetrievedPassage } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { FEATURE_GROUPS } from './sentence-feature-names.ts'
import { answerTraces } from './sentence-features-answer.ts'
import { covered, coveredPairs, sentenceBm25, sequenceShare } from './sentence-features-match.ts'
import { type PassageMatch, passageMatch } from './sentence-features-passage.ts'
import { locallyWeighted, namesOnly, type QuestionTerms, questionTerms, type WeightedTerms } from './sentence-features-question.ts'
import type { SentenceTerms, TextTerms } from './sentence-terms.ts'

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
  readonly understood: UnderstoodQuestion
  readonly question: QuestionTerms
  /** The question's content, weighted by rarity among the candidates alone. */
  readonly local: WeightedTerms
  /** Of its content, what is written with a capital. */
  readonly names: WeightedTerms
  readonly askedRoles: ReadonlySet<string>
  /** Whether the question asks about a venue that only joins in. */
  readonly elsewhere: boolean
  /** Short forms in the question, as written in a definition: "(CATW)". */
  readonly shortForms: readonly string[]
  /** Unit of the quantity asked for, when the question names one. */
  readonly unit: string | undefined
  readonly nearest: number
  readonly farthest: number
  readonly bestCoverage: number
}

/** Sentences of the retrieved passages in the order of passages and text. */
export function measuredSentences(
  { understood, passages, vector, vectors }: RetrievalResult,
  measures: SentenceMeasures,
): MeasuredSentence[] {
  const { index, terms, knowledge } = measures
  const { functionWords, roles } = knowledge
  for (const { passage } of passages) terms.of(passage)
  const question = questionTerms(understood, { index, terms, functionWords })
  const matched = passages.map((retrieved) => passageMatch(question, retrieved, { vectors, terms, vector }))
  const sentences = matched.flatMap((match) => match.sentences)
  const similarities = sentences.map(({ similarity }) => similarity)
  const comparison: Comparison = {
    understood,
    question,
    local: locallyWeighted(
      question.content,
      sentences.map(({ match }) => match.counts),
    ),
    names: namesOnly(question),
    askedRoles: roles.rolesIn(understood.searchText),
    elsewhere: roles.isElsewhere(understood.searchText),
    shortForms: shortForms(understood.question),
    unit: askedUnit(understood.searchText),
    nearest: Math.max(...similarities),
    farthest: Math.min(...similarities),
    bestCoverage: Math.max(...sentences.map(({ coverage }) => coverage)),
  }
  return matched.flatMap((match, rank) => {
    const { passage } = match.retrieved
    const { text } = index.documentOf(passage)
    const ofPassage = passageFeatures(match, rank, comparison)
    const opens = index.isLead(passage) ? leadWeight(understood) : 0
    const saysRole = (sentence: string) => comparison.askedRoles.size === 0 || roles.agreement(comparison.askedRoles, sentence) > 0
    return passage.sentences.map(({ start, end }, i) => {
      const content = text.slice(start, end)
      const features = joined({
        ofPassage,
        near: nearnessFeatures(match, i, comparison),
        words: wordFeatures(match, i, comparison),
        type: typeFeatures(match, i, content, comparison, measures),
        role: roles.agreement(comparison.askedRoles, content, comparison.elsewhere),
        lead: i === 0 && saysRole(content) ? opens : 0,
        caption: passage.kind === 'caption' ? 1 : 0,
        opening: i === 0 ? 1 : 0,
        syllables: match.terms.sentences[i]?.length ?? 0,
      })
      return { start, end, retrieved: match.retrieved, text: content, features }
    })
  })
}

/** Cosines of one question lie close together; this brings their differences to the size of the other features. */
const COSINE_SCALE = 10

type Features<Name extends FeatureName> = Pick<SentenceFeatures, Name>

function passageFeatures(
  { retrieved, header, union, foldedCounts, similarity, sentences }: PassageMatch,
  rank: number,
  { question }: Comparison,
): Features<(typeof FEATURE_GROUPS)['passage' | 'passageWords'][number]> {
  return {
    passage: retrieved.score,
    passageRank: 1 / (1 + rank),
    passageDense: retrieved.parts.dense,
    passageLexical: retrieved.parts.lexical,
    passageSimilarity: similarity * COSINE_SCALE,
    passageCoverage: covered(question.content, header.counts, ...sentences.map(({ match }) => match.counts)),
    headerCoverage: covered(question.content, header.counts),
    passageFolded: covered(question.folded, ...foldedCounts),
    passagePairs: coveredPairs(question.content, union, 1),
    passageLoosePairs: coveredPairs(question.content, union, LOOSE),
  }
}

function nearnessFeatures(
  { sentences, nearest: nearestHere }: PassageMatch,
  i: number,
  { nearest, farthest }: Comparison,
): Features<(typeof FEATURE_GROUPS)['dense' | 'neighbours'][number]> {
  const at = (place: number) => sentences[place]?.similarity ?? farthest
  return {
    dense: nearest > farthest ? (at(i) - farthest) / (nearest - farthest) : 1,
    similarity: (at(i) - nearest) * COSINE_SCALE,
    denseInPassage: (at(i) - nearestHere) * COSINE_SCALE,
    similarityBefore: (at(i - 1) - nearest) * COSINE_SCALE,
    similarityAfter: (at(i + 1) - nearest) * COSINE_SCALE,
  }
}

/** Syllables from one word of a loose pair to the other. */
const LOOSE = 4

function wordFeatures(
  { sentences, header, foldedCounts, terms }: PassageMatch,
  i: number,
  { question, local, names, bestCoverage }: Comparison,
): Features<(typeof FEATURE_GROUPS)['words' | 'context' | 'order'][number]> {
  const { match, coverage } = sentences[i] as PassageMatch['sentences'][number]
  const before = sentences[i - 1]?.match.counts
  const after = sentences[i + 1]?.match.counts
  const { content } = question
  return {
    coverage,
    foldedCoverage: question.accented ? covered(question.folded, foldedCounts[i]) : coverage,
    coverageRank: bestCoverage > 0 ? coverage / bestCoverage : 1,
    bm25: sentenceBm25(content, match, terms.sentences[i]?.length ?? 0),
    localCoverage: covered(local, match.counts),
    nameCoverage: covered(names, match.counts),
    contextCoverage: covered(content, match.counts, before, after),
    beforeCoverage: covered(content, match.counts, before),
    localContext: covered(local, match.counts, before),
    contextNames: covered(names, match.counts, before, header.counts),
    pairs: coveredPairs(content, match, 1),
    loosePairs: coveredPairs(content, match, LOOSE),
    sequence: sequenceShare(content, match),
  }
}

function typeFeatures(
  { retrieved: { passage }, sentences, terms: own }: PassageMatch,
  i: number,
  text: string,
  { understood, question, shortForms, unit }: Comparison,
  { terms, knowledge }: SentenceMeasures,
): Features<(typeof FEATURE_GROUPS)['type' | 'newNear' | 'focus'][number] | 'newShare'> {
  const { answerType } = understood.interpretation
  const holds = terms.holds(passage, i, answerType) || shortForms.some((short) => text.includes(short))
  const { match } = sentences[i] as PassageMatch['sentences'][number]
  const traces = answerTraces({ question, answerType, holds, match, terms: own.sentences[i] as TextTerms })
  const named = (sentence: string) => knowledge.persons.mentions(sentence).length > 0
  const titled = answerType === 'person' && terms.has(passage, i, 'titled', named)
  const counted = (sentence: string) => quantities(sentence).some((quantity) => quantity.unit === unit)
  const measured = unit !== undefined && terms.has(passage, i, `unit ${unit}`, counted)
  return { ...traces, titled: titled ? 1 : 0, unit: measured ? 1 : 0 }
}

/** Syllables of a sentence that is too short to say much. */
const SHORT = 8

/** The features of one sentence in parts. */
interface FeatureParts extends Pick<SentenceFeatures, 'role' | 'lead' | 'caption' | 'opening'> {
  readonly ofPassage: ReturnType<typeof passageFeatures>
  readonly near: ReturnType<typeof nearnessFeatures>
  readonly words: ReturnType<typeof wordFeatures>
  readonly type: ReturnType<typeof typeFeatures>
  readonly syllables: number
}

/** One literal instead of spreads: engines keep it compact, and there are a hundred of these for a question. */
function joined({ ofPassage, near, words, type, role, lead, caption, opening, syllables }: FeatureParts): SentenceFeatures {
  return {
    passage: ofPassage.passage,
    passageRank: ofPassage.passageRank,
    passageDense: ofPassage.passageDense,
    passageLexical: ofPassage.passageLexical,
    passageSimilarity: ofPassage.passageSimilarity,
    passageCoverage: ofPassage.passageCoverage,
    headerCoverage: ofPassage.headerCoverage,
    passageFolded: ofPassage.passageFolded,
    passagePairs: ofPassage.passagePairs,
    passageLoosePairs: ofPassage.passageLoosePairs,
    dense: near.dense,
    similarity: near.similarity,
    denseInPassage: near.denseInPassage,
    similarityBefore: near.similarityBefore,
    similarityAfter: near.similarityAfter,
    coverage: words.coverage,
    foldedCoverage: words.foldedCoverage,
    coverageRank: words.coverageRank,
    bm25: words.bm25,
    localCoverage: words.localCoverage,
    nameCoverage: words.nameCoverage,
    contextCoverage: words.contextCoverage,
    beforeCoverage: words.beforeCoverage,
    localContext: words.localContext,
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
    opening,
    length: Math.log(1 + syllables) / 5,
    short: syllables < SHORT ? 1 : 0,
    role,
    lead,
    caption,
  }
}

function shortForms(question: string): string[] {
  return (question.match(/(?<![\p{L}\p{N}])[\p{Lu}\d.]{2,10}(?![\p{L}\p{N}])/gu) ?? []).map((short) => `(${short})`)
}

const COURSE = /(?<![\p{L}\p{N}])(?:dien ra|to chuc|hop|so ket|tong ket|noi dung|khai mac|be mac|ket thuc|phat dong|le)(?![\p{L}\p{N}])/u
const COURSE_TYPES: ReadonlySet<AnswerType> = new Set(['date', 'place', 'duration', 'list', 'reason'])

function leadWeight({ aboutEvent, searchText, interpretation }: UnderstoodQuestion): number {
  if (aboutEvent) return 1
  return COURSE_TYPES.has(interpretation.answerType) && COURSE.test(foldAligned(searchText)) ? 0.5 : 0
}
