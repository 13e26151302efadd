// In: documents read from the corpus and the generation before. Out: a new generation on disk, published by its manifest.
// Only new texts are embedded; files of older generations are never touched while a manifest names them.
import { createHash } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { ThukyError } from '../errors.ts'
import type { AbbreviationTable } from '../language/abbreviations.ts'
import type { IndexedDocument } from './corpus-index.ts'
import { HnswGraph } from './hnsw-graph.ts'
import { describeFile, INDEX_FORMAT, type IndexManifest, manifestFiles, publishManifest, readManifest } from './index-manifest.ts'
import { openGraph, openSegment, type StoredGeneration } from './index-reader.ts'
import { indexedText, labelledTerms, type UnlabelledDocument } from './indexed-text.ts'
import { LexicalSegment } from './lexical-segment.ts'
import { VectorMatrix } from './vector-matrix.ts'

/** Share of removed entries above which a graph is made anew. */
const MAX_REMOVED_SHARE = 0.2
/** More segments than this are merged into one. */
const MAX_SEGMENTS = 8
/** Texts embedded between two reports of progress. */
const EMBEDDING_STEP = 64

/** How far the work is. */
export interface IndexProgress {
  readonly phase: 'embedding' | 'linking'
  readonly done: number
  readonly total: number
}

/** Embeds passages: n × dimension, row-major, L2-normalised. */
export type EmbedPassages = (texts: readonly string[]) => Promise<Float32Array>

/** What a new generation is made from. */
export interface GenerationPlan {
  readonly indexDir: string
  /** The generation to start from; undefined starts from nothing. */
  readonly previous: StoredGeneration | undefined
  /** Whether the vectors, and the postings, of the generation before are of the same recipe. */
  readonly reuse: { readonly vectors: boolean; readonly postings: boolean }
  readonly manifest: Pick<IndexManifest, 'recipe' | 'modelFiles' | 'corpus' | 'skipped'>
  /** All documents of the new generation; those with a known key keep their labels. */
  readonly documents: readonly UnlabelledDocument[]
  readonly abbreviations: AbbreviationTable
  readonly embed: EmbedPassages
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined
}

/** What a run did. */
export interface IndexReport {
  readonly generation: number
  readonly documents: number
  readonly passages: number
  readonly embeddedTexts: number
}

/** Writes and publishes the next generation. */
export async function writeGeneration(plan: GenerationPlan): Promise<IndexReport> {
  const { indexDir, previous, manifest } = plan
  const current = (await readManifest(indexDir))?.generation ?? 0
  const generation = Math.max(previous?.manifest.generation ?? 0, current) + 1
  const { documents, fresh, nextLabel } = labelled(plan)
  const { passages, sentences, embeddedTexts } = await vectors(plan, documents, fresh)
  const name = (part: string, extension: string) => `${part}.${generation}.${extension}`
  const put = async (file: string, content: string | Uint8Array) => {
    await writeFile(join(indexDir, file), content)
    const written = await describeFile(indexDir, file)
    if (written.sha256 !== createHash('sha256').update(content).digest('hex')) {
      throw new ThukyError('unavailable', `The file ${file} of the index was not written whole; check the disk, then run thuky index.`)
    }
    return written
  }
  const graph = async (part: 'passages' | 'sentences', matrix: VectorMatrix) => {
    const linked = await linkedGraph(plan, part, matrix)
    await linked.write(join(indexDir, name(part, 'hnsw')))
    const file = await describeFile(indexDir, name(part, 'hnsw'))
    await HnswGraph.open(join(indexDir, file.name), { dimension: linked.dimension, count: linked.count, deleted: linked.deleted })
    return {
      file,
      count: linked.count,
      deleted: linked.deleted,
      vectors: await put(name(part, 'f32'), bytesOf(matrix.values)),
      labels: await put(name(part, 'labels'), bytesOf(matrix.labels)),
    }
  }
  const next: IndexManifest = {
    ...manifest,
    format: INDEX_FORMAT,
    generation,
    createdAt: new Date().toISOString(),
    nextLabel,
    documents: await put(name('documents', 'jsonl'), documents.map((document) => `${JSON.stringify(document)}\n`).join('')),
    passages: await graph('passages', passages),
    sentences: await graph('sentences', sentences),
    lexical: await lexical(plan, documents, fresh, (buffer, part) => put(name(`lexical-${part}`, 'bin'), buffer)),
  }
  await publishManifest(indexDir, next, previous?.manifest.generation === current && !losesAny(previous.documents, documents))
  await removeUnnamedFiles(indexDir)
  return { generation, documents: documents.length, passages: passages.size, embeddedTexts }
}

