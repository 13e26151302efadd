// In: a file of vectors and the labels of its rows. Out: the same as `VectorMatrix`, read from the file when it is asked for: what the
// vectors of a large corpus would take in memory, the system keeps in its cache while it has room. The file must not change.
import { closeSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { ThukyError } from '../errors.ts'
import type { Neighbour } from './hnsw-graph.ts'
import { LabelRows } from './label-rows.ts'
import { RecentRows } from './recent-rows.ts'
import { dotAt, nearestFirst } from './vector-matrix.ts'
import type { VectorLookup, VectorRows } from './vector-search.ts'

/** Rows read at once at the most. */
const ROWS_AT_ONCE = 256
/** Rows nobody asked for that are read along rather than read around: one more call costs as much. */
const GAP = 3

/** Rows kept in memory: what is asked about is often asked about again. */
const RECENT_ROWS = 2048

/** Files are closed when nobody can ask them any more: a generation of the index ends when its last question has been answered. */
const closing = new FinalizationRegistry<number>((file) => closeSync(file))

/** L2-normalised vectors in a file, row-major, little-endian. */
export class VectorFile implements VectorRows {
  readonly #file: number
  readonly #rows: LabelRows
  readonly #buffer: Float32Array
  readonly #recent: RecentRows

  /**
   * @param path holds rows × dimension values of 32 bits
   * @throws ThukyError `index` when it cannot be opened
   */
  constructor(
    private readonly path: string,
    readonly dimension: number,
    readonly labels: Uint32Array,
  ) {
    this.#rows = new LabelRows(labels)
    this.#buffer = new Float32Array(ROWS_AT_ONCE * dimension)
    this.#recent = new RecentRows(RECENT_ROWS, dimension)
    try {
      this.#file = openSync(path, 'r')
    } catch (cause) {
      throw this.#unreadable(cause)
    }
    closing.register(this, this.#file)
  }

  get size(): number {
    return this.labels.length
  }

  nearest(query: Float32Array, k: number, allowed: Iterable<number> = this.labels): Neighbour[] {
    const found: Neighbour[] = []
    this.#visit(allowed, (label, at) => found.push({ label, similarity: dotAt(query, this.#buffer, at) }))
    return nearestFirst(found, k)
  }

  /** Cosines with the query are computed as the rows go by; a vector itself is read when somebody wants it. */
  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup {
    const similarities = new Map<number, number>()
    if (query !== undefined) {
      const unread = labels.filter((label) => {
        const at = this.#recent.find(label)
        if (at >= 0) similarities.set(label, dotAt(query, this.#recent.values, at))
        return at < 0
      })
      this.#visit(unread, (label, at) => {
        similarities.set(label, dotAt(query, this.#buffer, at))
        this.#recent.keep(label, this.#buffer, at)
      })
    }
    const vector = (label: number) => this.#vector(label)
    return {
      vector,
      similarity: (other, label) => {
        if (other === query) return similarities.get(label)
        const own = vector(label)
        return own === undefined ? undefined : dotAt(other, own, 0)
      },
    }
  }

  expect(labels: readonly number[]): void {
    const unread = labels.filter((label) => this.#recent.find(label) < 0)
    this.#visit(unread, (label, at) => this.#recent.keep(label, this.#buffer, at))
  }

  #vector(label: number): Float32Array | undefined {
    let vector: Float32Array | undefined
    this.#visit([label], (_, at) => {
      vector = this.#buffer.slice(at, at + this.dimension)
    })
    return vector
  }

  /** Reads the rows of labels in the order of the file; `at` is where a row begins in the buffer. */
  #visit(labels: Iterable<number>, visit: (label: number, at: number) => void): void {
    const rows = Uint32Array.from(this.#rows.rowsOf(labels)).sort()
    for (let from = 0; from < rows.length; ) {
      const first = rows[from] as number
      let to = from + 1
      while (to < rows.length && (rows[to] as number) - (rows[to - 1] as number) <= 1 + GAP && (rows[to] as number) - first < ROWS_AT_ONCE)
        to++
      this.#read(first, (rows[to - 1] as number) - first + 1)
      for (const row of rows.subarray(from, to)) visit(this.labels[row] as number, (row - first) * this.dimension)
      from = to
    }
  }

  #read(first: number, count: number): void {
    const rowBytes = this.dimension * Float32Array.BYTES_PER_ELEMENT
    try {
      const read = readSync(this.#file, this.#buffer, 0, count * rowBytes, first * rowBytes)
      if (read < count * rowBytes) throw new Error('the file is shorter than it was')
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  #unreadable(cause: unknown): ThukyError {
    return new ThukyError('index', `The file ${basename(this.path)} of the index is damaged; run thuky index to mend it.`, {}, { cause })
  }
}
