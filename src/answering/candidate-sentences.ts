// In: retrieved passages and the question. Out: their sentences with the features by which an answer is chosen.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned, hasAccents } from '../language/folding.ts'
import { termFrequencies } from '../language/lexical-terms.ts'
import { decisionNumbers, ordinalMentions } from '../language/ordinals.ts'
import { properNames } from '../language/proper-names.ts'
import { holdsQuantity } from '../language/quantities.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { Span } from '../language/spans.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { RetrievalResult, RetrievedPassage } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { SentenceTerms } from './sentence-terms.ts'

/** What speaks for a sentence; in [0, 1] unless said otherwise. */
export interface SentenceFeatures {
  /** Score of its passage. */
  readonly passage: number
  /** Nearness to the question, scaled over the candidates. */
  readonly dense: number
  /** Share of the question's weighted words that the sentence has. */
  readonly coverage: number
  /** The same with passage and header. */
  readonly passageCoverage: number
  /** Share of the question's weighted word pairs that the sentence has. */
  readonly pairs: number
  /** 1 when the sentence holds what the question asks for (a date, a number, a name …). */
  readonly type: number
  /** 1 when it names the role asked for, −1 when it names another instead. */
  readonly role: number
  /** 1 for the sentence a report opens with when nothing but a fact of the event is asked, ½ when its course is asked about. */
  readonly lead: number
  /** 1 for the words under a picture. */
  readonly caption: number
}

/** A sentence that may be the answer. */
export interface CandidateSentence extends Span {
  readonly retrieved: RetrievedPassage
  readonly text: string
  readonly features: SentenceFeatures
  /** Weighted mean of the features, at most 1. */
  readonly score: number
}

/** Weights of the features, set by hand on the tune half of viquad1_dev and of the gold questions. */
const WEIGHTS: Readonly<Record<keyof SentenceFeatures, number>> = {
  passage: 1,
  dense: 1,
  coverage: 1.4,
  passageCoverage: 0.6,
  pairs: 0.6,
  type: 0.5,
  role: 1,
  lead: 0.8,
  caption: -0.5,
}

const MOST = Object.values(WEIGHTS).reduce((sum, weight) => sum + Math.max(0, weight), 0)

/** What sentences are measured with. */
export interface SentenceMeasures {
  readonly index: CorpusIndex
  readonly terms: SentenceTerms
  readonly knowledge: LanguageKnowledge
}

/** Weight of a function word beside that of any other word of the same rarity. */
const FUNCTION_WORD_WEIGHT = 0.1

/** Sentences of the retrieved passages, best first. */
export function candidateSentences({ understood, passages, vector }: RetrievalResult, measures: SentenceMeasures): CandidateSentence[] {
  const { index, terms, knowledge } = measures
  const { roles } = knowledge
  const wanted = contentTerms(understood, index, knowledge.functionWords)
  const asked = roles.rolesIn(understood.searchText)
  const { answerType } = understood.interpretation
  const raw = passages.flatMap((retrieved) => {
    const { passage } = retrieved
    const { text } = index.documentOf(passage)
    const own = terms.of(passage)
    const inPassage = (term: string) => own.header.has(term) || own.sentences.some((sentence) => sentence.has(term))
    const passageCoverage = covered(wanted.words, inPassage)
    const opens = index.isLead(passage) ? leadWeight(understood) : 0
    return passage.sentences.map((sentence, i) => {
      const content = text.slice(sentence.start, sentence.end)
      const has = (term: string) => own.sentences[i]?.has(term) === true
      return {
        start: sentence.start,
        end: sentence.end,
        retrieved,
        text: content,
        similarity: index.sentenceVectors.matrix.similarity(vector, sentence.label) ?? 0,
        passage: retrieved.score,
        coverage: covered(wanted.words, has),
        passageCoverage,
        pairs: covered(wanted.pairs, has),
        type: holdsType(content, answerType) || defines(content, understood) ? 1 : 0,
        role: roles.agreement(asked, content),
        lead: i === 0 ? opens : 0,
        caption: passage.kind === 'caption' ? 1 : 0,
      }
    })
  })
  const lowest = Math.min(...raw.map(({ similarity }) => similarity))
  const highest = Math.max(...raw.map(({ similarity }) => similarity))
  return raw
    .map(({ start, end, retrieved, text, similarity, ...rest }) => {
      const features = { ...rest, dense: highest > lowest ? (similarity - lowest) / (highest - lowest) : 1 }
      return { start, end, retrieved, text, features, score: weighted(features) }
    })
    .sort((a, b) => b.score - a.score)
}

