import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomNumbers } from '../../evaluation/random-numbers.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from '../../testing/postgres-server.ts'
import { VectorMatrix } from '../vector-matrix.ts'
import { vectorArrayBytes } from './binary-vectors.ts'
import { Database } from './database.ts'
import { PostgresVectors, VectorCache } from './postgres-vectors.ts'
import { EXACT_ROWS, ensureGraphs, ensureSchema, prepareVectors, readExtension } from './schema.ts'

const DIMENSION = 24
const COUNT = 3 * EXACT_ROWS
const programs = postgresPrograms()
const random = randomNumbers(7)

/** Vectors with some order in them, as those of texts have, L2-normalised. */
function someVectors(count: number): Float32Array {
  const centres = Array.from({ length: 40 }, () => Array.from({ length: DIMENSION }, () => random() - 0.5))
  const values = new Float32Array(count * DIMENSION)
  for (let row = 0; row < count; row++) {
    const centre = centres[row % centres.length] as number[]
    const raw = centre.map((value) => value + 0.5 * (random() - 0.5))
    const norm = Math.hypot(...raw)
    values.set(
      raw.map((value) => value / norm),
      row * DIMENSION,
    )
  }
  return values
}

describe.skipIf(programs === undefined)('vectors in a table of PostgreSQL', () => {
  const matrix = new VectorMatrix(
    DIMENSION,
    Uint32Array.from({ length: COUNT }, (_, i) => i),
    someVectors(COUNT),
  )
  const queries = Array.from({ length: 30 }, (_, i) => matrix.vector(i * 97) as Float32Array)
  let server: PostgresServer
  let database: Database

  const vectors = (has: (label: number) => boolean = () => true) =>
    new PostgresVectors({ database, table: 'passages', cache: new VectorCache(50), has, size: COUNT })
  const graph = async () =>
    (await database.rows(`SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('thuky.passages_embedding')`))[0]?.['indisvalid']

  beforeAll(async () => {
    server = await startPostgres(programs as string)
    database = new Database(await server.database())
    await ensureSchema(database)
    await database.transaction((session) => prepareVectors(session, DIMENSION, true))
    await database.rows(`INSERT INTO thuky.documents VALUES ('a', 'a.md', '', '', '{}', '')`)
    const { type } = await readExtension(database)
    const labels = [...matrix.labels]
    await database.rows(
      `INSERT INTO thuky.passages SELECT label, 'a', '', embedding FROM unnest($1::bigint[], $2::vector[]) AS new (label, embedding)`,
      [
        labels,
        vectorArrayBytes(
          labels.map((label) => matrix.vector(label) as Float32Array),
          type,
        ),
      ],
    )
  })
  afterAll(async () => {
    await database?.close()
    await server?.stop()
  })

  test('come back as they were given, bit by bit, also when more are asked for than are kept', async () => {
    const store = vectors()
    for (const labels of [[3, 1, 4], Array.from({ length: 120 }, (_, i) => i), [3, 119]]) {
      const found = await store.vectorsOf(labels)
      for (const label of labels) expect(found.vector(label)).toEqual(matrix.vector(label))
    }
    const query = queries[0] as Float32Array
    expect((await store.vectorsOf([5])).similarity(query, 5)).toBe(matrix.similarity(query, 5))
    expect((await store.vectorsOf([COUNT + 5])).vector(COUNT + 5)).toBeUndefined()
  })

  test('are found exactly while there is no graph, and among those allowed always', async () => {
    expect(await graph()).toBeUndefined()
    const allowed = new Set(Array.from({ length: 300 }, (_, i) => i * 31))
    const labelsOf = (found: readonly { label: number }[]) => found.map(({ label }) => label)
    for (const query of queries) {
      expect(labelsOf(await vectors().nearest(query, 10))).toEqual(labelsOf(matrix.nearest(query, 10)))
      expect(labelsOf(await vectors().nearest(query, 10, allowed))).toEqual(labelsOf(matrix.nearest(query, 10, allowed)))
    }
  })

  test('get a graph when they are many, made by one of those that ask for it at once; it finds nearly all', async () => {
    await Promise.all([ensureGraphs(database), ensureGraphs(database)])
    await ensureGraphs(database)
    expect(await graph()).toBe(true)
    await database.rows('ANALYZE thuky.passages')
    const plan = await database.rows(`EXPLAIN SELECT label FROM thuky.passages ORDER BY embedding <#> $1::vector LIMIT 10`, [
      `[${(queries[0] as Float32Array).join(',')}]`,
    ])
    expect(JSON.stringify(plan)).toContain('passages_embedding')
    let found = 0
    for (const query of queries) {
      const near = new Set((await vectors().nearest(query, 10)).map(({ label }) => label))
      found += matrix.nearest(query, 10).filter(({ label }) => near.has(label)).length
    }
    expect(found / (10 * queries.length)).toBeGreaterThan(0.97)
  })

  test('of a later generation are not found', async () => {
    const query = queries[0] as Float32Array
    const found = await vectors((label) => label % 2 === 0).nearest(query, 20)
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(({ label }) => label % 2 === 0)).toBe(true)
  })
})
