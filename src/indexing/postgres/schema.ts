// In: a database. Out: the tables of a corpus in it, made when they are missing. PostgreSQL is the truth there: files, documents,
// passages, sentences, vectors, postings and what changed when. Servers keep nothing that cannot be read again from here.
import { z } from 'zod'
import { ThukyError } from '../../errors.ts'
import type { Database, Session } from './database.ts'

/** Raise when the tables change. */
const SCHEMA_FORMAT = 1

/** Rows of a vector table up to which every search is exact; a graph is made above. */
export const EXACT_ROWS = 4000

/** Shape of the graph, as that of the local store. */
const GRAPH = 'm = 32, ef_construction = 200'

/** Memory in which a graph is built: too little makes it many times slower; a row of 384 dimensions takes about 2 KiB. */
const BUILD_KIB_PER_ROW = 3
const MOST_BUILD_KIB = 2 * 1024 * 1024

const VECTOR_TABLES = ['passages', 'sentences'] as const
/** A table of vectors. */
export type VectorTable = (typeof VECTOR_TABLES)[number]

/** Number under which this product takes advisory locks; any other would do. */
const LOCK = 0x7468756b

const TABLES = `
  CREATE SCHEMA IF NOT EXISTS thuky;
  CREATE TABLE IF NOT EXISTS thuky.corpus (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    format integer NOT NULL,
    recipe text,
    generation bigint NOT NULL DEFAULT 0);
  CREATE SEQUENCE IF NOT EXISTS thuky.label MINVALUE 0 MAXVALUE 4294967295;
  CREATE TABLE IF NOT EXISTS thuky.documents (
    id text COLLATE "C" PRIMARY KEY,
    path text NOT NULL,
    sha256 text NOT NULL,
    file bytea NOT NULL,
    content json NOT NULL,
    postings bytea NOT NULL);
  CREATE TABLE IF NOT EXISTS thuky.changes (
    document text COLLATE "C" PRIMARY KEY,
    generation bigint NOT NULL,
    sha256 text);
  CREATE INDEX IF NOT EXISTS changes_generation ON thuky.changes (generation);
  INSERT INTO thuky.corpus (format) VALUES (${SCHEMA_FORMAT}) ON CONFLICT DO NOTHING;`

/** Vectors lie in their rows: fetched from beside them (TOAST), an exact search takes several times as long. */
const vectorTables = (dimension: number) => `
  CREATE TABLE IF NOT EXISTS thuky.passages (
    label bigint PRIMARY KEY,
    document text COLLATE "C" NOT NULL REFERENCES thuky.documents ON DELETE CASCADE,
    text text NOT NULL,
    embedding vector(${dimension}) NOT NULL);
  CREATE TABLE IF NOT EXISTS thuky.sentences (
    label bigint PRIMARY KEY,
    passage bigint NOT NULL,
    document text COLLATE "C" NOT NULL REFERENCES thuky.documents ON DELETE CASCADE,
    text text NOT NULL,
    embedding vector(${dimension}) NOT NULL);
  ALTER TABLE thuky.passages ALTER COLUMN embedding SET STORAGE PLAIN;
  ALTER TABLE thuky.sentences ALTER COLUMN embedding SET STORAGE PLAIN;
  CREATE INDEX IF NOT EXISTS passages_document ON thuky.passages (document);
  CREATE INDEX IF NOT EXISTS sentences_document ON thuky.sentences (document);
  CREATE OR REPLACE VIEW thuky.langchain AS
    SELECT p.label AS id, p.text, p.embedding,
      (d.content #> '{document,metadata}')::jsonb || jsonb_build_object('documentId', p.document) AS metadata
    FROM thuky.passages p JOIN thuky.documents d ON d.id = p.document;`

const corpusRow = z.object({ id: z.string(), format: z.number(), recipe: z.string().nullable(), generation: z.coerce.number() })
const extensionRow = z.object({ version: z.string(), type: z.coerce.number() })

/** A label and its vector, taken by `vector_send`. */
export const vectorRow = z.object({ label: z.coerce.number(), embedding: z.instanceof(Buffer) })

/** The corpus of a database. */
export type CorpusRow = z.output<typeof corpusRow>

/** Makes the tables that are missing. @throws ThukyError `configuration` when that is not allowed or pgvector is not there */
export async function ensureSchema(database: Database): Promise<CorpusRow> {
  if (!(await hasSchema(database))) {
    await database.transaction(async (session) => {
      await lockSchema(session)
      await session.rows('CREATE EXTENSION IF NOT EXISTS vector')
      await session.rows(TABLES)
    })
  }
  return readCorpusRow(database)
}

