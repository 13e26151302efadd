// In: the vectors of several segments. Out: one source, or one search, over all of them: each gives its nearest, the nearest of these
// are the answer.
import type { Neighbour } from './hnsw-graph.ts'
import type { HnswVectors } from './hnsw-vectors.ts'
import { nearestFirst } from './vector-matrix.ts'
import type { VectorLookup, VectorRows, VectorSearch, VectorSource } from './vector-search.ts'

/** Vectors of one kind, of all segments; those of the only segment as they are. */
export function joinedRows(parts: readonly VectorRows[]): VectorSource {
  return parts.length === 1 ? (parts[0] as VectorRows) : new JoinedRows(parts)
}

/** The same of vectors that can be searched. */
export function joinedVectors(parts: readonly HnswVectors[]): VectorSearch {
  return parts.length === 1 ? (parts[0] as HnswVectors) : new JoinedVectors(parts)
}

class JoinedRows<Part extends Pick<VectorRows, 'vectorsOf' | 'expect'>> implements VectorSource {
  constructor(protected readonly parts: readonly Part[]) {}

  expect(labels: readonly number[]): void {
    for (const part of this.parts) part.expect?.(labels)
  }

  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup {
    const parts = this.parts.map((part) => part.vectorsOf(labels, query))
    return {
      vector: (label) => first(parts, (part) => part.vector(label)),
      similarity: (other, label) => first(parts, (part) => part.similarity(other, label)),
    }
  }
}

class JoinedVectors extends JoinedRows<HnswVectors> implements VectorSearch {
  get size(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0)
  }

  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    const found = this.parts.flatMap((part) => part.nearest(query, k, allowed))
    return nearestFirst(found, k)
  }
}

function first<Part, Found>(parts: readonly Part[], find: (part: Part) => Found | undefined): Found | undefined {
  for (const part of parts) {
    const found = find(part)
    if (found !== undefined) return found
  }
  return undefined
}
