// In: a configuration that names a database. Out: what only a database, or the way to it, can do: LangChain's store over its passages, and
// a corpus moved there and back. Nothing of it is loaded before it is needed.
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector'
import type { Config } from './config.ts'
import { ThukyError } from './errors.ts'
import type { MigrationReport } from './indexing/postgres/migrate.ts'
import type { IndexSources } from './indexing/update-index.ts'

/** See `Assistant.migrate`. */
export async function migrated(
  to: Config['store'],
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  sources: IndexSources,
): Promise<MigrationReport> {
  if (databaseUrl === null) {
    throw new ThukyError(
      'configuration',
      'DATABASE_URL is not set; set it to the database to copy into or out of, postgres://user:password@host/name.',
    )
  }
  const { migrateToDatabase, migrateToFiles } = await import('./indexing/postgres/migrate.ts')
  return to === 'pgvector' ? migrateToDatabase(databaseUrl, sources) : migrateToFiles(databaseUrl, sources)
}

/** See `Assistant.vectorStore`. */
export async function databaseStore(
  { store, databaseUrl }: Pick<Config, 'store' | 'databaseUrl'>,
  embeddings: EmbeddingsInterface,
): Promise<PGVectorStore> {
  if (store !== 'pgvector' || databaseUrl === null) {
    throw new ThukyError('configuration', 'There is a PGVectorStore only over a database; set THUKY_STORE to pgvector, and DATABASE_URL.')
  }
  const { langchainStore } = await import('./indexing/postgres/langchain-store.ts')
  return langchainStore(databaseUrl, embeddings)
}
