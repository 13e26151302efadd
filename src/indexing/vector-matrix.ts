// In: rows of vectors with labels. Out: the same by label, and exact nearest neighbours: the reference for the graph, and the
// faster way when few rows are allowed.
import { ThukyError } from '../errors.ts'
import type { Neighbour } from './hnsw-graph.ts'
import { LabelRows } from './label-rows.ts'
import type { VectorLookup, VectorRows } from './vector-search.ts'

/** L2-normalised vectors, row-major, with the label of each row. */
export class VectorMatrix implements VectorRows, VectorLookup {
  readonly #rows: LabelRows
  /** The query asked about last, and what is known of it: a similarity for each row, NaN where nobody has asked yet. */
  #query: Float32Array | undefined
  #similarities: Float64Array | undefined

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
    this.#rows = new LabelRows(labels)
  }

  /** Rows. */
  get size(): number {
    return this.labels.length
  }

  /** The vector of a label, a view; undefined when there is none. */
  vector(label: number): Float32Array | undefined {
    const row = this.#rows.rowOf(label)
    return row === undefined ? undefined : this.#row(row)
  }

  /** Cosine similarity of a normalised query, which is not written to afterwards, and a label's vector. */
  similarity(query: Float32Array, label: number): number | undefined {
    const row = this.#rows.rowOf(label)
    return row === undefined ? undefined : this.#similarityOf(query, row)
  }

  /** One question compares itself with the same rows several times: to find them, to rank them, to choose among them. */
  #similarityOf(query: Float32Array, row: number): number {
    this.#similarities ??= new Float64Array(this.size)
    if (query !== this.#query) {
      this.#query = query
      this.#similarities.fill(Number.NaN)
    }
    const known = this.#similarities[row] as number
    if (!Number.isNaN(known)) return known
    const similarity = dotAt(query, this.values, row * this.dimension)
    this.#similarities[row] = similarity
    return similarity
  }

  /** The `k` nearest labels by exact inner products, nearest first, among `allowed` (all when absent). */
  nearest(query: Float32Array, k: number, allowed?: Iterable<number>): Neighbour[] {
    const found: Neighbour[] = []
    for (const row of allowed === undefined ? this.labels.keys() : this.#rows.rowsOf(allowed)) {
      found.push({ label: this.labels[row] as number, similarity: this.#similarityOf(query, row) })
    }
    return nearestFirst(found, k)
  }

  /** All of them: they are at hand. */
  vectorsOf(): VectorLookup {
    return this
  }

  #row(row: number): Float32Array {
    return this.values.subarray(row * this.dimension, (row + 1) * this.dimension)
  }
}

/** The `k` nearest of some neighbours, nearest first, equal ones by label; reorders what it is given. */
export function nearestFirst(found: Neighbour[], k: number): Neighbour[] {
  return found.sort((a, b) => b.similarity - a.similarity || a.label - b.label).slice(0, k)
}

/** Inner product of two vectors of equal length. */
export function dot(a: Float32Array, b: Float32Array): number {
  return dotAt(a, b, 0)
}

/** Inner product of a vector and as many values from a place on. Four sums at once: none waits for the one before. */
export function dotAt(a: Float32Array, values: Float32Array, from: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  const whole = a.length - (a.length % 4)
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (values[from + i] as number)
    s1 += (a[i + 1] as number) * (values[from + i + 1] as number)
    s2 += (a[i + 2] as number) * (values[from + i + 2] as number)
    s3 += (a[i + 3] as number) * (values[from + i + 3] as number)
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] as number) * (values[from + i] as number)
  return s0 + s1 + (s2 + s3)
}
