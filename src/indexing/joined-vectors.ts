// In: the vectors of several segments. Out: one search over all of them: each gives its nearest, the nearest of these are the answer.
import type { Neighbour } from './hnsw-graph.ts'
import type { HnswVectors } from './hnsw-vectors.ts'
import { nearestFirst } from './vector-matrix.ts'
import type { VectorLookup, VectorSearch } from './vector-search.ts'

/** Vectors of one kind, of all segments; those of the only segment as they are. */
export function joinedVectors(parts: readonly HnswVectors[]): VectorSearch {
  return parts.length === 1 ? (parts[0] as HnswVectors) : new JoinedVectors(parts)
}

class JoinedVectors implements VectorSearch {
  constructor(private readonly parts: readonly HnswVectors[]) {}

  get size(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0)
  }

  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    const found = this.parts.flatMap((part) => part.nearest(query, k, allowed))
    return nearestFirst(found, k)
  }

  expect(labels: readonly number[]): void {
    for (const part of this.parts) part.expect(labels)
  }

  vectorsOf(labels: readonly number[], query?: Float32Array): VectorLookup {
    const parts = this.parts.map((part) => part.vectorsOf(labels, query))
    return {
      vector: (label) => first(parts, (part) => part.vector(label)),
      similarity: (other, label) => first(parts, (part) => part.similarity(other, label)),
    }
  }
}

function first<Part, Found>(parts: readonly Part[], find: (part: Part) => Found | undefined): Found | undefined {
  for (const part of parts) {
    const found = find(part)
    if (found !== undefined) return found
  }
  return undefined
}
