// In: a graph and the same vectors beside it. Out: nearest labels: the graph finds, the vectors measure exactly and serve small
// selections.
import type { HnswGraph, Neighbour } from './hnsw-graph.ts'
import type { VectorLookup, VectorRows, VectorSearch } from './vector-search.ts'

/** Up to this many allowed labels, and for filters that leave at most a tenth, exact search is faster than a filtered graph. */
const EXACT_LIMIT = 20_000
/** So few vectors are compared as fast as a graph of them is searched, and what is compared is needed again. */
const FEW = 512

/** Vectors of one kind on this machine. */
export class HnswVectors implements VectorSearch {
  constructor(
    readonly graph: HnswGraph,
    /** The same vectors by label, for exact similarities. */
    private readonly rows: VectorRows,
  ) {}

  /** Vectors that can be found. */
  get size(): number {
    return this.graph.size
  }

  /** The `k` labels nearest to an L2-normalised query, nearest first; exact when the filter leaves few. */
  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    if (allowed === undefined) return this.#hasFew() ? this.rows.nearest(query, k) : this.graph.nearest(query, k)
    if (allowed.size <= EXACT_LIMIT || allowed.size * 10 <= this.size) return this.rows.nearest(query, k, allowed)
    const found = this.graph.nearest(query, Math.min(this.size, k * 4)).filter(({ label }) => allowed.has(label))
    return found.length >= k ? found.slice(0, k) : this.rows.nearest(query, k, allowed)
  }

  /** Whether there are few, and none is deleted: rows do not tell which are. */
  #hasFew(): boolean {
    return this.graph.count <= FEW && this.graph.deleted === 0
  }

  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup {
    return this.rows.vectorsOf(labels, query)
  }

  expect(labels: readonly number[]): void {
    this.rows.expect?.(labels)
  }
}
