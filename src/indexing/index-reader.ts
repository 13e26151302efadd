// In: the index folder and its manifest. Out: the parts of that generation in memory. Every file is held against its size and hash
// before anything, native code above all, makes sense of it.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { z } from 'zod'
import { PROVENANCES } from '../corpus/source-document.ts'
import { ThukyError } from '../errors.ts'
import { allOf } from '../inference/portions.ts'
import { type Abbreviation, AbbreviationTable, definedAbbreviations } from '../language/abbreviations.ts'
import { CorpusIndex, type IndexedDocument } from './corpus-index.ts'
import { HnswGraph } from './hnsw-graph.ts'
import { HnswVectors } from './hnsw-vectors.ts'
import {
  type IndexFile,
  type IndexGraph,
  type IndexManifest,
  type IndexSegment,
  type IndexVectors,
  isWhole,
  segmentFiles,
} from './index-manifest.ts'
import { joinedRows, joinedVectors } from './joined-vectors.ts'
import { LexicalIndex } from './lexical-index.ts'
import { LexicalSegment } from './lexical-segment.ts'
import { VectorFile } from './vector-file.ts'
import { VectorMatrix } from './vector-matrix.ts'
import type { VectorRows } from './vector-search.ts'

const nullableText = z.string().nullable()
const metadataSchema = z.object({
  title: z.string(),
  conference: z.string(),
  conferenceName: z.string(),
  ordinal: z.number().nullable(),
  date: nullableText,
  start: nullableText,
  end: nullableText,
  publisher: nullableText,
  publishedAt: nullableText,
  url: nullableText,
})
const span = { start: z.int(), end: z.int() }
/** A document as it is kept in an index. */
export const indexedDocumentSchema = z.object({
  key: z.string(),
  document: z.object({
    id: z.string(),
    path: z.string(),
    text: z.string(),
    sha256: z.string(),
    places: z.array(z.object({ start: z.int(), page: z.int().nullable(), heading: nullableText })),
    metadata: metadataSchema,
    provenance: z.partialRecord(metadataSchema.keyof(), z.enum(PROVENANCES)),
  }),
  passages: z.array(
    z.object({
      label: z.int(),
      documentId: z.string(),
      kind: z.enum(['body', 'caption']),
      section: nullableText,
      sentences: z.array(z.object({ label: z.int(), ...span })),
      ...span,
    }),
  ),
})

/** Bytes of vectors that are worth their memory: about 10,000 texts. */
const MOST_IN_MEMORY = 16 * 1024 * 1024

/** Documents parsed before other work of the process gets its turn. */
const DOCUMENTS_AT_ONCE = 32

/** A segment as it lies on disk, with the parts an update starts from. */
export interface StoredSegment {
  readonly segment: IndexSegment
  readonly documents: readonly IndexedDocument[]
  readonly passages: VectorMatrix
  readonly sentences: VectorMatrix
}

/** A segment that can be searched. */
export interface OpenSegment extends Pick<StoredSegment, 'segment' | 'documents'> {
  readonly passageVectors: VectorRows
  readonly sentenceVectors: HnswVectors
  readonly postings: LexicalSegment
  /** Abbreviations its documents define. */
  readonly abbreviations: readonly Abbreviation[]
}

/** Reads documents and vectors. @throws ThukyError `index` when a file does not hold what it should */
export async function readSegment(indexDir: string, segment: IndexSegment, dimension: number): Promise<StoredSegment> {
  const [documents, passages, sentences] = await Promise.all([
    readDocuments(indexDir, segment),
    readVectors(indexDir, segment.passages, dimension),
    readVectors(indexDir, segment.sentences, dimension),
  ])
  return { segment, documents, passages, sentences }
}

async function readVectors(indexDir: string, { labels, vectors }: IndexVectors, dimension: number): Promise<VectorMatrix> {
  const [rows, values] = await Promise.all([readWhole(indexDir, labels), readWhole(indexDir, vectors)])
  return new VectorMatrix(dimension, new Uint32Array(aligned(rows)), new Float32Array(aligned(values)))
}

/** Few vectors are read into memory, many stay in their file. */
async function openVectors(indexDir: string, files: IndexVectors, dimension: number): Promise<VectorRows> {
  const { labels, vectors } = files
  if (vectors.size <= MOST_IN_MEMORY) return readVectors(indexDir, files, dimension)
  const [rows, whole] = await Promise.all([readWhole(indexDir, labels), isWhole(indexDir, vectors)])
  if (!whole || vectors.size !== (rows.length / Uint32Array.BYTES_PER_ELEMENT) * dimension * Float32Array.BYTES_PER_ELEMENT)
    throw damaged(vectors)
  return new VectorFile(join(indexDir, vectors.name), dimension, new Uint32Array(aligned(rows)))
}

