// In: documents with their vectors and postings. Out: their rows, and back. What belongs to one document comes and goes in one
// transaction, which ends with the number of the generation it makes: generations are committed in the order of their numbers.
import { z } from 'zod'
import { ThukyError } from '../../errors.ts'
import type { IndexedDocument } from '../corpus-index.ts'
import { indexedDocumentSchema } from '../index-reader.ts'
import { LexicalSegment } from '../lexical-segment.ts'
import { vectorArrayBytes } from './binary-vectors.ts'
import type { Database, Session } from './database.ts'

/** A document to write. */
export interface DocumentToWrite {
  readonly indexed: IndexedDocument
  /** The file it was read from, and its hash. */
  readonly bytes: Uint8Array
  readonly sha256: string
  /** Postings of its passages. */
  readonly postings: LexicalSegment
  readonly vectorOf: (label: number) => Float32Array
}

/** A document as it was written, without its file. */
export interface WrittenDocument {
  readonly indexed: IndexedDocument
  readonly sha256: string
  readonly postings: LexicalSegment
}

/** Documents read at once. */
const PAGE = 256

const labelRow = z.object({ label: z.coerce.number() })
const generationRow = z.object({ generation: z.coerce.number() })
const writtenRow = z.object({ sha256: z.string(), content: indexedDocumentSchema, postings: z.instanceof(Buffer) })
const changeRow = z.object({ document: z.string(), generation: z.coerce.number(), sha256: z.string().nullable() })

/** So many labels that no passage or sentence has had, ascending. */
export async function newLabels(database: Database, count: number): Promise<number[]> {
  const rows = await database.rows(`SELECT nextval('thuky.label') AS label FROM generate_series(1, $1)`, [count])
  return rows.map((row) => labelRow.parse(row).label)
}

/** Writes a document in place of the one that has its id. */
export async function insertDocument(
  session: Session,
  { indexed, bytes, sha256, postings, vectorOf }: DocumentToWrite,
  vectorType: number,
): Promise<void> {
  const { id, path, text } = indexed.document
  await deleteDocument(session, id)
  await session.rows('INSERT INTO thuky.documents (id, path, sha256, file, content, postings) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    path,
    sha256,
    bytes,
    JSON.stringify(indexed),
    postings.toBuffer(),
  ])
  const textOf = ({ start, end }: { start: number; end: number }) => text.slice(start, end).replaceAll('\0', '')
  const { passages } = indexed
  await session.rows(
    'INSERT INTO thuky.passages (label, document, text, embedding) SELECT label, $1, text, embedding FROM unnest($2::bigint[], $3::text[], $4::vector[]) AS new (label, text, embedding)',
    [
      id,
      passages.map(({ label }) => label),
      passages.map(textOf),
      vectorArrayBytes(
        passages.map(({ label }) => vectorOf(label)),
        vectorType,
      ),
    ],
  )
  const sentences = passages.flatMap((passage) => passage.sentences.map((sentence) => ({ passage: passage.label, ...sentence })))
  await session.rows(
    'INSERT INTO thuky.sentences (label, passage, document, text, embedding) SELECT label, passage, $1, text, embedding FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::vector[]) AS new (label, passage, text, embedding)',
    [
      id,
      sentences.map(({ label }) => label),
      sentences.map(({ passage }) => passage),
      sentences.map(textOf),
      vectorArrayBytes(
        sentences.map(({ label }) => vectorOf(label)),
        vectorType,
      ),
    ],
  )
}

/** Removes a document with all that belongs to it. Writers of one document wait for each other here. */
export async function deleteDocument(session: Session, id: string): Promise<boolean> {
  await session.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [id])
  return (await session.rows('DELETE FROM thuky.documents WHERE id = $1 RETURNING 1', [id])).length > 0
}

/**
 * The last step of a transaction that changed documents: the next generation. Those that come here wait until it is committed.
 * @param changes by id the hash of the file, null for a document that has been removed
 * @throws ThukyError `index` when the corpus has been made anew by other rules meanwhile
 */
export async function publishChanges(session: Session, recipe: string, changes: ReadonlyMap<string, string | null>): Promise<number> {
  const rows = await session.rows('UPDATE thuky.corpus SET generation = generation + 1 WHERE recipe = $1 RETURNING generation', [recipe])
  if (rows.length === 0) throw otherRecipe()
  const { generation } = generationRow.parse(rows[0])
  await session.rows(
    `INSERT INTO thuky.changes (document, generation, sha256) SELECT document, $1, sha256 FROM unnest($2::text[], $3::text[]) AS new (document, sha256)
     ON CONFLICT (document) DO UPDATE SET generation = excluded.generation, sha256 = excluded.sha256`,
    [generation, [...changes.keys()], [...changes.values()]],
  )
  return generation
}

/** The vectors of the database are of another model, or its passages of other rules, than this program's. */
export const otherRecipe = () =>
  new ThukyError(
    'index',
    'The database was indexed with another model or by other rules; use the version and model of the other servers, or run thuky index --rebuild once for all.',
  )

/** Documents as they were written, in the order of their ids, those named only when ids are given. */
export async function* readDocuments(session: Session, ids?: readonly string[]): AsyncGenerator<WrittenDocument> {
  let after = ''
  for (;;) {
    const rows = await session.rows(
      `SELECT id, sha256, content, postings FROM thuky.documents WHERE id > $1 ${ids === undefined ? '' : 'AND id = ANY($2)'} ORDER BY id LIMIT ${PAGE}`,
      ids === undefined ? [after] : [after, ids],
    )
    for (const row of rows) {
      const { content, sha256, postings } = writtenRow.parse(row)
      after = content.document.id
      yield { indexed: content as IndexedDocument, sha256, postings: LexicalSegment.fromBuffer(postings) }
    }
    if (rows.length < PAGE) return
  }
}

/** What has become of documents since a generation, by id. */
export async function readChanges(
  session: Session,
  since: number,
): Promise<Map<string, { readonly generation: number; readonly sha256: string | null }>> {
  const rows = await session.rows('SELECT document, generation, sha256 FROM thuky.changes WHERE generation > $1', [since])
  return new Map(rows.map((row) => changeRow.parse(row)).map(({ document, ...change }) => [document, change]))
}

/** A file of the database. */
export async function readFileOf(session: Session, id: string): Promise<{ path: string; bytes: Buffer } | undefined> {
  const [row] = await session.rows('SELECT path, file FROM thuky.documents WHERE id = $1', [id])
  return row === undefined ? undefined : fileRow.parse(row)
}

const fileRow = z.object({ path: z.string(), file: z.instanceof(Buffer) }).transform(({ path, file }) => ({ path, bytes: file }))