/** Whether the tables are there. */
export async function hasSchema(session: Session): Promise<boolean> {
  const rows = await session.rows(`SELECT to_regclass('thuky.changes') IS NOT NULL AND to_regtype('vector') IS NOT NULL AS made`)
  return rows[0]?.['made'] === true
}

/** Until the transaction ends, tables are made or replaced by it alone. */
export async function lockSchema(session: Session): Promise<void> {
  await session.rows('SELECT pg_advisory_xact_lock($1)', [LOCK])
}

/** The corpus as it is now. @throws ThukyError `index` when its tables are of another version of the product */
export async function readCorpusRow(session: Session): Promise<CorpusRow> {
  const found = corpusRow.parse((await session.rows('SELECT id, format, recipe, generation FROM thuky.corpus'))[0])
  if (found.format === SCHEMA_FORMAT) return found
  throw new ThukyError(
    'index',
    `The tables of the database are of format ${found.format}, not ${SCHEMA_FORMAT}; use the version of thuky that made them.`,
  )
}

/** Makes the tables of the vectors; with `anew` those that are there go with all that is in them. The caller holds the schema's lock. */
export async function prepareVectors(session: Session, dimension: number, anew: boolean): Promise<void> {
  if (anew) await session.rows('DROP TABLE IF EXISTS thuky.passages, thuky.sentences CASCADE')
  await session.rows(vectorTables(dimension))
}

/** Version of pgvector and the object id of its type. */
export async function readExtension(session: Session): Promise<{ version: string; type: number }> {
  const rows = await session.rows(
    `SELECT extversion AS version, to_regtype('vector')::oid AS type FROM pg_extension WHERE extname = 'vector'`,
  )
  return extensionRow.parse(rows[0])
}

/** Makes the graphs of tables that have become large; servers go on reading and writing meanwhile. One builds at a time. */
export async function ensureGraphs(database: Database): Promise<void> {
  for (const table of VECTOR_TABLES) {
    const [state] = await database.rows(
      `SELECT count(*) > ${EXACT_ROWS} AS large,
         (SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid = to_regclass('thuky.${table}_embedding')) AS valid
       FROM (SELECT 1 FROM thuky.${table} LIMIT ${EXACT_ROWS + 1}) AS few`,
    )
    if (state?.['large'] !== true || state['valid'] === true) continue
    await database.exclusively([LOCK, VECTOR_TABLES.indexOf(table)], async (session) => {
      await session.rows(`DROP INDEX IF EXISTS thuky.${table}_embedding`)
      await session.rows(
        `SELECT set_config('maintenance_work_mem', greatest(pg_size_bytes(current_setting('maintenance_work_mem')) / 1024,
           least(${MOST_BUILD_KIB}, (SELECT count(*) * ${BUILD_KIB_PER_ROW} FROM thuky.${table})))::text, false)`,
      )
      await session.rows(
        `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${table}_embedding ON thuky.${table} USING hnsw (embedding vector_ip_ops) WITH (${GRAPH})`,
      )
    })
  }
}

/** Server, version of pgvector, and how vectors are searched, for people. @throws ThukyError */
export async function describeDatabase(session: Session): Promise<string> {
  const [row] = await session.rows(
    `SELECT current_setting('server_version') AS server,
       (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS vector,
       (SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid = to_regclass('thuky.sentences_embedding')) AS graph`,
  )
  const { server, vector, graph } = placeRow.parse(row)
  return `PostgreSQL ${server}, ${vector === null ? 'no pgvector yet' : `pgvector ${vector}`}, ${graph === true ? 'HNSW' : 'exact search'}`
}

const placeRow = z.object({ server: z.string(), vector: z.string().nullable(), graph: z.boolean().nullable() })

const recipeSchema = z.object({ model: z.string(), dimension: z.int() })

/** Hash of the model a recipe names; undefined without a recipe. */
export const modelOf = (recipe: string | null): string | undefined => recipeSchema.safeParse(JSON.parse(recipe ?? 'null')).data?.model

/** Numbers in a vector by a recipe; undefined without a recipe. */
export const dimensionOf = (recipe: string | null): number | undefined =>
  recipeSchema.safeParse(JSON.parse(recipe ?? 'null')).data?.dimension
