// In: an index in files and a database. Out: what one of them holds, in the other as well, with the vectors it has: nothing is
// embedded again whose text and model are the same. The source stays as it is.
import { ThukyError } from '../../errors.ts'
import type { IndexedDocument } from '../corpus-index.ts'
import { readManifest } from '../index-manifest.ts'
import { readSegment } from '../index-reader.ts'
import { indexedText } from '../indexed-text.ts'
import { type IndexSources, updateIndex } from '../update-index.ts'
import { vectorFromBytes } from './binary-vectors.ts'
import { Database } from './database.ts'
import { readDocuments } from './document-rows.ts'
import { exportFiles } from './export-files.ts'
import { PostgresWriter } from './postgres-writer.ts'
import { hasSchema, modelOf, readCorpusRow, vectorRow } from './schema.ts'

/** What came over. */
export interface MigrationReport {
  readonly documents: number
  readonly passages: number
  /** Different texts whose vectors were taken over, and those that had to be embedded. */
  readonly taken: number
  readonly embedded: number
}

/** Gives the vectors of texts it knows. */
type KnownVectors = (texts: readonly string[]) => Promise<readonly (Float32Array | undefined)[]>

/**
 * Files to database. Documents the database holds beside them stay; of the same id the one of the folder wins.
 * @throws ThukyError `index` when there is no index, or the database is one of another model
 */
export async function migrateToDatabase(url: string, sources: IndexSources): Promise<MigrationReport> {
  const manifest = await readManifest(sources.indexDir)
  if (manifest === undefined)
    throw new ThukyError('index', 'There is no index in files to migrate; run thuky index with THUKY_STORE=hnsw first.')
  const vectors = new Map<string, Float32Array>()
  for (const segment of manifest.segments) {
    const stored = await readSegment(sources.indexDir, segment, manifest.recipe.dimension)
    for (const { text, label, kind } of textsOf(stored.documents)) {
      const vector = stored[kind].vector(label)
      if (vector !== undefined) vectors.set(text, vector)
    }
  }
  const sameModel = manifest.recipe.model === (await sources.fingerprint(manifest.modelFiles)).sha256
  const counted = counting(sources, async (texts) => texts.map((text) => (sameModel ? vectors.get(text) : undefined)))
  const database = new Database(url)
  try {
    await new PostgresWriter(database, counted.sources).update(false, 'folder')
    return { ...(await countedIn(database)), ...counted.counts }
  } finally {
    await database.close()
  }
}

/**
 * Database to files: its files into the corpus folder, then an index over that. Other files of the folder stay and are indexed too.
 * @throws ThukyError `index` when the database holds nothing
 */
export async function migrateToFiles(url: string, sources: IndexSources): Promise<MigrationReport> {
  const database = new Database(url)
  try {
    const corpus = (await hasSchema(database)) ? await readCorpusRow(database) : undefined
    if (corpus === undefined || corpus.recipe === null) {
      throw new ThukyError('index', 'The database holds no documents; to copy the index in files into it, run thuky migrate --to pgvector.')
    }
    const places = new Map<string, { label: number; kind: 'passages' | 'sentences' }>()
    for await (const { indexed } of readDocuments(database)) for (const { text, ...place } of textsOf([indexed])) places.set(text, place)
    const sameModel = modelOf(corpus.recipe) === (await sources.fingerprint([])).sha256
    const counted = counting(sources, async (texts) =>
      sameModel
        ? vectorsAt(
            database,
            texts.map((text) => places.get(text)),
          )
        : texts.map(() => undefined),
    )
    await exportFiles(database, sources.corpusDir)
    await updateIndex(counted.sources)
    return { ...(await countedIn(database)), ...counted.counts }
  } finally {
    await database.close()
  }
}

/** Texts under which documents are indexed, with the labels of their vectors. */
function* textsOf(documents: Iterable<IndexedDocument>): Generator<{ text: string; label: number; kind: 'passages' | 'sentences' }> {
  for (const document of documents) {
    for (const passage of document.passages) {
      yield { text: indexedText(document, passage.section, passage), label: passage.label, kind: 'passages' }
      for (const sentence of passage.sentences) {
        yield { text: indexedText(document, passage.section, sentence), label: sentence.label, kind: 'sentences' }
      }
    }
  }
}

async function vectorsAt(
  database: Database,
  places: readonly ({ label: number; kind: 'passages' | 'sentences' } | undefined)[],
): Promise<(Float32Array | undefined)[]> {
  const found = new Map<number, Float32Array>()
  for (const kind of ['passages', 'sentences'] as const) {
    const labels = places.flatMap((place) => (place?.kind === kind ? [place.label] : []))
    const rows = await database.rows(
      `SELECT label, vector_send(embedding) AS embedding FROM thuky.${kind} WHERE label = ANY($1::bigint[])`,
      [labels],
    )
    for (const row of rows) {
      const { label, embedding } = vectorRow.parse(row)
      found.set(label, vectorFromBytes(embedding))
    }
  }
  return places.map((place) => (place === undefined ? undefined : found.get(place.label)))
}

/** The same sources with vectors that are known given instead of embedded. */
function counting(sources: IndexSources, known: KnownVectors): { sources: IndexSources; counts: { taken: number; embedded: number } } {
  const counts = { taken: 0, embedded: 0 }
  const embed = async (texts: readonly string[]) => {
    const given = await known(texts)
    const unknown = texts.filter((_, i) => given[i] === undefined)
    counts.taken += texts.length - unknown.length
    counts.embedded += unknown.length
    const dimension = given.find((vector) => vector !== undefined)?.length ?? (await sources.dimension())
    const computed = unknown.length === 0 ? new Float32Array() : await sources.embed(unknown)
    const all = new Float32Array(texts.length * dimension)
    let next = 0
    given.forEach((vector, i) => {
      all.set(vector ?? computed.subarray(next * dimension, ++next * dimension), i * dimension)
    })
    return all
  }
  return { sources: { ...sources, embed }, counts }
}

async function countedIn(database: Database): Promise<{ documents: number; passages: number }> {
  const [row] = await database.rows(
    'SELECT (SELECT count(*) FROM thuky.documents) AS documents, (SELECT count(*) FROM thuky.passages) AS passages',
  )
  return { documents: Number(row?.['documents']), passages: Number(row?.['passages']) }
}
