// In: results of the assistant. Out: the JSON bodies of the contract. The same for HTTP and for `--json` on the command line.
import { basename } from 'node:path'
import type { Answer, Citation } from '../answering/answer.ts'
import type { AskResult, SearchResult } from '../ask-request.ts'
import type { Assistant } from '../assistant.ts'
import { placeAt } from '../corpus/document-places.ts'
import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { Interpretation } from '../retrieval/interpretation.ts'
import type { PassageExplanation, RetrievedPassage } from '../retrieval/retriever.ts'
import type { ConversationBody, KeptAnswer } from './conversation-schemas.ts'
import type { AskResponse, CitationBody, ConferenceBody, DocumentBody, FullDocumentBody, PassageBody, SearchResponse } from './schemas.ts'
import { askResponseSchema, TERM_FAMILIES } from './schemas.ts'
import { writingNote } from './writing-note.ts'

const rounded = (value: number, digits = 4) => Number(value.toFixed(digits))
const milliseconds = (value: number) => rounded(value, 1)

export function conferenceBody({ id, name, ordinal, date, documentIds }: Conference): ConferenceBody {
  return { id, name, ordinal, date, documents: documentIds.length }
}

export function documentBody({ id, sha256, metadata }: SourceDocument): DocumentBody {
  const { title, publisher, publishedAt, url } = metadata
  return { id, title, publisher, publishedAt, url, sha256 }
}

export function fullDocumentBody(document: SourceDocument, conference: Conference): FullDocumentBody {
  const { text, places, metadata, provenance } = document
  return {
    ...documentBody(document),
    conference: conferenceBody(conference),
    text,
    places: [...places],
    metadata,
    provenance: { ...provenance } as Record<string, string>,
  }
}

/** A citation on the wire. */
export function citationBody({ marker, conference, document, quote, start, end, score }: Citation): CitationBody {
  return {
    marker,
    conference: conferenceBody(conference),
    document: documentBody(document),
    quote,
    start,
    end,
    place: placeAt(document, start),
    score: rounded(score),
  }
}

function passageBody({ passage, score, parts, copies, explanation }: RetrievedPassage, index: CorpusIndex): PassageBody {
  const document = index.documentOf(passage)
  const { start, end } = passage
  return {
    conference: conferenceBody(index.conferenceOf(document)),
    document: documentBody(document),
    text: document.text.slice(start, end),
    start,
    end,
    place: placeAt(document, start),
    score: rounded(score),
    parts: { dense: rounded(parts.dense), lexical: rounded(parts.lexical), scope: rounded(parts.scope) },
    alsoIn: copies.map(({ documentId }) => documentId),
    ...(explanation === undefined ? {} : { explanation: explanationBody(explanation) }),
  }
}

function explanationBody({ passageSimilarity, sentenceSimilarity, lexicalScore, terms }: PassageExplanation): PassageBody['explanation'] {
  return {
    passageSimilarity: rounded(passageSimilarity),
    sentenceSimilarity: rounded(sentenceSimilarity),
    lexicalScore: rounded(lexicalScore),
    terms: terms.map(({ term, score }) => ({
      family: TERM_FAMILIES[term[0] as keyof typeof TERM_FAMILIES],
      term: term.slice(1),
      score: rounded(score),
    })),
  }
}

function interpretationBody({ conferenceIds, from, to, answerType }: Interpretation): AskResponse['interpretation'] {
  return { conferenceIds: [...(conferenceIds ?? [])], from, to, answerType }
}

