// In: what was found for a question, best sentence first. Out: the features by which it is judged whether that answers it. Decides
// nothing: see refusal-weights.ts.

import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AnswerType } from '../language/answer-type.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { syllables } from '../language/syllables.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { answerability } from './closer-reading.ts'
import { type EvidenceText, type EvidenceTexts, isAnchored } from './evidence-texts.ts'
import { type Anchor, questionAnchors } from './question-anchors.ts'
import type { RefusalFeatures } from './refusal-feature-names.ts'

/** What the features are measured with. */
export interface RefusalMeasures {
  readonly index: CorpusIndex
  readonly knowledge: LanguageKnowledge
  readonly texts: EvidenceTexts
  /** Stand in for the cosines of a model nothing was learned about. */
  readonly usualCosines?: Partial<RefusalFeatures> | undefined
}

/** A word of the question, or two neighbours of it. */
interface Weighed {
  /** As it stands in an `EvidenceText`. */
  readonly key: string
  readonly weight: number
  readonly inCorpus: boolean
}

const COSINE_SCALE = 10
/** Kinds of answers that can be told by their form. */
const TOLD_KINDS: ReadonlySet<AnswerType> = new Set(['person', 'date', 'place', 'number', 'ordinal', 'duration'])
const FUNCTION_WORD_WEIGHT = 0.1

/** What a question brings with it, before anything has been found for it. */
export interface WeighedQuestion {
  readonly words: readonly Weighed[]
  readonly pairs: readonly Weighed[]
  readonly anchors: readonly Anchor[]
  readonly roles: ReadonlySet<string>
  /** What the texts looked at so far hold of it, see `wordsHeld`. */
  readonly held: Map<EvidenceText, WordsHeld>
}

/** Which words and pairs of a question a text holds. */
export interface WordsHeld {
  readonly words: ReadonlySet<Weighed>
  readonly pairs: ReadonlySet<Weighed>
}

/** Weighs the words of a question. */
export function weighedQuestion(understood: UnderstoodQuestion, measures: Pick<RefusalMeasures, 'index' | 'knowledge'>): WeighedQuestion {
  const { index, knowledge } = measures
  return {
    ...weighedWords(understood.content || understood.searchText, measures),
    anchors: questionAnchors(understood, { ...knowledge, abbreviations: index.abbreviations }),
    roles: knowledge.roles.rolesIn(understood.searchText),
    held: new Map(),
  }
}

/** What a text holds of a question; looked up once. */
export function wordsHeld({ words, pairs, held }: WeighedQuestion, text: EvidenceText): WordsHeld {
  const known = held.get(text)
  if (known !== undefined) return known
  const inText = ({ key }: Weighed) => text.words.includes(key)
  const found = { words: new Set(words.filter(inText)), pairs: new Set(pairs.filter(inText)) }
  held.set(text, found)
  return found
}

/**
 * The features of a question.
 * @param sentences best first, at least one
 * @param question default: weighed now
 */
export function refusalFeatures(
  result: RetrievalResult,
  sentences: readonly CandidateSentence[],
  measures: RefusalMeasures,
  question = weighedQuestion(result.understood, measures),
): RefusalFeatures {
  const { understood } = result
  const { texts, usualCosines } = measures
  const best = sentences[0] as CandidateSentence
  const { features } = best
  const { passage } = best.retrieved
  const inPassage = texts.ofPassage(passage)
  const inDocument = texts.ofSurroundings(passage)
  const { words, pairs, anchors, roles } = question
  const heldInPassage = wordsHeld(question, inPassage)
  const heldInDocument = wordsHeld(question, inDocument)
  const names = anchors.filter(({ kind }) => kind === 'name')
  const numbers = anchors.filter(({ kind }) => kind !== 'name')
  const { answerType } = understood.interpretation
  return {
    confidence: Math.max(-1, Math.min(1, Math.log((best.score + 1e-4) / (1 - best.score + 1e-4)) / 5)),
    ...cosines(result, best),
    ...usualCosines,
    coverage: features.coverage,
    contextCoverage: features.contextCoverage,
    passageCoverage: features.passageCoverage,
    bestCoverage: Math.max(...sentences.map((sentence) => sentence.features.passageCoverage)),
    documentCoverage: share(words, (word) => heldInDocument.words.has(word)),
    corpusCoverage: share(words, ({ inCorpus }) => inCorpus),
    pairs: features.pairs,
    loosePairs: features.loosePairs,
    passagePairs: features.passagePairs,
    passageLoosePairs: features.passageLoosePairs,
    documentPairs: share(pairs, (pair) => heldInDocument.pairs.has(pair)),
    corpusPairs: share(pairs, ({ inCorpus }) => inCorpus),
    rarestNotInPassage: rarestMissing(words, heldInPassage),
    rarestNotInDocument: rarestMissing(words, heldInDocument),
    namesNotInPassage: missingShare(names, inPassage),
    namesNotInDocument: missingShare(names, inDocument),
    nameMissing: names.some((anchor) => !isAnchored(anchor, inDocument)) ? 1 : 0,
    numbersNotInPassage: missingShare(numbers, inPassage),
    numbersNotInDocument: missingShare(numbers, inDocument),
    numberMissing: numbers.some((anchor) => !isAnchored(anchor, inDocument)) ? 1 : 0,
    type: TOLD_KINDS.has(answerType) ? features.type : 1,
    newType: features.newType,
    newNear: features.newNear,
    focusAnswered: features.focusAnswered,
    focusMissing: answerType !== 'definition' && sentences.every((sentence) => sentence.features.focus < 1) ? 1 : 0,
    ...(answerType === 'definition' ? NO_NOUN : nounsMissing(understood.searchText, inDocument)),
    numberUnbound: answerType === 'number' && features.focusAnswered === 0 ? 1 : 0,
    newShare: features.newShare,
    roleMissing: roles.size > 0 && sentences.every((sentence) => sentence.features.role <= 0) ? 1 : 0,
    roleContradicted: features.role < 0 ? 1 : 0,
    readAnywhere: readingOdds(answerability(sentences)),
    readHere: readingOdds(best.reading?.score),
  }
}

