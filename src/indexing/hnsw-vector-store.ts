// In: texts or vectors. Out: nearest texts, behind LangChain's interface. Holds the graph that finds and the vectors beside it,
// which measure exactly and serve small selections.
import { Document, type DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import { HnswGraph, type Neighbour } from './hnsw-graph.ts'
import { VectorMatrix } from './vector-matrix.ts'
import type { VectorSearch } from './vector-search.ts'

/** Parts of an existing store. */
export interface HnswVectorStoreParts {
  readonly graph: HnswGraph
  readonly matrix: VectorMatrix
  /** The document of a label, made when it is asked for. */
  readonly documentOf: (label: number) => DocumentInterface
}

/** Up to this many allowed labels, and for filters that leave at most a tenth, exact search is faster than a filtered graph. */
const EXACT_LIMIT = 20_000

/** LangChain vector store on an HNSW graph. Scores are cosine similarities, higher is nearer. */
export class HnswVectorStore extends VectorStore implements VectorSearch {
  declare FilterType: (label: number) => boolean
  #graph: HnswGraph
  #matrix: VectorMatrix
  readonly #added = new Map<number, DocumentInterface>()
  readonly #documentOf: (label: number) => DocumentInterface

  constructor(embeddings: EmbeddingsInterface, parts: HnswVectorStoreParts) {
    super(embeddings, {})
    this.#graph = parts.graph
    this.#matrix = parts.matrix
    this.#documentOf = parts.documentOf
  }

  /** An empty store for vectors of the given dimension. */
  static empty(embeddings: EmbeddingsInterface, dimension: number): HnswVectorStore {
    const matrix = new VectorMatrix(dimension, new Uint32Array(0), new Float32Array(0))
    return new HnswVectorStore(embeddings, {
      graph: HnswGraph.empty(dimension, 16),
      matrix,
      documentOf: (label) => new Document({ pageContent: '', id: String(label) }),
    })
  }

  override _vectorstoreType(): string {
    return 'thuky-hnsw'
  }

  /** Vectors that can be found. */
  get size(): number {
    return this.#graph.size
  }

  /** Vectors by label, for exact similarities. */
  get matrix(): VectorMatrix {
    return this.#matrix
  }

  /** The `k` labels nearest to an L2-normalised query, nearest first; exact when the filter leaves few. */
  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    if (allowed === undefined) return this.#graph.nearest(query, k)
    if (allowed.size <= EXACT_LIMIT || allowed.size * 10 <= this.size) return this.#matrix.nearest(query, k, allowed)
    const found = this.#graph.nearest(query, Math.min(this.size, k * 4)).filter(({ label }) => allowed.has(label))
    return found.length >= k ? found.slice(0, k) : this.#matrix.nearest(query, k, allowed)
  }

  /** All vectors: they are in memory. */
  vectorsOf(): VectorMatrix {
    return this.#matrix
  }

  /** Adds vectors (each of the store's dimension; they are normalised) and returns the ids given to them. */
  override async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<string[]> {
    const first = 1 + this.#matrix.labels.reduce((highest, label) => Math.max(highest, label), -1)
    const rows = vectors.map((vector) => {
      const norm = Math.hypot(...vector) || 1
      return Float32Array.from(vector, (value) => value / norm)
    })
    const labels = rows.map((_, row) => first + row)
    rows.forEach((row, index) => {
      const label = labels[index] as number
      this.#graph.add(row, label)
      this.#added.set(label, documents[index] as DocumentInterface)
    })
    const values = new Float32Array(this.#matrix.values.length + rows.length * this.#graph.dimension)
    values.set(this.#matrix.values)
    for (const [index, row] of rows.entries()) values.set(row, this.#matrix.values.length + index * this.#graph.dimension)
    this.#matrix = new VectorMatrix(this.#graph.dimension, Uint32Array.from([...this.#matrix.labels, ...labels]), values)
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
    const allowed = filter === undefined ? undefined : new Set([...this.#matrix.labels].filter((label) => filter(label)))
    const norm = Math.hypot(...query) || 1
    const neighbours = this.nearest(
      Float32Array.from(query, (value) => value / norm),
      k,
      allowed,
    )
    return neighbours.map(({ label, similarity }) => [this.#added.get(label) ?? this.#documentOf(label), similarity])
  }
}
