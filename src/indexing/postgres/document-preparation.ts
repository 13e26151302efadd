// In: documents as they were split. Out: what is written of them: labels, postings, and vectors, texts of many documents embedded
// together. Writes nothing.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SplitDocument } from '../../corpus/build-document.ts'
import { AbbreviationTable } from '../../language/abbreviations.ts'
import type { IndexedDocument } from '../corpus-index.ts'
import { embeddedTexts } from '../embedded-texts.ts'
import { indexedText, labelledTerms, unlabelled } from '../indexed-text.ts'
import { LexicalSegment } from '../lexical-segment.ts'
import type { IndexSources } from '../update-index.ts'
import type { Database } from './database.ts'
import { type DocumentToWrite, newLabels } from './document-rows.ts'

/** Texts of documents that are embedded together; their vectors are in memory. */
const TEXTS_AT_ONCE = 2048

/** A file to write. */
interface FileToWrite {
  readonly split: SplitDocument
  readonly bytes: Uint8Array
}

/** Documents ready to be written. */
export interface PreparedGroup {
  readonly documents: readonly DocumentToWrite[]
  /** Different texts that were embedded. */
  readonly embedded: number
}

/** Prepares documents for the database. */
export class DocumentPreparation {
  readonly #abbreviations: AbbreviationTable

  constructor(
    private readonly database: Database,
    private readonly inputs: Pick<IndexSources, 'corpusDir' | 'abbreviations' | 'embed' | 'dimension' | 'onProgress'>,
  ) {
    this.#abbreviations = new AbbreviationTable(inputs.abbreviations)
  }

  /**
   * Documents with labels, postings and vectors, in groups whose texts were embedded together.
   * @param files bytes by path; those of other documents are read from the corpus folder
   */
  async *groups(splits: Iterable<SplitDocument>, files: ReadonlyMap<string, Uint8Array> = new Map()): AsyncGenerator<PreparedGroup> {
    let group: FileToWrite[] = []
    let texts = 0
    for (const split of splits) {
      const { path } = split.document
      group.push({ split, bytes: files.get(path) ?? (await readFile(join(this.inputs.corpusDir, path))) })
      texts += split.passages.reduce((sum, { sentences }) => sum + 1 + sentences.length, 0)
      if (texts < TEXTS_AT_ONCE) continue
      yield await this.#embedded(group)
      group = []
      texts = 0
    }
    if (group.length > 0) yield await this.#embedded(group)
  }

  async #embedded(group: readonly FileToWrite[]): Promise<PreparedGroup> {
    const documents: { indexed: IndexedDocument; bytes: Uint8Array }[] = []
    for (const { split, bytes } of group) documents.push({ indexed: await this.#labelled(split), bytes })
    const rows = new Map<string, number>()
    const rowOf = new Map<number, number>()
    for (const { indexed } of documents) {
      for (const passage of indexed.passages) {
        for (const part of [passage, ...passage.sentences]) {
          const text = indexedText(indexed, passage.section, part)
          const row = rows.get(text) ?? rows.size
          rows.set(text, row)
          rowOf.set(part.label, row)
        }
      }
    }
    const dimension = await this.inputs.dimension()
    const vectors = await this.#vectors([...rows.keys()], dimension)
    const vectorOf = (label: number) => {
      const row = rowOf.get(label) as number
      return vectors.subarray(row * dimension, (row + 1) * dimension)
    }
    return {
      documents: documents.map(({ indexed, bytes }) => ({
        indexed,
        bytes,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        postings: LexicalSegment.build(labelledTerms(indexed, this.#abbreviations)),
        vectorOf,
      })),
      embedded: rows.size,
    }
  }

  async #labelled(split: SplitDocument): Promise<IndexedDocument> {
    const { key, document, passages } = unlabelled(split)
    const labels = await newLabels(
      this.database,
      passages.reduce((sum, { sentences }) => sum + 1 + sentences.length, 0),
    )
    let next = 0
    const label = () => labels[next++] as number
    return {
      key,
      document,
      passages: passages.map((passage) => ({
        ...passage,
        documentId: document.id,
        label: label(),
        sentences: passage.sentences.map(({ start, end }) => ({ start, end, label: label() })),
      })),
    }
  }

  /** In the order and in the portions of the local store, and so the same vectors. */
  async #vectors(texts: readonly string[], dimension: number): Promise<Float32Array> {
    const { embed, onProgress } = this.inputs
    const vectors = new Float32Array(texts.length * dimension)
    const told = (done: number) => onProgress?.({ phase: 'embedding', done, total: texts.length })
    told(0)
    const onVector = (place: number, vector: Float32Array) => vectors.set(vector, place * dimension)
    await embeddedTexts(texts, { embed, dimension, onVector, onPortion: told })
    return vectors
  }
}
