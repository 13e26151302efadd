// In: rows of vectors with labels. Out: the same by label, and exact nearest neighbours: the reference for the graph, and the
// faster way when few rows are allowed.
import { ThukyError } from '../errors.ts'
import type { Neighbour } from './hnsw-graph.ts'

/** L2-normalised vectors, row-major, with the label of each row. */
export class VectorMatrix {
  readonly #rowOf = new Map<number, number>()

  /** @throws ThukyError `index` when the sizes do not agree */
  constructor(
    readonly dimension: number,
    readonly labels: Uint32Array,
    /** Length rows × dimension. */
    readonly values: Float32Array,
  ) {
    if (values.length !== labels.length * dimension) {
      throw new ThukyError('index', 'The vectors on disk do not match their labels; run thuky index --rebuild.')
    }
    for (const [row, label] of labels.entries()) this.#rowOf.set(label, row)
  }

  /** Rows. */
  get size(): number {
    return this.labels.length
  }

  /** The vector of a label, a view; undefined when there is none. */
  vector(label: number): Float32Array | undefined {
    const row = this.#rowOf.get(label)
    return row === undefined ? undefined : this.#row(row)
  }

  /** Cosine similarity of a normalised query and a label's vector. */
  similarity(query: Float32Array, label: number): number | undefined {
    const vector = this.vector(label)
    return vector === undefined ? undefined : dot(query, vector)
  }

  /** The `k` nearest labels by exact inner products, nearest first, among `allowed` (all when absent). */
  nearest(query: Float32Array, k: number, allowed?: Iterable<number>): Neighbour[] {
    const labels = allowed ?? this.labels
    const found: Neighbour[] = []
    for (const label of labels) {
      const similarity = this.similarity(query, label)
      if (similarity !== undefined) found.push({ label, similarity })
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.label - b.label).slice(0, k)
  }

  #row(row: number): Float32Array {
    return this.values.subarray(row * this.dimension, (row + 1) * this.dimension)
  }
}

/** Inner product of two vectors of equal length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
