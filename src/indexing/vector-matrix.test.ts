import { describe, expect, test } from 'vitest'
import { dot, VectorMatrix } from './vector-matrix.ts'

const DIMENSION = 6
const LABELS = Uint32Array.from([4, 9, 11, 30])
const VALUES = Float32Array.from({ length: LABELS.length * DIMENSION }, (_, i) => Math.sin(i * 3.1))
const queryOf = (seed: number) => Float32Array.from({ length: DIMENSION }, (_, i) => Math.cos(seed * i))

describe('what is known of a query', () => {
  test('is never told of another one, however they take turns', () => {
    const matrix = new VectorMatrix(DIMENSION, LABELS, VALUES)
    const queries = [queryOf(1), queryOf(2), queryOf(1)]
    for (const turn of [0, 1, 0, 2, 1, 1, 0]) {
      const query = queries[turn] as Float32Array
      for (const [row, label] of LABELS.entries()) {
        const vector = VALUES.subarray(row * DIMENSION, (row + 1) * DIMENSION)
        expect(matrix.similarity(query, label)).toBe(dot(query, vector))
      }
      expect(matrix.nearest(query, 1)[0]?.similarity).toBe(Math.max(...Array.from(LABELS, (label) => matrix.similarity(query, label) ?? 0)))
    }
  })

  test('says nothing of labels that are not there', () => {
    const matrix = new VectorMatrix(DIMENSION, LABELS, VALUES)
    expect(matrix.similarity(queryOf(1), 5)).toBeUndefined()
    expect(matrix.vector(5)).toBeUndefined()
  })
})