function weighted(features: SentenceFeatures): number {
  const names = Object.keys(WEIGHTS) as (keyof SentenceFeatures)[]
  return Math.max(0, names.reduce((sum, name) => sum + WEIGHTS[name] * features[name], 0) / MOST)
}

/** The words and word pairs an answer has to be about, with their rarity. */
export interface ContentTerms {
  readonly words: ReadonlyMap<string, number>
  readonly pairs: ReadonlyMap<string, number>
}

/** The question's content as terms; folded when it was asked without accents. */
export function contentTerms({ content }: UnderstoodQuestion, index: CorpusIndex, functionWords: ReadonlySet<string>): ContentTerms {
  const [word, pair] = hasAccents(content) ? ['a', 'A'] : ['f', 'F']
  const words = new Map<string, number>()
  const pairs = new Map<string, number>()
  for (const term of termFrequencies(index.abbreviations.writtenOut(content), index.abbreviations).keys()) {
    const weight = index.lexical.inverseDocumentFrequency(term)
    const functional = term
      .slice(1)
      .split(' ')
      .filter((key) => functionWords.has(key)).length
    if (term[0] === word) words.set(term, functional > 0 ? weight * FUNCTION_WORD_WEIGHT : weight)
    else if (term[0] === pair) pairs.set(term, weight * FUNCTION_WORD_WEIGHT ** functional)
  }
  return { words, pairs }
}

/** Weighted share of `wanted` that is there; 0 when nothing is wanted. */
function covered(wanted: ReadonlyMap<string, number>, has: (term: string) => boolean): number {
  let all = 0
  let found = 0
  for (const [term, weight] of wanted) {
    all += weight
    if (has(term)) found += weight
  }
  return all === 0 ? 0 : found / all
}

const COURSE = /(?<![\p{L}\p{N}])(?:dien ra|to chuc|hop|so ket|tong ket|noi dung|khai mac|be mac|ket thuc|phat dong|le)(?![\p{L}\p{N}])/u
const COURSE_TYPES: ReadonlySet<AnswerType> = new Set(['date', 'place', 'duration', 'list', 'reason'])

function leadWeight({ aboutEvent, searchText, interpretation }: UnderstoodQuestion): number {
  if (aboutEvent) return 1
  return COURSE_TYPES.has(interpretation.answerType) && COURSE.test(foldAligned(searchText)) ? 0.5 : 0
}

const SPAN_OF_TIME = /(?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)\s+(?:ngay|thang|nam|tuan|gio|phut|thap ky|the ky|buoi)/u
const PLACE = /(?:tại|ở|Tại|Ở|điểm cầu|tỉnh|thành phố|TP\.?|huyện|quận|xã|phường)\s+(?:\p{L}+\s+){0,3}\p{Lu}/u
const CAUSE = /(?<![a-z])(?:do|vi|boi|nham|de|nguyen nhan|nho)(?![a-z])/u

/** Whether a sentence writes out an abbreviation the question asks about: "… Trung ương (CATW)". */
function defines(sentence: string, { question }: UnderstoodQuestion): boolean {
  return (question.match(/(?<![\p{L}\p{N}])[\p{Lu}\d.]{2,10}(?![\p{L}\p{N}])/gu) ?? []).some((short) => sentence.includes(`(${short})`))
}

/** Whether a sentence holds something of the kind asked for. Kinds that any sentence may serve count as held. */
export function holdsType(sentence: string, type: AnswerType): boolean {
  switch (type) {
    case 'date':
      return /\d/.test(sentence) && timeExpressions(sentence).length > 0
    case 'number':
      return holdsQuantity(sentence)
    case 'duration':
      return SPAN_OF_TIME.test(foldAligned(sentence))
    case 'ordinal':
      return (
        ordinalMentions(sentence).length + decisionNumbers(sentence).length > 0 ||
        timeExpressions(sentence).some(({ kind }) => kind === 'term')
      )
    case 'person':
      return properNames(sentence).length > 0
    case 'place':
      return PLACE.test(sentence)
    case 'definition':
      return false
    case 'quote':
      return /["“”]/.test(sentence)
    case 'reason':
      return CAUSE.test(foldAligned(sentence))
    default:
      return true
  }
}
