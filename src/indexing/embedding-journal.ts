// In: vectors as they are computed. Out: the same after a stop: a long run that was broken off goes on where it was. Kept beside the
// index until the run is published; whatever is damaged in it is computed again.
import { createHash } from 'node:crypto'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Name of the file below the index. */
export const EMBEDDING_JOURNAL = 'embedding.journal'

const KEY_BYTES = 32
const CHECK_BYTES = 8

/** Vectors of one model by text. */
export class EmbeddingJournal {
  readonly #path: string
  readonly #known = new Map<string, Float32Array>()
  readonly #model: Buffer
  readonly #dimension: number

  private constructor(indexDir: string, { model, dimension }: { readonly model: string; readonly dimension: number }) {
    this.#path = join(indexDir, EMBEDDING_JOURNAL)
    this.#model = hash(`${model} ${dimension}`)
    this.#dimension = dimension
  }

  /** Opens what a broken run of the same model has left; what another model has left is thrown away. */
  static async open(indexDir: string, recipe: { readonly model: string; readonly dimension: number }): Promise<EmbeddingJournal> {
    const journal = new EmbeddingJournal(indexDir, recipe)
    const bytes = await readFile(journal.#path).catch(() => Buffer.alloc(0))
    if (bytes.subarray(0, KEY_BYTES).equals(journal.#model)) journal.#read(bytes)
    else await writeFile(journal.#path, journal.#model)
    return journal
  }

  /** The vector of a text; undefined when it is not known. */
  vector(text: string): Float32Array | undefined {
    return this.#known.get(hash(text).toString('hex'))
  }

  /** Keeps vectors, row-major, in the order of the texts. A disk that refuses costs only the chance to go on. */
  async keep(texts: readonly string[], vectors: Float32Array): Promise<void> {
    const records = texts.map((text, row) => {
      const vector = vectors.subarray(row * this.#dimension, (row + 1) * this.#dimension)
      const record = Buffer.concat([hash(text), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)])
      return Buffer.concat([record, hash(record).subarray(0, CHECK_BYTES)])
    })
    await appendFile(this.#path, Buffer.concat(records)).catch(() => {})
  }

  /** Throws the file away: the run it belongs to is published, or nothing of it may stay. */
  static async remove(indexDir: string): Promise<void> {
    await rm(join(indexDir, EMBEDDING_JOURNAL), { force: true })
  }

  #read(bytes: Buffer): void {
    const size = KEY_BYTES + this.#dimension * 4 + CHECK_BYTES
    for (let at = KEY_BYTES; at + size <= bytes.length; at += size) {
      const record = bytes.subarray(at, at + size - CHECK_BYTES)
      if (
        !hash(record)
          .subarray(0, CHECK_BYTES)
          .equals(bytes.subarray(at + size - CHECK_BYTES, at + size))
      )
        return
      const vector = Uint8Array.from(record.subarray(KEY_BYTES))
      this.#known.set(record.subarray(0, KEY_BYTES).toString('hex'), new Float32Array(vector.buffer))
    }
  }
}

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest()