/** Line by line: the whole file as one text would take twice its size in memory for a moment that is never given back. */
async function readDocuments(indexDir: string, { documents: file }: IndexSegment): Promise<IndexedDocument[]> {
  if (!(await isWhole(indexDir, file))) throw damaged(file)
  const documents: IndexedDocument[] = []
  for await (const line of linesOf(join(indexDir, file.name))) {
    const parsed = indexedDocumentSchema.safeParse(JSON.parse(line))
    if (!parsed.success) throw new ThukyError('index', 'The documents of the index are of another format; run thuky index --rebuild.')
    documents.push(parsed.data as IndexedDocument)
    if (documents.length % DOCUMENTS_AT_ONCE === 0) await yieldToOthers()
  }
  return documents
}

/** Lines end with a line feed and nothing else: texts may hold other separators of lines. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/** Opens a segment: its graph, vectors and postings at the same time. @throws ThukyError `index` when a file is not what it should be */
export async function openSegment(indexDir: string, segment: IndexSegment, dimension: number): Promise<OpenSegment> {
  const [documents, passageVectors, sentenceRows, graph, postings] = await Promise.all([
    readDocuments(indexDir, segment),
    openVectors(indexDir, segment.passages, dimension),
    openVectors(indexDir, segment.sentences, dimension),
    openGraph(indexDir, segment.sentences, dimension),
    openPostings(indexDir, segment.postings),
  ])
  return {
    segment,
    documents,
    passageVectors,
    sentenceVectors: new HnswVectors(graph, sentenceRows),
    postings,
    abbreviations: documents.flatMap(({ document }) => definedAbbreviations(document.text)),
  }
}

/**
 * Makes a generation searchable. Segments are files that never change: those that are open already stay as they are.
 * @throws ThukyError `index` when a file is not what the manifest says
 */
export async function openGeneration(
  indexDir: string,
  manifest: IndexManifest,
  abbreviations: readonly Abbreviation[],
  before: readonly OpenSegment[] = [],
): Promise<CorpusIndex> {
  const known = new Map(before.map((open) => [identityOf(open.segment), open]))
  const segments = await allOf(
    manifest.segments.map(async (segment) => known.get(identityOf(segment)) ?? openSegment(indexDir, segment, manifest.recipe.dimension)),
  )
  return new CorpusIndex({
    generation: manifest.generation,
    documents: segments.flatMap(({ documents }) => documents).sort(byPath),
    corpusFiles: manifest.corpus,
    skipped: manifest.skipped,
    passageVectors: joinedRows(segments.map(({ passageVectors }) => passageVectors)),
    sentenceVectors: joinedVectors(segments.map(({ sentenceVectors }) => sentenceVectors)),
    lexical: new LexicalIndex(segments.map(({ postings }) => postings)),
    abbreviations: new AbbreviationTable([...abbreviations, ...segments.flatMap((segment) => segment.abbreviations)]),
    segments,
  })
}

const byPath = (a: IndexedDocument, b: IndexedDocument) => (a.document.path < b.document.path ? -1 : 1)

/** Segments with the same files are the same. */
const identityOf = (segment: IndexSegment) =>
  segmentFiles(segment)
    .map(({ sha256 }) => sha256)
    .join()

/** Opens one graph. @throws ThukyError `index` when its file is not the one the manifest names */
export async function openGraph(indexDir: string, { file, count, deleted }: IndexGraph, dimension: number): Promise<HnswGraph> {
  if (!(await isWhole(indexDir, file))) throw damaged(file)
  return HnswGraph.open(join(indexDir, file.name), { dimension, count, deleted })
}

/** Opens postings. @throws ThukyError `index` when their file is not the one the manifest names */
export async function openPostings(indexDir: string, file: IndexFile): Promise<LexicalSegment> {
  return LexicalSegment.fromBuffer(await readWhole(indexDir, file))
}

async function readWhole(indexDir: string, file: IndexFile): Promise<Buffer> {
  const bytes = await readFile(join(indexDir, file.name))
  if (bytes.length !== file.size || createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw damaged(file)
  return bytes
}

const damaged = ({ name }: IndexFile) =>
  new ThukyError('index', `The file ${name} of the index is damaged; run thuky index to mend it.`, { name })

/** The bytes as a buffer of their own; without a copy where they are that already. */
function aligned({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  if (byteOffset === 0 && buffer.byteLength === byteLength && buffer instanceof ArrayBuffer) return buffer
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}
