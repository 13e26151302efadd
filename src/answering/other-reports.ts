// In: a proof and the other candidate sentences. Out: what other reports of the same event say about the same thing, told apart
// into those that agree and those that give another figure. Figures are never merged.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { dot } from '../indexing/vector-matrix.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import { properNames } from '../language/proper-names.ts'
import { comparedFigures, type FigureComparison } from '../language/quantity-values.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { FoundVectors, RetrievalResult } from '../retrieval/retriever.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** What other reports say. */
export interface OtherReports {
  readonly agreeing: readonly CandidateSentence[]
  readonly differing: readonly CandidateSentence[]
}

/** Most proofs added of each kind. */
const MAX_ADDED = 2
/**
 * Least cosine of two sentences of one event for one thing said twice, and for one thing said differently: their vectors hold
 * the event's name too and lie close together. Set on eval/gold/paired-reports (pairs 1–5; the same fact lies at 0.96 to 0.99).
 */
const SAME_THING = 0.96
const SAME_MATTER = 0.975
/** Least probability beside the main proof's to be taken for something else than chance. */
const LIKELY = 0.001
const LIKELY_DIFFERENT = 0.01

/** Looks through the other reports of the event; nothing when there is but one. */
export function otherReports(
  main: CandidateSentence,
  sentences: readonly CandidateSentence[],
  { understood, vectors }: RetrievalResult,
  { index }: { readonly index: CorpusIndex },
): OtherReports {
  const document = index.documentOf(main.retrieved.passage)
  const conference = index.conferenceOf(document)
  const agreeing: CandidateSentence[] = copiesOf(main, index)
  const differing: CandidateSentence[] = []
  const { answerType } = understood.interpretation
  for (const id of conference.documentIds) {
    if (id === document.id || agreeing.some(({ retrieved }) => retrieved.passage.documentId === id)) continue
    const own = sentences.filter(({ retrieved, score }) => retrieved.passage.documentId === id && score >= LIKELY * main.score)
    const related = own.map((other) => ({
      other,
      likeness: likeness(main, other, vectors),
      relation: relation(main, other, answerType, understood.searchText),
    }))
    const same = related.find((found) => found.relation === 'same' && found.likeness >= SAME_THING)
    const different = related.find(
      ({ other, likeness: near, relation: kind }) =>
        kind === 'different' && near >= SAME_MATTER && other.features.type > 0 && other.score >= LIKELY_DIFFERENT * main.score,
    )
    if (same !== undefined) agreeing.push(same.other)
    else if (different !== undefined) differing.push(different.other)
  }
  return { agreeing: agreeing.slice(0, MAX_ADDED), differing: differing.slice(0, MAX_ADDED) }
}

/** How what another sentence says stands to the proof, in what the question asks for. */
function relation({ text }: CandidateSentence, other: CandidateSentence, answerType: AnswerType, question: string): FigureComparison {
  switch (answerType) {
    case 'number':
    case 'duration':
      return comparedFigures(text, other.text, question)
    case 'date':
      return sharesTime(text, other.text) ? 'same' : 'unrelated'
    case 'person':
    case 'place':
      return sharesName(text, other.text, question) ? 'same' : 'unrelated'
    default:
      return 'unrelated'
  }
}

function sharesTime(one: string, other: string): boolean {
  const times = timeExpressions(one)
  return timeExpressions(other).some((time) =>
    times.some((own) =>
      own.month !== undefined && own.day !== undefined ? own.month === time.month && own.day === time.day : own.from === time.from,
    ),
  )
}

function sharesName(one: string, other: string, question: string): boolean {
  const asked = foldAligned(question)
  const names = properNames(one).map(foldAligned)
  return properNames(other).some((name) => names.includes(foldAligned(name)) && !asked.includes(foldAligned(name)))
}

/** Cosine of two sentences that were found, headers included; 0 when one has no vector. */
export function likeness(one: CandidateSentence, other: CandidateSentence, vectors: FoundVectors): number {
  const [a, b] = [vectorOf(one, vectors), vectorOf(other, vectors)]
  return a === undefined || b === undefined ? 0 : dot(a, b)
}

function vectorOf({ retrieved, start }: CandidateSentence, { sentences }: FoundVectors): Float32Array | undefined {
  const sentence = retrieved.passage.sentences.find((own) => own.start === start)
  return sentence === undefined ? undefined : sentences.vector(sentence.label)
}

const comparable = (text: string) => foldAligned(text).replace(/\s+/g, ' ').trim()

/** The same sentence in copies of its passage that were put under it. */
function copiesOf(main: CandidateSentence, index: CorpusIndex): CandidateSentence[] {
  const wanted = comparable(main.text)
  return main.retrieved.copies.flatMap((passage) => {
    const { text } = index.documentOf(passage)
    const copy = passage.sentences.find(({ start, end }) => comparable(text.slice(start, end)) === wanted)
    if (copy === undefined) return []
    return [
      { ...main, start: copy.start, end: copy.end, text: text.slice(copy.start, copy.end), retrieved: { ...main.retrieved, passage } },
    ]
  })
}
