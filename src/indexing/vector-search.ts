// In: nothing (types). Out: what retrieval asks of vectors, wherever they lie: in this process or in a database. Finding may take
// a journey, so it may be a promise; what has been found is at hand.
import type { Neighbour } from './hnsw-graph.ts'

/** Vectors of some labels, in memory. */
export interface VectorLookup {
  /** The L2-normalised vector of a label; undefined when there is none. */
  vector(label: number): Float32Array | undefined
  /** Cosine similarity of a normalised query and a label's vector; undefined when there is none. */
  similarity(query: Float32Array, label: number): number | undefined
}

/** Vectors of one kind, of one generation, by label: all that is asked of those of passages. */
export interface VectorSource {
  /** The vectors of these labels at least. @param query what they will be compared with, where that is known */
  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup | Promise<VectorLookup>
  /** Told which vectors will probably be asked for; where they lie far away, they are fetched now. */
  expect?(labels: readonly number[]): void
}

/** Vectors that can be searched too: those of sentences. */
export interface VectorSearch extends VectorSource {
  /** Vectors that can be found. */
  readonly size: number
  /** The `k` labels nearest to an L2-normalised query, nearest first, among `allowed` (all when absent). */
  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): readonly Neighbour[] | Promise<readonly Neighbour[]>
}

/** Vectors with the labels of their rows, in this process or in a file. */
export interface VectorRows {
  /** The `k` nearest labels by exact inner products, nearest first, among `allowed` (all when absent). */
  nearest(query: Float32Array, k: number, allowed?: Iterable<number>): Neighbour[]
  /** The vectors of these labels at least. @param query what they will be compared with, where that is known */
  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup
  /** See `VectorSearch.expect`. @throws as `vectorsOf` */
  expect?(labels: readonly number[]): void
}
