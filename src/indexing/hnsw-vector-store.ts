// In: texts or vectors. Out: nearest texts, behind LangChain's interface, for programs that import the package. The server searches
// `HnswVectors` itself and loads none of this.
import type { DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import { HnswGraph, type Neighbour } from './hnsw-graph.ts'
import { HnswVectors } from './hnsw-vectors.ts'
import { VectorMatrix } from './vector-matrix.ts'

/** LangChain vector store on an HNSW graph. Scores are cosine similarities, higher is nearer. */
export class HnswVectorStore extends VectorStore {
  declare FilterType: (label: number) => boolean
  #vectors: HnswVectors
  #matrix: VectorMatrix
  readonly #documents = new Map<number, DocumentInterface>()

  private constructor(embeddings: EmbeddingsInterface, graph: HnswGraph, matrix: VectorMatrix) {
    super(embeddings, {})
    this.#vectors = new HnswVectors(graph, matrix)
    this.#matrix = matrix
  }

  /** An empty store for vectors of the given dimension. */
  static empty(embeddings: EmbeddingsInterface, dimension: number): HnswVectorStore {
    const matrix = new VectorMatrix(dimension, new Uint32Array(0), new Float32Array(0))
    return new HnswVectorStore(embeddings, HnswGraph.empty(dimension, 16), matrix)
  }

  override _vectorstoreType(): string {
    return 'thuky-hnsw'
  }

  /** Vectors that can be found. */
  get size(): number {
    return this.#vectors.size
  }

  /** Vectors by label, for exact similarities. */
  get matrix(): VectorMatrix {
    return this.#matrix
  }

  /** The `k` labels nearest to an L2-normalised query, nearest first; exact when the filter leaves few. */
  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    return this.#vectors.nearest(query, k, allowed)
  }

  /** Adds vectors (each of the store's dimension; they are normalised) and returns the ids given to them. */
  override async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<string[]> {
    const { graph } = this.#vectors
    const matrix = this.#matrix
    const first = 1 + matrix.labels.reduce((highest, label) => Math.max(highest, label), -1)
    const rows = vectors.map((vector) => {
      const norm = Math.hypot(...vector) || 1
      return Float32Array.from(vector, (value) => value / norm)
    })
    const labels = rows.map((_, row) => first + row)
    rows.forEach((row, index) => {
      const label = labels[index] as number
      graph.add(row, label)
      this.#documents.set(label, documents[index] as DocumentInterface)
    })
    const values = new Float32Array(matrix.values.length + rows.length * graph.dimension)
    values.set(matrix.values)
    for (const [index, row] of rows.entries()) values.set(row, matrix.values.length + index * graph.dimension)
    this.#matrix = new VectorMatrix(graph.dimension, Uint32Array.from([...matrix.labels, ...labels]), values)
    this.#vectors = new HnswVectors(graph, this.#matrix)
    return labels.map(String)
  }

  /** Embeds and adds documents. */
  override async addDocuments(documents: DocumentInterface[]): Promise<string[]> {
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent))
    return this.addVectors(vectors, documents)
  }

  /** The `k` nearest documents with their cosine similarities; `filter` chooses among labels. */
  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: this['FilterType'],
  ): Promise<[DocumentInterface, number][]> {
    const allowed = filter === undefined ? undefined : new Set([...this.matrix.labels].filter((label) => filter(label)))
    const norm = Math.hypot(...query) || 1
    const neighbours = this.nearest(
      Float32Array.from(query, (value) => value / norm),
      k,
      allowed,
    )
    return neighbours.map(({ label, similarity }) => [this.#documents.get(label) as DocumentInterface, similarity])
  }
}
