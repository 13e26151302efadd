import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { randomNumbers } from '../evaluation/random-numbers.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { HnswGraph } from './hnsw-graph.ts'
import { VectorMatrix } from './vector-matrix.ts'

const DIMENSION = 32

/** Repeatable numbers in [−1, 1). */
function signedNumbers(seed: number): () => number {
  const next = randomNumbers(seed)
  return () => 2 * next() - 1
}

function randomVectors(count: number, seed = 1): Float32Array[] {
  const random = signedNumbers(seed)
  return Array.from({ length: count }, () => {
    const values = Array.from({ length: DIMENSION }, random)
    const norm = Math.hypot(...values)
    return Float32Array.from(values, (value) => value / norm)
  })
}

function graphOf(vectors: readonly Float32Array[]): HnswGraph {
  const graph = HnswGraph.empty(DIMENSION, 4)
  for (const [label, vector] of vectors.entries()) graph.add(vector, label)
  return graph
}

function matrixOf(vectors: readonly Float32Array[]): VectorMatrix {
  return new VectorMatrix(DIMENSION, Uint32Array.from(vectors.keys()), Float32Array.from(vectors.flatMap((vector) => [...vector])))
}

const labels = (found: readonly { label: number }[]) => found.map(({ label }) => label)

describe('HnswGraph', () => {
  const vectors = randomVectors(600)
  const queries = randomVectors(40, 2)

  test('finds what exact search finds, with the same similarities, and grows beyond its first capacity', () => {
    const [graph, matrix] = [graphOf(vectors), matrixOf(vectors)]
    let common = 0
    for (const query of queries) {
      const exact = matrix.nearest(query, 10)
      const found = graph.nearest(query, 10)
      common += found.filter(({ label }) => labels(exact).includes(label)).length
      expect(found.map(({ similarity }) => similarity)).toEqual([...found].map(({ similarity }) => similarity).sort((a, b) => b - a))
      for (const { label, similarity } of found) expect(similarity).toBeCloseTo(matrix.similarity(query, label) as number, 4)
    }
    expect(graph.size).toBe(600)
    expect(common / (queries.length * 10)).toBeGreaterThanOrEqual(0.99)
  })

  test('finds every vector it holds when asked for more than that, and none when asked for none or empty', () => {
    const graph = graphOf(vectors.slice(0, 5))
    expect(labels(graph.nearest(queries[0] as Float32Array, 100)).sort()).toEqual([0, 1, 2, 3, 4])
    expect(graph.nearest(queries[0] as Float32Array, 0)).toEqual([])
    expect(HnswGraph.empty(DIMENSION, 0).nearest(queries[0] as Float32Array, 5)).toEqual([])
  })

  test('passes over what was removed', () => {
    const graph = graphOf(vectors.slice(0, 50))
    graph.remove([7])
    expect(labels(graph.nearest(vectors[7] as Float32Array, 50))).not.toContain(7)
    expect([graph.size, graph.count, graph.deleted]).toEqual([49, 50, 1])
    expect(() => graph.remove([7])).toThrow()
    expect(() => graph.remove([3, 4711])).toThrow()
    expect([graph.size, graph.deleted]).toEqual([49, 1])
  })

  test('keeps no vector of what was removed in its file, though its neighbours go with it or later', async () => {
    const near = (axis: number, by: number) => {
      const vector = new Float32Array(DIMENSION)
      vector[axis] = 1
      vector[(axis + 1) % DIMENSION] = by
      return vector.map((value) => value / Math.hypot(...vector))
    }
    const given = Array.from({ length: 40 }, (_, i) => near(i % 8, (1 + Math.floor(i / 8)) / 10))
    const graph = graphOf(given)
    const file = join(await temporaryFolder(), 'a.hnsw')
    const gone: number[] = []
    for (const labelled of [[0, 8, 16], [24], [1, 2], [32, 9, 10, 17]]) {
      graph.remove(labelled)
      gone.push(...labelled)
      await graph.write(file)
      const bytes = await readFile(file)
      const held = given.map(({ buffer }) => bytes.includes(Buffer.from(buffer as ArrayBuffer)))
      expect(held).toEqual(given.map((_, label) => !gone.includes(label)))
    }
    expect(labels(graph.nearest(given[25] as Float32Array, 40)).sort((a, b) => a - b)).toEqual(
      given.map((_, label) => label).filter((label) => !gone.includes(label)),
    )
  })

  test('replaces the vector of a label that comes again', () => {
    const graph = graphOf(vectors.slice(0, 5))
    graph.add(vectors[9] as Float32Array, 0)
    expect(graph.size).toBe(5)
    expect(graph.nearest(vectors[9] as Float32Array, 100)).toHaveLength(5)
    expect(graph.nearest(vectors[9] as Float32Array, 1)[0]?.label).toBe(0)
  })

  test.each([
    ['a vector with NaN', Float32Array.from({ length: DIMENSION }, () => Number.NaN), 1],
    ['a vector with infinity', new Float32Array(DIMENSION).fill(Number.POSITIVE_INFINITY), 1],
    ['a vector too short', new Float32Array(DIMENSION - 1), 1],
    ['a vector too long', new Float32Array(DIMENSION + 1), 1],
    ['a negative label', vectors[0] as Float32Array, -1],
    ['a label of 2^32', vectors[0] as Float32Array, 2 ** 32],
    ['half a label', vectors[0] as Float32Array, 1.5],
  ])('refuses %s before native code sees it', (_, vector, label) => {
    const graph = graphOf(vectors.slice(0, 2))
    expect(() => graph.add(vector, label)).toThrow(ThukyError)
    expect(graph.size).toBe(2)
  })

  test('refuses a question that is no vector of its dimension', () => {
    const graph = graphOf(vectors.slice(0, 2))
    expect(() => graph.nearest(new Float32Array(DIMENSION).fill(Number.NaN), 1)).toThrow(ThukyError)
    expect(() => graph.nearest(new Float32Array(3), 1)).toThrow(/does not fit an index of 32/)
  })

  test('comes back from its file with the same neighbours, and goes on growing', async () => {
    const path = join(await temporaryFolder(), 'a.hnsw')
    const graph = graphOf(vectors.slice(0, 100))
    graph.remove([3])
    await graph.write(path)
    const opened = await HnswGraph.open(path, { dimension: DIMENSION, count: 100, deleted: 1 })
    for (const query of queries) expect(opened.nearest(query, 10)).toEqual(graph.nearest(query, 10))
    opened.add(vectors[100] as Float32Array, 100)
    expect(labels(opened.nearest(vectors[100] as Float32Array, 1))).toEqual([100])
    expect(opened.size).toBe(100)
  })

  test('saved empty can be opened and filled', async () => {
    const path = join(await temporaryFolder(), 'a.hnsw')
    await HnswGraph.empty(DIMENSION, 16).write(path)
    const opened = await HnswGraph.open(path, { dimension: DIMENSION, count: 0, deleted: 0 })
    opened.add(vectors[0] as Float32Array, 5)
    expect(labels(opened.nearest(vectors[0] as Float32Array, 3))).toEqual([5])
  })

  test('refuses a file that is missing, damaged or of another count', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'a.hnsw')
    const expected = { dimension: DIMENSION, count: 10, deleted: 0 }
    await expect(HnswGraph.open(path, expected)).rejects.toMatchObject({
      kind: 'index',
      message: expect.stringMatching(/thuky index --rebuild/),
    })
    await writeFiles(folder, { 'a.hnsw': 'no graph' })
    await expect(HnswGraph.open(path, expected)).rejects.toMatchObject({ kind: 'index' })
    await graphOf(vectors.slice(0, 9)).write(path)
    await expect(HnswGraph.open(path, expected)).rejects.toMatchObject({ kind: 'index', message: expect.stringMatching(/other vectors/) })
  })
})

describe('VectorMatrix', () => {
  const vectors = randomVectors(20)

  test('finds the nearest among all or some labels, nearest first', () => {
    const matrix = matrixOf(vectors)
    const query = vectors[4] as Float32Array
    expect(matrix.nearest(query, 1)).toEqual([{ label: 4, similarity: expect.closeTo(1, 5) }])
    expect(labels(matrix.nearest(query, 5, [1, 2, 99])).sort()).toEqual([1, 2])
    expect(matrix.nearest(query, 3, [])).toEqual([])
    expect(matrix.similarity(query, 99)).toBeUndefined()
    expect(matrix.vector(4)).toEqual(query)
  })

  test('refuses values that do not match its labels', () => {
    expect(() => new VectorMatrix(4, new Uint32Array(2), new Float32Array(7))).toThrow(ThukyError)
  })
})
