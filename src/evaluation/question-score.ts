// In: a gold question, the body that answered it, and what the corpus has. Out: all figures of that question. Pure.
import type { AskResponse } from '../contract/schemas.ts'
import { holdsWords, overlapsEvidence } from './answer-match.ts'
import { type AnswerVerdict, answerVerdict, shownHeader, type TextOf } from './answer-verdict.ts'
import { citationSupport } from './citation-support.ts'
import type { GoldQuestion } from './gold-question.ts'
import type { MetricValues } from './metric-table.ts'
import { averageOf, averagePrecision, hit, type JudgedRanking, ndcg, recall, reciprocalRank } from './ranking-metrics.ts'
import { tokenF1 } from './token-f1.ts'

/** What the corpus has, as far as scoring needs it. */
export interface CorpusView {
  readonly textOf: TextOf
  /** Id of a document's conference. */
  readonly conferenceOf: (documentId: string) => string | undefined
  /** Places of a document's passages in its text. */
  readonly passagesOf: (documentId: string) => readonly { readonly start: number; readonly end: number }[]
}

/** A question's verdict, ranks and figures. */
export interface QuestionScore {
  readonly verdict: AnswerVerdict
  readonly ranking: JudgedRanking
  readonly values: MetricValues
}

/** Scores an answer. */
export function questionScore(gold: GoldQuestion, body: AskResponse, corpus: CorpusView): QuestionScore {
  const verdict = answerVerdict(gold, body, corpus.textOf)
  const ranking = rankingOf(gold, body, corpus)
  const refused = !body.answerable
  const passed = verdict.passed ? 1 : 0
  const right = <T>(value: T) => (gold.answerable ? value : null)
  const ranked = (value: number) => (gold.answerable && ranking.relevant > 0 ? value : null)
  const support = refused ? undefined : citationSupport(body.answer, body.citations)
  const cited = gold.answerable && !refused ? citedShares(gold, body, corpus) : undefined
  const values: MetricValues = {
    passed,
    answers: right(passed),
    refusals: gold.answerable ? null : passed,
    refusalPrecision: refused ? (gold.answerable ? 0 : 1) : null,
    refusalReason: gold.answerable || !refused || gold.reason === undefined ? null : body.refusal?.reason === gold.reason ? 1 : 0,
    coverage: right(refused ? 0 : 1),
    abstention: passed === 1 ? 1 : refused && gold.answerable ? 0 : -1,
    exactQuotes: body.citations.length === 0 ? null : verdict.exact.length / body.citations.length,
    containment: right(containment(gold, body, verdict)),
    tokenF1: right(gold.evidence.length + gold.answers.length === 0 ? null : f1Of(gold, body)),
    documentPrecision: cited?.documentPrecision ?? null,
    documentRecall: cited?.documentRecall ?? null,
    conferencePrecision: cited?.conferencePrecision ?? null,
    conferenceRecall: cited?.conferenceRecall ?? null,
    supportRecall: support?.recall ?? null,
    supportPrecision: support?.precision ?? null,
    document1: right(documentFirst(gold, body)),
    hit1: ranked(hit(ranking, 1)),
    hit5: ranked(hit(ranking, 5)),
    recall5: ranked(recall(ranking, 5)),
    recall10: ranked(recall(ranking, 10)),
    mrr10: ranked(reciprocalRank(ranking, 10)),
    ndcg10: ranked(ndcg(ranking, 10)),
    map: ranked(averagePrecision(ranking)),
  }
  return { verdict, ranking, values }
}

/** A passage is relevant when it overlaps the evidence in a source document, or comes from a listed one; a found copy counts too. */
function rankingOf(gold: GoldQuestion, { passages }: AskResponse, { textOf, passagesOf }: CorpusView): JudgedRanking {
  const isRelevant = (id: string, start: number, end: number) =>
    gold.passage_ids.includes(id) ||
    ((gold.source_docs.length === 0 || gold.source_docs.includes(id)) &&
      gold.evidence.some((text) => overlapsEvidence(textOf(id) ?? '', start, end, text)))
  const documents = [...new Set([...gold.source_docs, ...gold.passage_ids])]
  const all = documents.flatMap((id) => passagesOf(id).filter(({ start, end }) => isRelevant(id, start, end)))
  const ranks = passages.flatMap(({ document, start, end }, i) => (isRelevant(document.id, start, end) ? [i + 1] : []))
  return { ranks, relevant: Math.max(all.length, ranks.length) }
}

function documentFirst({ source_docs, passage_ids }: GoldQuestion, { passages: [first] }: AskResponse): number | null {
  if (source_docs.length + passage_ids.length === 0) return null
  return first !== undefined && [...source_docs, ...passage_ids].includes(first.document.id) ? 1 : 0
}

function containment(gold: GoldQuestion, body: AskResponse, { proving }: AnswerVerdict): number | null {
  const needs = gold.must_include.length > 0 ? gold.must_include.map((need) => [need].flat()) : [[...gold.answers]]
  if (needs.every((need) => need.length === 0)) return null
  if (!body.answerable) return 0
  const shown = `${body.answer} ; ${shownHeader(proving)}`
  return averageOf(needs.map((need) => (need.some((way) => holdsWords(shown, way)) ? 1 : 0)))
}

function f1Of({ evidence, answers }: GoldQuestion, { answerable, citations }: AskResponse): number {
  const first = citations.find(({ marker }) => marker === 1)
  return answerable && first !== undefined ? tokenF1(first.quote, evidence.length > 0 ? evidence : answers) : 0
}

/** Precision and recall of cited documents and conferences; undefined where the gold names none. Only a comparison needs all of them. */
function citedShares(gold: GoldQuestion, { citations }: AskResponse, { conferenceOf }: CorpusView) {
  const wanted = new Set(gold.source_docs.length > 0 ? gold.source_docs : gold.passage_ids)
  if (wanted.size === 0) return undefined
  const cited = new Set(citations.map(({ document }) => document.id))
  const wantedConferences = new Set([...wanted].flatMap((id) => conferenceOf(id) ?? []))
  const citedConferences = new Set(citations.map(({ conference }) => conference.id))
  const recallOf = (all: ReadonlySet<string>, found: ReadonlySet<string>) =>
    gold.category === 'comparison' ? shareIn(all, found) : Math.ceil(shareIn(all, found))
  return {
    documentPrecision: shareIn(cited, wanted),
    documentRecall: recallOf(wanted, cited),
    conferencePrecision: shareIn(citedConferences, wantedConferences),
    conferenceRecall: recallOf(wantedConferences, citedConferences),
  }
}

function shareIn(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return averageOf([...some].map((each) => (others.has(each) ? 1 : 0)))
}