/** What is removed or replaced must not live on in an older generation. */
function losesAny(before: readonly IndexedDocument[], now: readonly IndexedDocument[]): boolean {
  const kept = new Set(now)
  return before.some((document) => !kept.has(document))
}

const bytesOf = (array: Float32Array | Uint32Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

interface Labelled {
  readonly documents: readonly IndexedDocument[]
  /** Documents whose texts have to be embedded. */
  readonly fresh: ReadonlySet<IndexedDocument>
  readonly nextLabel: number
}

function labelled({ previous, reuse, documents }: GenerationPlan): Labelled {
  const known = new Map(reuse.vectors ? previous?.documents.map((document) => [document.key, document]) : [])
  let nextLabel = reuse.vectors ? (previous?.manifest.nextLabel ?? 0) : 0
  const fresh = new Set<IndexedDocument>()
  const result = documents.map(({ key, document, passages }) => {
    const same = known.get(key)
    if (same !== undefined) return same
    const added: IndexedDocument = {
      key,
      document,
      passages: passages.map((passage) => ({
        ...passage,
        documentId: document.id,
        label: nextLabel++,
        sentences: passage.sentences.map(({ start, end }) => ({ start, end, label: nextLabel++ })),
      })),
    }
    fresh.add(added)
    return added
  })
  return { documents: result, fresh, nextLabel }
}

/** Vectors of all passages and sentences: known ones from the generation before, the others embedded now. */
async function vectors(
  { previous, manifest, embed, onProgress }: GenerationPlan,
  documents: readonly IndexedDocument[],
  fresh: ReadonlySet<IndexedDocument>,
): Promise<{ passages: VectorMatrix; sentences: VectorMatrix; embeddedTexts: number }> {
  const texts = new Map<string, number>()
  const rowOf = new Map<number, number>()
  for (const document of fresh) {
    for (const passage of document.passages) {
      for (const part of [passage, ...passage.sentences]) {
        const text = indexedText(document, passage.section, part)
        const row = texts.get(text) ?? texts.size
        texts.set(text, row)
        rowOf.set(part.label, row)
      }
    }
  }
  const { dimension } = manifest.recipe
  const all = [...texts.keys()]
  const embedded = new Float32Array(all.length * dimension)
  for (let at = 0; at < all.length; at += EMBEDDING_STEP) {
    onProgress?.({ phase: 'embedding', done: at, total: all.length })
    embedded.set(await embed(all.slice(at, at + EMBEDDING_STEP)), at * dimension)
  }
  if (all.length > 0) onProgress?.({ phase: 'embedding', done: all.length, total: all.length })
  const matrix = (labels: number[], known: VectorMatrix | undefined) => {
    const values = new Float32Array(labels.length * dimension)
    labels.forEach((label, index) => {
      const row = rowOf.get(label)
      const vector = row === undefined ? known?.vector(label) : embedded.subarray(row * dimension, (row + 1) * dimension)
      values.set(vector as Float32Array, index * dimension)
    })
    return new VectorMatrix(dimension, Uint32Array.from(labels), values)
  }
  const passages = documents.flatMap((document) => document.passages)
  return {
    passages: matrix(
      passages.map(({ label }) => label),
      previous?.passages,
    ),
    sentences: matrix(
      passages.flatMap(({ sentences }) => sentences.map(({ label }) => label)),
      previous?.sentences,
    ),
    embeddedTexts: all.length,
  }
}

/** The graph of the generation before with what changed, or a new one when too much of it would be dead. */
async function linkedGraph(plan: GenerationPlan, part: 'passages' | 'sentences', matrix: VectorMatrix): Promise<HnswGraph> {
  const { previous, reuse, indexDir, onProgress } = plan
  const wanted = new Set(matrix.labels)
  const old = reuse.vectors ? previous?.[part] : undefined
  const gone = old === undefined ? [] : [...old.labels].filter((label) => !wanted.has(label))
  const state = previous?.manifest[part]
  const keep = old !== undefined && state !== undefined && state.deleted + gone.length <= MAX_REMOVED_SHARE * state.count
  const graph = keep
    ? await openGraph(indexDir, previous?.manifest as IndexManifest, state)
    : HnswGraph.empty(matrix.dimension, Math.ceil(matrix.size * 1.2) + 16)
  if (keep) for (const label of gone) graph.remove(label)
  const present = new Set(keep ? old.labels : [])
  const missing = [...matrix.labels].filter((label) => !present.has(label))
  for (const [index, label] of missing.entries()) {
    graph.add(matrix.vector(label) as Float32Array, label)
    if (index % 64 !== 0) continue
    onProgress?.({ phase: 'linking', done: index, total: missing.length })
    await yieldToOthers()
  }
  return graph
}

/** Segments of postings: those before without what is gone, plus one for what is new; all in one when there are too many. */
async function lexical(
  { indexDir, previous, reuse, abbreviations }: GenerationPlan,
  documents: readonly IndexedDocument[],
  fresh: ReadonlySet<IndexedDocument>,
  put: (buffer: Buffer, part: number) => Promise<IndexManifest['documents']>,
): Promise<IndexManifest['lexical']> {
  const old = reuse.postings && reuse.vectors ? previous?.manifest.lexical : undefined
  const terms = (from: Iterable<IndexedDocument>) => [...from].flatMap((document) => labelledTerms(document, abbreviations))
  if (old === undefined || old.segments.length >= MAX_SEGMENTS) {
    return { segments: [await put(LexicalSegment.build(terms(documents)).toBuffer(), 0)], removed: [] }
  }
  const wanted = new Set(documents.flatMap(({ passages }) => passages.map(({ label }) => label)))
  const gone = new Set([...old.removed, ...(previous?.passages.labels ?? [])].filter((label) => !wanted.has(label)))
  const segments: IndexManifest['documents'][] = []
  for (const file of old.segments) {
    const segment = await openSegment(indexDir, file)
    const kept = segment.without(gone)
    if (kept === segment) segments.push(file)
    else if (kept.size > 0) segments.push(await put(kept.toBuffer(), segments.length))
  }
  const added = terms(fresh)
  if (added.length > 0 || segments.length === 0) segments.push(await put(LexicalSegment.build(added).toBuffer(), segments.length))
  return { segments, removed: [] }
}

/** Deletes what neither the current nor the previous manifest names: older generations and the remains of interrupted runs. */
export async function removeUnnamedFiles(indexDir: string): Promise<void> {
  const manifests = [await readManifest(indexDir), await readManifest(indexDir, 'manifest.previous.json')]
  const named = new Set(manifests.flatMap((manifest) => (manifest === undefined ? [] : manifestFiles(manifest).map(({ name }) => name))))
  for (const name of await readdir(indexDir)) {
    const ours =
      /^(documents|passages|sentences|lexical(-\d+)?)\.\d+\.(jsonl|hnsw|f32|labels|bin)$/.test(name) || /^manifest\.\d+\.tmp$/.test(name)
    if (ours && !named.has(name)) await rm(join(indexDir, name), { force: true })
  }
}
