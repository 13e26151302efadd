import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { VectorFile } from './vector-file.ts'
import { VectorMatrix } from './vector-matrix.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-vectors-'))
const DIMENSION = 5
let files = 0

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The same vectors in a file and in memory. */
function both(labels: readonly number[]): { file: VectorFile; matrix: VectorMatrix; path: string } {
  const values = Float32Array.from({ length: labels.length * DIMENSION }, (_, i) => Math.sin(i * 7.3 + labels.length))
  const path = join(folder, `${files++}.f32`)
  writeFileSync(path, values)
  return {
    file: new VectorFile(path, DIMENSION, Uint32Array.from(labels)),
    matrix: new VectorMatrix(DIMENSION, Uint32Array.from(labels), values),
    path,
  }
}

const query = Float32Array.from({ length: DIMENSION }, (_, i) => Math.cos(i))
const labelSets = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 700, size: 'max' })

describe('vectors in a file', () => {
  test('are near to what they are near to in memory, whichever are allowed', () => {
    fc.assert(
      fc.property(labelSets, fc.boolean(), fc.integer({ min: 1, max: 20 }), (drawn, inOrder, k) => {
        const labels = inOrder ? [...drawn].sort((a, b) => a - b) : drawn
        const { file, matrix } = both(labels)
        expect(file.nearest(query, k)).toEqual(matrix.nearest(query, k))
        const allowed = labels.filter((label) => label % 3 === 0)
        expect(file.nearest(query, k, allowed)).toEqual(matrix.nearest(query, k, allowed))
      }),
      { numRuns: 40 },
    )
  })

  test('are given by label, and their cosines with any query', () => {
    const { file, matrix } = both([3, 5, 8, 900, 901, 4000])
    const other = query.map((value) => -value)
    const found = file.vectorsOf([901, 3, 77], query)
    for (const label of [901, 3, 77]) {
      expect(found.similarity(query, label)).toBe(matrix.similarity(query, label))
      expect(found.similarity(other, label)).toBe(matrix.similarity(other, label))
      expect(found.vector(label)).toEqual(matrix.vector(label))
    }
  })

  test('that cannot be read are told with what to do', () => {
    const { file, path } = both([1, 2, 3])
    truncateSync(path, DIMENSION * 4)
    expect(() => file.nearest(query, 1)).toThrow(/run thuky index/)
    expect(() => new VectorFile(join(folder, 'none.f32'), DIMENSION, new Uint32Array(0))).toThrow(/run thuky index/)
  })
})