function filtersBody({ conferenceIds, documentIds, from, to }: AskResult['filters']): AskResponse['filters'] {
  return {
    ...(conferenceIds === undefined ? {} : { conferenceIds: [...conferenceIds] }),
    ...(documentIds === undefined ? {} : { documentIds: [...documentIds] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** What was found, before the answer is written. */
export function foundBody({ retrieval, passages, index }: Pick<AskResult, 'retrieval' | 'passages' | 'index'>) {
  return {
    interpretation: interpretationBody(retrieval.understood.interpretation),
    passages: passages.map((passage) => passageBody(passage, index)),
  }
}

/** Facts about the run that the result itself does not hold. */
export interface AskContext {
  /** Folder or hub id of the embedding model; only its name is shown. */
  readonly model: string
  readonly conversationId: string | null
}

/** Most conferences a refusal lists: a large corpus has thousands, and every refusal would carry them. */
const MOST_SEARCHED = 50

/** What was searched; of very many, those that came nearest before the others. @param found conferences of the passages found, best first */
export function shownConferences(
  { searched, nearest }: Pick<NonNullable<Answer['refusal']>, 'searched' | 'nearest'>,
  found: readonly Conference[],
): readonly Conference[] {
  if (searched.length <= MOST_SEARCHED) return searched
  const first = [...nearest.map(({ conference }) => conference), ...found].filter((conference) => searched.includes(conference))
  return [...new Set([...first, ...searched.slice(0, MOST_SEARCHED)])].slice(0, MOST_SEARCHED)
}

const foundConferences = (passages: readonly RetrievedPassage[], index: CorpusIndex) =>
  passages.map(({ passage }) => index.conferenceOf(index.documentOf(passage)))

export function askBody(
  { id, question, filters, scope, answer, reader, retrieval, index, passages, timingsMs }: AskResult,
  { model, conversationId }: AskContext,
): AskResponse {
  const { embed, retrieve, answer: answering, total } = timingsMs
  const writing = answer.answerable ? answer.writing : undefined
  const generator = writing === undefined || writing.shown === 0 ? 'extractive' : writing.model
  return {
    id,
    conversationId,
    question,
    standaloneQuestion: retrieval.understood.question,
    language: retrieval.understood.language,
    filters: filtersBody(filters),
    scope,
    answerable: answer.answerable,
    answer: answer.text,
    refusal:
      answer.refusal === null
        ? null
        : {
            reason: answer.refusal.reason,
            searched: shownConferences(answer.refusal, foundConferences(passages, index)).map(conferenceBody),
            searchedCount: answer.refusal.searched.length,
            nearest: answer.refusal.nearest.map(citationBody),
          },
    interpretation: interpretationBody(retrieval.understood.interpretation),
    writing: writing === undefined ? null : { ...writing, note: writingNote(writing, retrieval.understood.language) },
    citations: answer.citations.map(citationBody),
    passages: passages.map((passage) => passageBody(passage, index)),
    models: { embedding: basename(model), generator, ...(reader === null ? {} : { reader }) },
    timingsMs: {
      embed: milliseconds(embed),
      retrieve: milliseconds(retrieve),
      answer: milliseconds(answering),
      total: milliseconds(total),
    },
  }
}

export function searchBody({
  understood: { question, searchText, interpretation },
  passages,
  timingsMs,
  index,
}: SearchResult): SearchResponse {
  const { embed, retrieve } = timingsMs
  return {
    question,
    searchedAs: searchText,
    interpretation: interpretationBody(interpretation),
    passages: passages.map((passage) => passageBody(passage, index)),
    timingsMs: { embed: milliseconds(embed), retrieve: milliseconds(retrieve), total: milliseconds(embed + retrieve) },
  }
}

/** A conversation as the store gives it. */
export type StoredConversation = Awaited<ReturnType<Assistant['conversations']['get']>>

/**
 * A conversation with what has become of its sources.
 * @param index undefined while none is loaded; nothing is said about sources then
 */
export function conversationBody({ id, title, createdAt, updatedAt, turns }: StoredConversation, index?: CorpusIndex): ConversationBody {
  return {
    id,
    title,
    createdAt,
    updatedAt,
    turns: turns.map(({ question, standaloneQuestion, askedAt, answer }) => ({
      question,
      standaloneQuestion,
      askedAt,
      answer: keptAnswer(answer, index),
    })),
  }
}

function keptAnswer(answer: unknown, index: CorpusIndex | undefined): KeptAnswer | null {
  const { data } = askResponseSchema.safeParse(answer)
  if (data === undefined) return null
  if (index === undefined) return data
  const kept = (citation: CitationBody) => keptCitation(citation, index)
  const refusal = data.refusal === null ? null : { ...data.refusal, nearest: data.refusal.nearest.map(kept) }
  return { ...data, citations: data.citations.map(kept), refusal }
}

/** A citation stays what it was; when its place in the corpus no longer holds it, it says where it went. */
function keptCitation(citation: CitationBody, index: CorpusIndex): KeptAnswer['citations'][number] {
  const { document, quote, start, end } = citation
  const now = index.documents.get(document.id)
  if (now?.text.slice(start, end) === quote) return citation
  const moved = [...index.documents.values()].find(({ sha256 }) => sha256 === document.sha256)
  if (moved !== undefined) return { ...citation, source: { state: 'moved', documentId: moved.id } }
  return { ...citation, source: now === undefined ? { state: 'removed', documentId: null } : { state: 'changed', documentId: now.id } }
}
