// In: texts. Out: their vectors, from a file of earlier runs where possible. Evaluations embed the same texts again and again.
import { createHash } from 'node:crypto'
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { EmbeddedTexts } from '../src/inference/embedding-client.ts'
import type { TextKind } from '../src/inference/embedding-protocol.ts'

/** Anything that embeds texts. */
export interface TextEmbedder {
  embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts>
}

const KEY_BYTES = 16

/** An embedder that remembers vectors in one file: records of a 16-byte key and the vector. The file belongs to one model. */
export class VectorCache implements TextEmbedder {
  readonly #places = new Map<string, number>()
  readonly #recordBytes: number
  #records = 0

  /** @param path file of the cache; name it after the model */
  constructor(
    private readonly inner: TextEmbedder,
    private readonly path: string,
    private readonly dimension: number,
  ) {
    this.#recordBytes = KEY_BYTES + dimension * 4
    mkdirSync(dirname(path), { recursive: true })
    if (existsSync(path)) this.#readKeys()
  }

  async embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    const keys = texts.map((text) =>
      createHash('sha256')
        .update(`${kind}\n${text}`)
        .digest('hex')
        .slice(0, KEY_BYTES * 2),
    )
    const missing = [...new Set(keys.map((key, i) => (this.#places.has(key) ? -1 : i)).filter((i) => i >= 0))]
    if (missing.length > 0) {
      const { vectors } = await this.inner.embed(
        kind,
        missing.map((i) => texts[i] as string),
      )
      missing.forEach((i, row) => {
        this.#append(keys[i] as string, vectors.subarray(row * this.dimension, (row + 1) * this.dimension))
      })
    }
    const vectors = new Float32Array(texts.length * this.dimension)
    for (const [i, key] of keys.entries()) vectors.set(this.#vector(key), i * this.dimension)
    return { vectors, dimension: this.dimension, tokenizeMs: 0, inferMs: 0 }
  }

  /** The vector of a key; looks the file through again when another process has written to it meanwhile. */
  #vector(key: string): Float32Array {
    const found = this.#read(key)
    if (found !== undefined) return found
    this.#readKeys()
    const again = this.#read(key)
    if (again === undefined) throw new Error(`${this.path} has lost a vector; delete the file.`)
    return again
  }

  #append(key: string, vector: Float32Array): void {
    if (this.#places.has(key)) return
    appendFileSync(this.path, Buffer.concat([Buffer.from(key, 'hex'), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]))
    this.#places.set(key, this.#records++)
  }

  #read(key: string): Float32Array | undefined {
    const record = this.#places.get(key)
    if (record === undefined) return undefined
    const bytes = new Uint8Array(this.#recordBytes)
    const file = openSync(this.path, 'r')
    readSync(file, bytes, 0, bytes.length, record * this.#recordBytes)
    closeSync(file)
    if (Buffer.from(bytes.subarray(0, KEY_BYTES)).toString('hex') !== key) return undefined
    return new Float32Array(bytes.buffer.slice(KEY_BYTES))
  }

  #readKeys(): void {
    this.#records = Math.floor(statSync(this.path).size / this.#recordBytes)
    const file = openSync(this.path, 'r')
    const key = Buffer.alloc(KEY_BYTES)
    for (let record = 0; record < this.#records; record++) {
      readSync(file, key, 0, KEY_BYTES, record * this.#recordBytes)
      this.#places.set(key.toString('hex'), record)
    }
    closeSync(file)
  }
}