/** Log odds of a reader beyond which it is as sure as it can be. */
const SURE = 12

function readingOdds(odds: number | undefined): number {
  return Math.max(-1, Math.min(1, (odds ?? 0) / SURE))
}

function cosines({ passages, vector, vectors }: RetrievalResult, best: CandidateSentence) {
  const label = best.retrieved.passage.sentences.find(({ start }) => start === best.start)?.label
  const own = vectors.passages.similarity(vector, best.retrieved.passage.label) ?? 0
  const others = passages.map(({ passage }) => vectors.passages.similarity(vector, passage.label) ?? 0)
  const mean = others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length)
  return {
    sentenceCosine: (label === undefined ? 0 : (vectors.sentences.similarity(vector, label) ?? 0)) * COSINE_SCALE,
    passageCosine: own * COSINE_SCALE,
    cosineLead: (own - mean) * COSINE_SCALE,
  }
}

/** Different words of a text and pairs of its neighbours, by their rarity in the corpus. */
function weighedWords(
  text: string,
  { index, knowledge: { functionWords } }: Pick<RefusalMeasures, 'index' | 'knowledge'>,
): { words: Weighed[]; pairs: Weighed[] } {
  const { lexical, abbreviations } = index
  const parts = syllables(abbreviations.writtenOut(text)).slice(0, 4000)
  const factor = (key: string) => (functionWords.has(key) ? FUNCTION_WORD_WEIGHT : 1)
  const weighed = (term: string, key: string, weight: number): Weighed => ({
    key: ` ${key} `,
    weight: lexical.inverseDocumentFrequency(term) * weight,
    inCorpus: lexical.documentFrequency(term) > 0,
  })
  const words = new Map(parts.map(({ key, folded }) => [folded, weighed(`f${folded}`, folded, factor(key))]))
  const pairs = new Map(
    parts.slice(1).map((right, i) => {
      const left = parts[i] as (typeof parts)[number]
      const key = `${left.folded} ${right.folded}`
      return [key, weighed(`F${key}`, key, factor(left.key) * factor(right.key))]
    }),
  )
  return { words: [...words.values()], pairs: [...pairs.values()] }
}

/** Weighted share of those that hold; 1 of nothing. */
function share(weighed: readonly Weighed[], holds: (one: Weighed) => boolean): number {
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  return total === 0 ? 1 : weighed.reduce((sum, one) => sum + (holds(one) ? one.weight : 0), 0) / total
}

const COUNTED = /(?:bao nhieu|may|how many)\s+(\p{L}+(?: \p{L}+)?)/u
const KIND = /(\p{L}+ \p{L}+) (?:nao|gi)(?!\p{L})/u

/** A definition is asked for by what it is, not by a noun that stands beside it. */
const NO_NOUN = { countedMissing: 0, kindMissing: 0 }

/** Whether the document lacks the noun of the question word, both syllables of it. */
function nounsMissing(question: string, document: EvidenceText): { countedMissing: number; kindMissing: number } {
  const words = syllables(question)
    .map(({ folded }) => folded)
    .join(' ')
  const lacks = (noun: string | undefined) => (noun === undefined || document.words.includes(` ${noun} `) ? 0 : 1)
  return { countedMissing: lacks(COUNTED.exec(words)?.[1]), kindMissing: lacks(KIND.exec(words)?.[1]) }
}

function rarestMissing(words: readonly Weighed[], held: WordsHeld): number {
  const rarest = Math.max(0, ...words.map(({ weight }) => weight))
  const missing = Math.max(0, ...words.filter((word) => !held.words.has(word)).map(({ weight }) => weight))
  return rarest === 0 ? 0 : missing / rarest
}

function missingShare(anchors: readonly Anchor[], text: EvidenceText): number {
  return anchors.length === 0 ? 0 : anchors.filter((anchor) => !isAnchored(anchor, text)).length / anchors.length
}
