// In: a database with a corpus. Out: LangChain's own PGVectorStore over its passages, for chains that are built on it. To be read
// only: documents come and go in transactions of ours, with postings and a change log that it knows nothing of.
import type { PGVectorStore } from '@langchain/community/vectorstores/pgvector'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'

/** Opens it; scores are cosine similarities. `end()` closes its connections. */
export async function langchainStore(url: string, embeddings: EmbeddingsInterface): Promise<PGVectorStore> {
  const community = await import('@langchain/community/vectorstores/pgvector')
  return new community.PGVectorStore(embeddings, {
    postgresConnectionOptions: { connectionString: url },
    schemaName: 'thuky',
    tableName: 'langchain',
    columns: { idColumnName: 'id', contentColumnName: 'text', metadataColumnName: 'metadata', vectorColumnName: 'embedding' },
    distanceStrategy: 'innerProduct',
    scoreNormalization: 'similarity',
    skipInitializationCheck: true,
  })
}
