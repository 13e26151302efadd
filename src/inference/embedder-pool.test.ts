import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { EmbedderPool } from './embedder-pool.ts'
import type { TextKind } from './embedding-protocol.ts'

/** Gives each text its number as a vector of one dimension; `texts` are those it was given, in order. */
class NumberEmbedder {
  readonly texts: string[] = []
  closed = false
  constructor(private readonly failsOn = '') {}
  async embed(_: TextKind, texts: readonly string[]) {
    this.texts.push(...texts)
    await delay(1)
    if (texts.includes(this.failsOn)) throw new Error(`cannot read ${this.failsOn}`)
    return { vectors: Float32Array.from(texts, Number), dimension: 1, tokenizeMs: 1, inferMs: 1 }
  }
  async close() {
    this.closed = true
  }
}

function poolOf(size: number, first = new NumberEmbedder()) {
  const helpers: NumberEmbedder[] = []
  const further = () => {
    helpers.push(new NumberEmbedder())
    return helpers.at(-1) as NumberEmbedder
  }
  return { first, helpers, pool: new EmbedderPool({ first, further, size, portion: 2, helpFrom: 3, idleMs: 20 }) }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i))

describe('EmbedderPool', () => {
  test('shares much work among its processes and gives the vectors in the order of the texts', async () => {
    const { pool, first, helpers } = poolOf(3)
    const { vectors, tokenizeMs } = await pool.embed('passage', numbers(31))
    expect([...vectors]).toEqual(numbers(31).map(Number))
    expect(tokenizeMs).toBe(16)
    expect(helpers).toHaveLength(2)
    for (const embedder of [first, ...helpers]) expect(embedder.texts.length).toBeGreaterThan(4)
  })

  test('starts no further process for little work, nor for questions, nor where there is to be one only', async () => {
    const { pool, helpers } = poolOf(4)
    await pool.embed('passage', numbers(5))
    await Promise.all(numbers(20).map((question) => pool.embed('query', [question])))
    expect(helpers).toHaveLength(0)
    const single = poolOf(1)
    await single.pool.embed('passage', numbers(40))
    expect(single.helpers).toHaveLength(0)
  })

  test('ends further processes that have nothing to do, and all of them when it is closed', async () => {
    const { pool, helpers } = poolOf(2)
    await pool.embed('passage', numbers(30))
    expect([pool.size, helpers[0]?.closed]).toEqual([2, false])
    await delay(60)
    expect([pool.size, helpers[0]?.closed]).toEqual([1, true])
    await pool.embed('passage', numbers(30))
    await pool.close()
    expect(helpers.map(({ closed }) => closed)).toEqual([true, true])
  })

  test('fails a text that cannot be embedded and goes on with the others', async () => {
    const { pool } = poolOf(1, new NumberEmbedder('3'))
    await expect(pool.embed('passage', numbers(8))).rejects.toThrow('cannot read 3')
    expect([...(await pool.embed('passage', ['7', '8'])).vectors]).toEqual([7, 8])
  })
})
