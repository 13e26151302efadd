// In: the parts of one generation of the index. Out: documents, passages, sentences and conferences by id, and what searches
// them. Immutable: an update makes another one, so a request sees one state from its beginning to its end.
import type { PassageKind } from '../corpus/passages.ts'
import type { DocumentMetadata, SkippedFile, SourceDocument } from '../corpus/source-document.ts'
import type { AbbreviationTable } from '../language/abbreviations.ts'
import type { Span } from '../language/spans.ts'
import { type Conference, conferencesOf } from './conferences.ts'
import type { OpenSegment } from './index-reader.ts'
import type { LexicalIndex } from './lexical-index.ts'
import type { VectorSearch, VectorSource } from './vector-search.ts'

/** A sentence of the index. */
export interface IndexedSentence extends Span {
  readonly label: number
}

/** A passage of the index. Labels are unique in the index and never used again. */
export interface IndexedPassage extends Span {
  readonly label: number
  readonly documentId: string
  readonly kind: PassageKind
  readonly section: string | null
  readonly sentences: readonly IndexedSentence[]
}

/** A document with its passages, as it stands in the index. */
export interface IndexedDocument {
  /** Hash of all that decides the passages and their vectors; the same key needs no new vectors. */
  readonly key: string
  readonly document: SourceDocument
  readonly passages: readonly IndexedPassage[]
}

/** What a generation is made of. */
export interface CorpusIndexParts {
  readonly generation: number
  readonly documents: readonly IndexedDocument[]
  /** Files the generation was made from, skipped ones included. */
  readonly corpusFiles: readonly { readonly path: string; readonly sha256: string }[]
  readonly skipped: readonly SkippedFile[]
  readonly passageVectors: VectorSource
  readonly sentenceVectors: VectorSearch
  readonly lexical: LexicalIndex
  readonly abbreviations: AbbreviationTable
  /** What it is made of, for the next generation; absent where it does not lie in files. */
  readonly segments?: readonly OpenSegment[]
}

/** One generation of the index, ready to be searched. */
export class CorpusIndex {
  readonly generation: number
  readonly documents: ReadonlyMap<string, SourceDocument>
  /** SHA-256 of the bytes of the corpus files the generation was made from, by path. */
  readonly fileHashes: ReadonlyMap<string, string>
  /** By id, latest first. */
  readonly conferences: ReadonlyMap<string, Conference>
  /** The conferences that are events a report names, in the same order; the others are documents that stand for themselves. */
  readonly events: readonly Conference[]
  readonly passages: ReadonlyMap<number, IndexedPassage>
  /** Label of the passage a sentence belongs to, by the sentence's label. */
  readonly passageOfSentence: ReadonlyMap<number, number>
  readonly skipped: readonly SkippedFile[]
  readonly passageVectors: VectorSource
  readonly sentenceVectors: VectorSearch
  readonly lexical: LexicalIndex
  readonly abbreviations: AbbreviationTable
  readonly segments: readonly OpenSegment[]
  readonly #leads: ReadonlySet<number>
  readonly #passagesOf: ReadonlyMap<string, readonly IndexedPassage[]>

  constructor(parts: CorpusIndexParts) {
    this.generation = parts.generation
    this.documents = new Map(parts.documents.map(({ document }) => [document.id, document]))
    this.fileHashes = new Map(parts.corpusFiles.map(({ path, sha256 }) => [path, sha256]))
    this.conferences = conferencesOf(parts.documents.map(({ document }) => document))
    this.events = [...this.conferences.values()].filter(({ isEvent }) => isEvent)
    const passages = parts.documents.flatMap((document) => document.passages)
    this.passages = new Map(passages.map((passage) => [passage.label, passage]))
    this.passageOfSentence = new Map(passages.flatMap(({ label, sentences }) => sentences.map((sentence) => [sentence.label, label])))
    this.#passagesOf = new Map(parts.documents.map((document) => [document.document.id, document.passages]))
    this.skipped = parts.skipped
    this.#leads = new Set(parts.documents.flatMap((document) => document.passages.find(({ kind }) => kind === 'body')?.label ?? []))
    this.passageVectors = parts.passageVectors
    this.sentenceVectors = parts.sentenceVectors
    this.lexical = parts.lexical
    this.abbreviations = parts.abbreviations
    this.segments = parts.segments ?? []
  }

  /** Labels of the sentences of passages, in the order given. */
  sentencesOf(labels: Iterable<number>): number[] {
    const found: number[] = []
    for (const label of labels) for (const sentence of this.passages.get(label)?.sentences ?? []) found.push(sentence.label)
    return found
  }

  /** Whether a passage is the first of its document's body. */
  isLead(passage: IndexedPassage): boolean {
    return this.#leads.has(passage.label)
  }

  /** Passages of a document in the order of its text; none of an unknown one. */
  passagesOf(documentId: string): readonly IndexedPassage[] {
    return this.#passagesOf.get(documentId) ?? []
  }

  /** The document of a passage; it is always there. */
  documentOf(passage: IndexedPassage): SourceDocument {
    return this.documents.get(passage.documentId) as SourceDocument
  }

  /** The conference a document reports; it is always there. */
  conferenceOf(document: { readonly metadata: DocumentMetadata }): Conference {
    return this.conferences.get(document.metadata.conference) as Conference
  }
}

/** Documents of a generation that the one before had not; undefined when it had one that is gone or has changed. */
export function addedDocuments(before: CorpusIndex, now: CorpusIndex): SourceDocument[] | undefined {
  for (const [id, document] of before.documents) if (now.documents.get(id)?.sha256 !== document.sha256) return undefined
  return [...now.documents.values()].filter(({ id }) => !before.documents.has(id))
}
