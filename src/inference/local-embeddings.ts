// In: texts. Out: vectors, behind LangChain's interface, so that any LangChain code can use the bundled model.
import { Embeddings } from '@langchain/core/embeddings'
import type { EmbeddedTexts, EmbeddingClient } from './embedding-client.ts'
import type { TextKind } from './embedding-protocol.ts'

/** Embeddings computed on this machine by the model's own process. Vectors are L2-normalised. */
export class LocalEmbeddings extends Embeddings<number[]> {
  constructor(private readonly client: Pick<EmbeddingClient, 'embed'>) {
    super({ maxConcurrency: 1, maxRetries: 0 })
  }

  /** Vector of one question, with the model's question prefix. */
  override async embedQuery(text: string): Promise<number[]> {
    return Array.from((await this.client.embed('query', [text])).vectors)
  }

  /** Vectors of passages, with the model's passage prefix, in the order given. */
  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const { vectors, dimension } = await this.client.embed('passage', texts)
    return texts.map((_, row) => Array.from(vectors.subarray(row * dimension, (row + 1) * dimension)))
  }

  /** Vectors of texts as one matrix, row-major, n × dimension, with the times they took. */
  async embedMatrix(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    return this.client.embed(kind, texts)
  }
}
