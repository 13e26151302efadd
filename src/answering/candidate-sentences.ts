// In: retrieved passages and the question. Out: their sentences with the features by which an answer is chosen.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned, hasAccents } from '../language/folding.ts'
import { termFrequencies } from '../language/lexical-terms.ts'
import { contentOf } from '../language/question-frames.ts'
import type { Span } from '../language/spans.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import { passageHeader } from '../corpus/passage-header.ts'
import type { RetrievalResult, RetrievedPassage } from '../retrieval/retriever.ts'

/** What speaks for a sentence; all in [0, 1]. */
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
  /** 1 for the words under a picture. */
  readonly caption: number
}

/** A sentence that may be the answer. */
export interface CandidateSentence extends Span {
  readonly retrieved: RetrievedPassage
  readonly features: SentenceFeatures
  readonly score: number
}

/** Weights of the features. Set by hand on the tune half of viquad1_dev and the first gold questions. */
const WEIGHTS: Readonly<Record<keyof SentenceFeatures, number>> = {
  passage: 1,
  dense: 1,
  coverage: 1.4,
  passageCoverage: 0.6,
  pairs: 0.6,
  type: 0.5,
  caption: -0.3,
}

/** Sentences of the retrieved passages, best first. */
export function candidateSentences(result: RetrievalResult, index: CorpusIndex): CandidateSentence[] {
  const question = questionTerms(result.question, index)
  const raw = result.passages.flatMap((retrieved) => {
    const { passage } = retrieved
    const document = index.documentOf(passage)
    const { text } = document
    const passageTerms = termFrequencies(`${passageHeader(document, passage.section)}\n${text.slice(passage.start, passage.end)}`, index.abbreviations)
    return passage.sentences.map((sentence) => {
      const content = text.slice(sentence.start, sentence.end)
      const terms = termFrequencies(content, index.abbreviations)
      return {
        start: sentence.start,
        end: sentence.end,
        retrieved,
        similarity: index.sentenceVectors.matrix.similarity(result.vector, sentence.label) ?? 0,
        passage: retrieved.score,
        coverage: covered(question.words, terms),
        passageCoverage: covered(question.words, passageTerms),
        pairs: covered(question.pairs, terms),
        type: holdsType(content, result.interpretation.answerType) ? 1 : 0,
        caption: passage.kind === 'caption' ? 1 : 0,
      }
    })
  })
  const lowest = Math.min(...raw.map(({ similarity }) => similarity))
  const highest = Math.max(...raw.map(({ similarity }) => similarity))
  return raw
    .map(({ start, end, retrieved, similarity, ...rest }) => {
      const features = { ...rest, dense: highest > lowest ? (similarity - lowest) / (highest - lowest) : 1 }
      return { start, end, retrieved, features, score: weighted(features) }
    })
    .sort((a, b) => b.score - a.score)
}

function weighted(features: SentenceFeatures): number {
  const names = Object.keys(WEIGHTS) as (keyof SentenceFeatures)[]
  const most = names.reduce((sum, name) => sum + Math.max(0, WEIGHTS[name]), 0)
  return Math.max(0, names.reduce((sum, name) => sum + WEIGHTS[name] * features[name], 0) / most)
}

interface QuestionTerms {
  readonly words: ReadonlyMap<string, number>
  readonly pairs: ReadonlyMap<string, number>
}

/** The question's content as terms with their rarity; folded when it was asked without accents. */
export function questionTerms(question: string, index: CorpusIndex): QuestionTerms {
  const [word, pair] = hasAccents(question) ? ['a', 'A'] : ['f', 'F']
  const words = new Map<string, number>()
  const pairs = new Map<string, number>()
  for (const term of termFrequencies(contentOf(question), index.abbreviations).keys()) {
    const rarity = index.lexical.inverseDocumentFrequency(term)
    if (term[0] === word) words.set(term, rarity)
    else if (term[0] === pair) pairs.set(term, rarity)
  }
  return { words, pairs }
}

/** Weighted share of `wanted` that occurs among `terms`; 0 when nothing is wanted. */
export function covered(wanted: ReadonlyMap<string, number>, terms: ReadonlyMap<string, number>): number {
  let all = 0
  let found = 0
  for (const [term, weight] of wanted) {
    all += weight
    if (terms.has(term)) found += weight
  }
  return all === 0 ? 0 : found / all
}

const NAME = /(?:^|[^.!?…"“\p{L}]\s*)(\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+){1,3})/u

/** Whether a sentence holds something of the kind asked for. Kinds that any sentence may serve count as held. */
function holdsType(sentence: string, type: AnswerType): boolean {
  switch (type) {
    case 'date':
      return timeExpressions(sentence).length > 0
    case 'number':
      return /\d/.test(sentence)
    case 'duration':
      return /(?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)\s+(?:ngay|thang|nam|tuan|gio|phut|thap ky|the ky)/.test(foldAligned(sentence))
    case 'person':
      return NAME.test(sentence)
    case 'quote':
      return /["“”]/.test(sentence)
    case 'reason':
      return /(?<![a-z])(?:do|vi|boi|nham|de|nguyen nhan|nho)(?![a-z])/.test(foldAligned(sentence))
    default:
      return true
  }
}
