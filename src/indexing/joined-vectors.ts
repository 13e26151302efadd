// In: the vectors of several segments. Out: one search over all of them: each gives its nearest, the nearest of these are the answer.
import type { Neighbour } from './hnsw-graph.ts'
import type { HnswVectors } from './hnsw-vectors.ts'
import type { VectorLookup, VectorSearch } from './vector-search.ts'

/** Vectors of one kind, of all segments; those of the only segment as they are. */
export function joinedVectors(parts: readonly HnswVectors[]): VectorSearch {
  return parts.length === 1 ? (parts[0] as HnswVectors) : new JoinedVectors(parts)
}

class JoinedVectors implements VectorSearch, VectorLookup {
  constructor(private readonly parts: readonly HnswVectors[]) {}

  get size(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0)
  }

  nearest(query: Float32Array, k: number, allowed?: ReadonlySet<number>): Neighbour[] {
    const found = this.parts.flatMap((part) => part.nearest(query, k, allowed))
    return found.sort((a, b) => b.similarity - a.similarity || a.label - b.label).slice(0, k)
  }

  vectorsOf(): VectorLookup {
    return this
  }

  vector(label: number): Float32Array | undefined {
    for (const { matrix } of this.parts) {
      const vector = matrix.vector(label)
      if (vector !== undefined) return vector
    }
    return undefined
  }

  similarity(query: Float32Array, label: number): number | undefined {
    for (const { matrix } of this.parts) {
      const similarity = matrix.similarity(query, label)
      if (similarity !== undefined) return similarity
    }
    return undefined
  }
}
