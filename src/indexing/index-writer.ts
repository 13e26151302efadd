// In: documents of the corpus and the generation before. Out: the next generation on disk, published by its manifest. What is new
// becomes a segment of its own, so that adding a document writes little; small segments are joined on the way. Only new texts are
// embedded; files of older generations are never touched while a manifest names them.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { IndexedDocument } from './corpus-index.ts'
import { EmbeddingJournal } from './embedding-journal.ts'
import { INDEX_FILE_NAME, IndexFiles } from './index-files.ts'
import {
  INDEX_FORMAT,
  type IndexManifest,
  type IndexSegment,
  manifestFiles,
  publishManifest,
  readManifest,
  segmentSize,
  vectorCount,
} from './index-manifest.ts'
import { readSegment, type StoredSegment } from './index-reader.ts'
import type { UnlabelledDocument } from './indexed-text.ts'
import { joinedSegments } from './segment-policy.ts'
import { reducedSegment, type SegmentTools, writeSegment } from './segment-writer.ts'

/** What an update builds on: segments of the generation before, and how they were made. */
export interface PreviousGeneration extends Pick<IndexManifest, 'generation' | 'recipe' | 'nextLabel' | 'segments'> {}

/** A document of the new generation: by its key alone where a segment of the generation before holds it. */
export interface PlannedDocument {
  readonly key: string
  readonly split: UnlabelledDocument | undefined
}

/** What a new generation is made from. */
export interface GenerationPlan extends Omit<SegmentTools, 'recipe'> {
  /** The generation to start from; undefined starts from nothing. */
  readonly previous: PreviousGeneration | undefined
  /** Whether the vectors, and the postings, of the generation before are of the same recipe. */
  readonly reuse: { readonly vectors: boolean; readonly postings: boolean }
  readonly manifest: Pick<IndexManifest, 'recipe' | 'modelFiles' | 'corpus' | 'skipped'>
  readonly documents: readonly PlannedDocument[]
}

/** What a run did. */
export interface IndexReport {
  readonly generation: number
  readonly documents: number
  readonly passages: number
  readonly embeddedTexts: number
}

/** A segment of the generation before and the keys of its documents that stay. */
interface KeptSegment {
  readonly segment: IndexSegment
  readonly keys: ReadonlySet<string>
}

/** Writes and publishes the next generation. @throws ThukyError `index` when what it builds on is not whole */
export async function writeGeneration(plan: GenerationPlan): Promise<IndexReport> {
  const { indexDir, previous, manifest, reuse } = plan
  const current = (await readManifest(indexDir))?.generation ?? 0
  const generation = Math.max(previous?.generation ?? 0, current) + 1
  const tools: SegmentTools = { ...plan, recipe: manifest.recipe }
  const wanted = new Map(plan.documents.map((document) => [document.key, document]))
  const before = (previous?.segments ?? []).map((segment): KeptSegment => {
    const keys = segment.keys.map(([, key]) => key).filter((key) => wanted.has(key))
    return { segment, keys: new Set(keys) }
  })
  const held = new Set(before.flatMap(({ keys }) => [...keys]))
  const fresh = [...wanted.values()].flatMap(({ key, split }) => (held.has(key) || split === undefined ? [] : [split]))
  const joined = reuse.vectors ? joinedSegments(before.map(loadOf), textsOf(fresh)) : new Set(before.keys())
  const segments: IndexSegment[] = []
  for (const { segment, keys } of before.filter((_, place) => !joined.has(place))) {
    const whole = keys.size === segment.keys.length && reuse.postings
    const files = new IndexFiles(indexDir, generation, segments.length)
    segments.push(whole ? segment : await reducedSegment(files, segment, { keys, postings: reuse.postings }, tools))
  }
  const from = before.filter(({ keys }, place) => joined.has(place) && keys.size > 0)
  const { documents, stored, nextLabel } = await labelled(plan, fresh, from)
  let embedded = 0
  if (documents.length > 0) {
    const written = await writeSegment(new IndexFiles(indexDir, generation, segments.length), documents, reuse.vectors ? stored : [], tools)
    segments.push(written.segment)
    embedded = written.embedded
  }
  const createdAt = new Date().toISOString()
  const next: IndexManifest = { ...manifest, format: INDEX_FORMAT, generation, createdAt, nextLabel, segments }
  const losesAny = before.some(({ segment, keys }) => keys.size < segment.keys.length)
  await publishManifest(indexDir, next, previous?.generation === current && !losesAny)
  await removeUnnamedFiles(indexDir)
  const passages = segments.reduce((sum, segment) => sum + vectorCount(segment.passages), 0)
  return { generation, documents: segments.reduce((sum, { keys }) => sum + keys.length, 0), passages, embeddedTexts: embedded }
}

/** Vectors of a segment that stay, estimated by its documents. */
function loadOf({ segment, keys }: KeptSegment): { kept: number } {
  return { kept: Math.ceil((segmentSize(segment) * keys.size) / Math.max(1, segment.keys.length)) }
}

const textsOf = (documents: readonly UnlabelledDocument[]) =>
  documents.reduce((sum, { passages }) => sum + passages.reduce((texts, { sentences }) => texts + 1 + sentences.length, 0), 0)

/** New documents with labels of their own, and those of joined segments with theirs, by path. */
async function labelled(
  { indexDir, previous, reuse, manifest }: GenerationPlan,
  fresh: readonly UnlabelledDocument[],
  from: readonly KeptSegment[],
): Promise<{ documents: readonly IndexedDocument[]; stored: readonly StoredSegment[]; nextLabel: number }> {
  let nextLabel = previous?.nextLabel ?? 0
  const stored: StoredSegment[] = []
  const kept: IndexedDocument[] = []
  for (const { segment, keys } of from) {
    const read = await readSegment(indexDir, segment, previous?.recipe.dimension ?? manifest.recipe.dimension)
    if (reuse.vectors) stored.push(read)
    kept.push(...read.documents.filter(({ key }) => keys.has(key)))
  }
  const added = fresh.map(({ key, document, passages }): IndexedDocument => {
    const withLabels = passages.map((passage) => ({
      ...passage,
      documentId: document.id,
      label: nextLabel++,
      sentences: passage.sentences.map(({ start, end }) => ({ start, end, label: nextLabel++ })),
    }))
    return { key, document, passages: withLabels }
  })
  const documents = [...kept, ...added].sort((a, b) => (a.document.path < b.document.path ? -1 : 1))
  return { documents, stored, nextLabel }
}

/** Deletes what neither the current nor the previous manifest names: older generations and the remains of interrupted runs. */
export async function removeUnnamedFiles(indexDir: string): Promise<void> {
  const manifests = [await readManifest(indexDir), await readManifest(indexDir, 'manifest.previous.json')]
  const named = new Set(manifests.flatMap((manifest) => (manifest === undefined ? [] : manifestFiles(manifest).map(({ name }) => name))))
  for (const name of await readdir(indexDir)) {
    const ours = INDEX_FILE_NAME.test(name) || /^manifest\.\d+\.tmp$/.test(name)
    if (ours && !named.has(name)) await rm(join(indexDir, name), { force: true })
  }
  await EmbeddingJournal.remove(indexDir)
}
