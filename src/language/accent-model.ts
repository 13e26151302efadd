// In: the bytes of the accent model (made by models/build/accents/build.mjs). Out: log probabilities of accented syllables after
// the two syllables before them. A backed-off trigram model; it must not touch the disk and never changes once read.
import { fold } from './folding.ts'

/** First four bytes of the model, "AcV1" read as little-endian. */
const MAGIC = 0x31566341
const HEADER_BYTES = 20
/** Steps per natural logarithm unit in stored probabilities. */
const STEPS = 16
/** Backoff weights above 1 exist, so their bytes are shifted by this. */
const BACKOFF_ZERO = 64
/** Probability of a syllable the model never saw; rarer than any it did. */
const UNSEEN_LOG_PROBABILITY = -16
/** Just above the log probability of a syllable that followed only one other in the training texts. */
const RARE_LOG_PROBABILITY = -11.4

/** Sorted ids in rows: row `r` is `ids[starts[r]]` up to `ids[starts[r + 1]]`. */
interface Rows {
  readonly starts: Uint32Array
  readonly ids: Uint16Array
}

/** Reads numbers and byte columns one after another. */
class ByteReader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new Error('the accent model is cut short')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** Rows stored as length, then differences between neighbouring ids, all as variable-length numbers. */
  rows(rowCount: number, idCount: number): Rows {
    const starts = new Uint32Array(rowCount + 1)
    const ids = new Uint16Array(idCount)
    let next = 0
    for (let row = 0; row < rowCount; row++) {
      const end = next + this.#number()
      for (let id = 0; next < end; next++) {
        id += this.#number()
        ids[next] = id
      }
      starts[row + 1] = end
    }
    if (next !== idCount) throw new Error('the accent model contradicts its own header')
    return { starts, ids }
  }

  #number(): number {
    let value = 0
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) break
    }
    return value
  }
}

function logProbability(byte: number | undefined): number {
  return byte === undefined ? UNSEEN_LOG_PROBABILITY : -byte / STEPS
}

function backoff(byte: number | undefined): number {
  return ((byte ?? BACKOFF_ZERO) - BACKOFF_ZERO) / -STEPS
}

/** Place of an id in a row, -1 when absent. */
function find({ starts, ids }: Rows, row: number, id: number): number {
  let low = starts[row] ?? 0
  let high = (starts[row + 1] ?? low) - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = ids[middle] ?? 0
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function idsByFolded(words: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const [id, word] of words.entries()) {
    const folded = fold(word)
    const ids = found.get(folded)
    if (ids) ids.push(id)
    else found.set(folded, [id])
  }
  return found
}

/** Syllable statistics of Vietnamese. Ids run from 0 by falling frequency; -1 stands for a syllable not in the model. */
export class AccentModel {
  readonly #words: readonly string[]
  readonly #ids: ReadonlyMap<string, number>
  readonly #idsByFolded: ReadonlyMap<string, readonly number[]>
  readonly #unigrams: Uint8Array
  readonly #unigramBackoffs: Uint8Array
  readonly #pairs: Rows
  readonly #pairLogs: Uint8Array
  readonly #pairBackoffs: Uint8Array
  readonly #triples: Rows
  readonly #tripleLogs: Uint8Array

  /**
   * @param bytes the uncompressed model
   * @throws Error when the bytes are no such model
   */
  constructor(bytes: Uint8Array) {
    const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES)
    if (header.getUint32(0, true) !== MAGIC) throw new Error('not an accent model')
    const [wordBytes = 0, wordCount = 0, pairCount = 0, tripleCount = 0] = [4, 8, 12, 16].map((at) => header.getUint32(at, true))
    const reader = new ByteReader(bytes, HEADER_BYTES)
    this.#words = new TextDecoder().decode(reader.take(wordBytes)).split('\n')
    if (this.#words.length !== wordCount) throw new Error('the accent model contradicts its own header')
    this.#unigrams = reader.take(wordCount)
    this.#unigramBackoffs = reader.take(wordCount)
    this.#pairs = reader.rows(wordCount, pairCount)
    this.#pairLogs = reader.take(pairCount)
    this.#pairBackoffs = reader.take(pairCount)
    this.#triples = reader.rows(pairCount, tripleCount)
    this.#tripleLogs = reader.take(tripleCount)
    this.#ids = new Map(this.#words.map((word, id) => [word, id]))
    this.#idsByFolded = idsByFolded(this.#words)
  }

  /** Id of a syllable, -1 when the model does not have it. */
  id(word: string): number {
    return this.#ids.get(word) ?? -1
  }

  /** The syllable of an id. */
  word(id: number): string {
    return this.#words[id] ?? ''
  }

  /** Whether a syllable in general use folds to this; names and misspellings seen a few times do not count. */
  knowsFolded(folded: string): boolean {
    const [mostFrequent = -1] = this.spellings(folded)
    return mostFrequent >= 0 && logProbability(this.#unigrams[mostFrequent]) >= RARE_LOG_PROBABILITY
  }

  /** Ids of the syllables that fold to this, most frequent first. */
  spellings(folded: string): readonly number[] {
    return this.#idsByFolded.get(folded) ?? []
  }

  /** Handle of two neighbouring syllables for {@link logProbability}; -1 when the model has not kept them as a pair. */
  pair(first: number, second: number): number {
    return first < 0 || second < 0 ? -1 : find(this.#pairs, first, second)
  }

  /** Natural logarithm of the probability of `next` after a pair (see {@link pair}) that ends in `previous`; -16 to 0. */
  logProbability(pair: number, previous: number, next: number): number {
    if (next < 0) return UNSEEN_LOG_PROBABILITY
    if (pair < 0) return this.#afterOne(previous, next)
    const triple = find(this.#triples, pair, next)
    return triple < 0 ? backoff(this.#pairBackoffs[pair]) + this.#afterOne(previous, next) : logProbability(this.#tripleLogs[triple])
  }

  #afterOne(previous: number, next: number): number {
    const pair = this.pair(previous, next)
    if (pair >= 0) return logProbability(this.#pairLogs[pair])
    return logProbability(this.#unigrams[next]) + (previous < 0 ? 0 : backoff(this.#unigramBackoffs[previous]))
  }
}
