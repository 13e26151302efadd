// In: a gold question, the body that answered it, the texts of the documents. Out: whether it passes, and why not. The rules are
// those of eval/score.mjs, which asks over HTTP: what both count comes out the same.
import type { AskResponse, CitationBody } from '../contract/schemas.ts'
import { holdsWords, overlapsEvidence } from './answer-match.ts'
import type { GoldQuestion } from './gold-question.ts'

/** Text of a document by id; undefined for an unknown one. */
export type TextOf = (documentId: string) => string | undefined

/** What is said of an answer. */
export interface AnswerVerdict {
  readonly passed: boolean
  /** In words, one for each fault; empty when it passes. */
  readonly why: readonly string[]
  /** Citations whose quotation is the text at its place. */
  readonly exact: readonly CitationBody[]
  /** Of those, the ones that overlap the evidence or come from a listed document. */
  readonly proving: readonly CitationBody[]
}

/** Fewest characters of a quotation that can prove something. */
const MIN_PROOF_LENGTH = 12
/** A quotation up to this many characters counts as one sentence. */
const SENTENCE_LENGTH = 300
const LONG_CATEGORIES = new Set(['list', 'comparison'])

/** Judges an answer. */
export function answerVerdict(gold: GoldQuestion, body: AskResponse, textOf: TextOf): AnswerVerdict {
  const exact = body.citations.filter((citation) => isExact(citation, textOf))
  const proving = exact.filter((citation) => proves(citation, gold, textOf))
  const why = gold.answerable ? answerFaults(gold, body, proving) : refusalFaults(body)
  return { passed: why.length === 0, why, exact, proving }
}

function isExact({ document, quote, start, end }: CitationBody, textOf: TextOf): boolean {
  return quote !== '' && textOf(document.id)?.slice(start, end) === quote
}

function proves({ document, quote, start, end }: CitationBody, { evidence, passage_ids }: GoldQuestion, textOf: TextOf): boolean {
  if (quote.length < MIN_PROOF_LENGTH) return false
  return passage_ids.includes(document.id) || evidence.some((text) => overlapsEvidence(textOf(document.id) ?? '', start, end, text))
}

/** Numbers of the markers in an answer. */
export function markersOf(answer: string): Set<number> {
  return new Set([...answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])))
}

function refusalFaults({ answerable, answer, citations }: AskResponse): string[] {
  if (answerable) return ['answered an unanswerable question']
  return markersOf(answer).size > 0 || citations.length > 0 ? ['refused, yet cites'] : []
}

function answerFaults(gold: GoldQuestion, body: AskResponse, proving: readonly CitationBody[]): string[] {
  if (!body.answerable) return ['refused an answerable question']
  const { answer, citations } = body
  const why: string[] = []
  const markers = markersOf(answer)
  const numbers = citations.map(({ marker }) => marker)
  if (numbers.some((marker) => !markers.has(marker)) || [...markers].some((marker) => !numbers.includes(marker)))
    why.push('markers and citations differ')
  const [maxLength, maxCitations] = LONG_CATEGORIES.has(gold.category) ? [1600, 8] : [900, 4]
  if (answer.length > maxLength) why.push(`answer of ${answer.length} characters, at most ${maxLength}`)
  if (citations.length > maxCitations) why.push(`${citations.length} citations, at most ${maxCitations}`)
  const isSpan = gold.answers.length > 0 && gold.must_include.length === 0
  return [...why, ...(isSpan ? spanFaults(gold, citations, proving) : contentFaults(gold, answer, proving))]
}

function spanFaults({ answers }: GoldQuestion, citations: readonly CitationBody[], proving: readonly CitationBody[]): string[] {
  const first = citations.find(({ marker }) => marker === 1) ?? citations[0]
  if (first === undefined || !proving.includes(first)) return ['the first citation is not from the right passage']
  if (!isOneSentence(first.quote)) return ['the first quote is longer than a sentence']
  return answers.some((answer) => holdsWords(first.quote, answer)) ? [] : [`the first quote lacks ${answers[0]}`]
}

function isOneSentence(quote: string): boolean {
  return quote.length <= SENTENCE_LENGTH || !/[.!?…]["”’)]?\s+["“‘(]?\p{Lu}/u.test(quote.trim())
}

/** What citations show beside their quotations. */
export function shownHeader(citations: readonly CitationBody[]): string {
  return citations.map(({ conference, document }) => [conference.name, conference.date, document.publishedAt].join(' ; ')).join(' ; ')
}

function contentFaults(gold: GoldQuestion, answer: string, proving: readonly CitationBody[]): string[] {
  const why: string[] = []
  const header = shownHeader(proving)
  const needs = gold.must_include.map((need) => [need].flat())
  for (const need of needs) {
    if (!need.some((way) => holdsWords(answer, way) || holdsWords(header, way))) why.push(`lacks ${need.join(' | ')}`)
  }
  if (needs.length > 0 && !needs.some((need) => need.some((way) => holdsWords(answer, way))))
    why.push('nothing of it is in the answer itself')
  for (const bad of gold.must_not_include) if (holdsWords(answer, bad)) why.push(`says ${bad}`)
  if (gold.evidence.length > 0 || gold.passage_ids.length > 0) {
    const wanted = gold.category === 'comparison' ? Math.max(1, gold.source_docs.length) : 1
    const documents = new Set(proving.map(({ document }) => document.id)).size
    if (documents < wanted) why.push(`the evidence is cited in ${documents} of ${wanted} documents`)
  }
  return why
}
