// In: the index folder and its manifest. Out: the parts of that generation in memory. Every file is held against its size and hash
// before anything, native code above all, makes sense of it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { z } from 'zod'
import { PROVENANCES } from '../corpus/source-document.ts'
import { ThukyError } from '../errors.ts'
import { type Abbreviation, AbbreviationTable } from '../language/abbreviations.ts'
import { CorpusIndex, type IndexedDocument } from './corpus-index.ts'
import { HnswGraph } from './hnsw-graph.ts'
import { HnswVectors } from './hnsw-vectors.ts'
import { type IndexFile, type IndexManifest, isWhole } from './index-manifest.ts'
import { LexicalIndex } from './lexical-index.ts'
import { LexicalSegment } from './lexical-segment.ts'
import { VectorMatrix } from './vector-matrix.ts'

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

/** Documents parsed before other work of the process gets its turn. */
const DOCUMENTS_AT_ONCE = 32

/** One generation as it lies on disk, with the parts an update starts from. */
export interface StoredGeneration {
  readonly manifest: IndexManifest
  readonly documents: readonly IndexedDocument[]
  readonly passages: VectorMatrix
  readonly sentences: VectorMatrix
}

/** Reads documents and vectors. @throws ThukyError `index` when a file does not hold what it should */
export async function readGeneration(indexDir: string, manifest: IndexManifest): Promise<StoredGeneration> {
  const documents: IndexedDocument[] = []
  for (const line of (await readWhole(indexDir, manifest.documents)).toString('utf8').split('\n')) {
    if (line === '') continue
    const parsed = indexedDocumentSchema.safeParse(JSON.parse(line))
    if (!parsed.success) throw new ThukyError('index', 'The documents of the index are of another format; run thuky index --rebuild.')
    documents.push(parsed.data as IndexedDocument)
    if (documents.length % DOCUMENTS_AT_ONCE === 0) await yieldToOthers()
  }
  const matrix = async (graph: IndexManifest['passages']) =>
    new VectorMatrix(
      manifest.recipe.dimension,
      new Uint32Array(aligned(await readWhole(indexDir, graph.labels))),
      new Float32Array(aligned(await readWhole(indexDir, graph.vectors))),
    )
  return { manifest, documents, passages: await matrix(manifest.passages), sentences: await matrix(manifest.sentences) }
}

/** What is needed to make a stored generation searchable. */
export interface AssembleOptions {
  readonly abbreviations: readonly Abbreviation[]
}

/** Opens graphs and postings of a stored generation. */
export async function assembleIndex(indexDir: string, stored: StoredGeneration, options: AssembleOptions): Promise<CorpusIndex> {
  const { manifest, documents } = stored
  const vectors = async (graph: IndexManifest['passages'], matrix: VectorMatrix) =>
    new HnswVectors(await openGraph(indexDir, manifest, graph), matrix)
  const segments: LexicalSegment[] = []
  for (const file of manifest.lexical.segments) segments.push(await openSegment(indexDir, file))
  return new CorpusIndex({
    generation: manifest.generation,
    documents,
    corpusFiles: manifest.corpus,
    skipped: manifest.skipped,
    passageVectors: await vectors(manifest.passages, stored.passages),
    sentenceVectors: await vectors(manifest.sentences, stored.sentences),
    lexical: new LexicalIndex(segments),
    abbreviations: new AbbreviationTable(options.abbreviations),
  })
}

/** Opens one graph of a generation. @throws ThukyError `index` when its file is not the one the manifest names */
export async function openGraph(indexDir: string, manifest: IndexManifest, graph: IndexManifest['passages']): Promise<HnswGraph> {
  const { count, deleted } = graph
  if (!(await isWhole(indexDir, graph.file))) throw damaged(graph.file)
  return HnswGraph.open(join(indexDir, graph.file.name), { dimension: manifest.recipe.dimension, count, deleted })
}

/** Opens one segment of the postings. @throws ThukyError `index` when its file is not the one the manifest names */
export async function openSegment(indexDir: string, file: IndexFile): Promise<LexicalSegment> {
  return LexicalSegment.fromBuffer(await readWhole(indexDir, file))
}

async function readWhole(indexDir: string, file: IndexFile): Promise<Buffer> {
  const bytes = await readFile(join(indexDir, file.name))
  if (bytes.length !== file.size || createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw damaged(file)
  return bytes
}

const damaged = ({ name }: IndexFile) =>
  new ThukyError('index', `The file ${name} of the index is damaged; run thuky index to mend it.`, { name })

const aligned = (bytes: Buffer) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
