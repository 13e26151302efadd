// In: texts of the indexed documents. Out: how often each syllable and each pair of neighbours occurs in them, to adapt the
// bundled accent model. Memory is bounded whatever the number of documents; texts without accents are passed over.
import { type AccentToken, accentTokens, FOREIGN, NUMBER, type WordMemory } from './accent-restoration-tokens.ts'

/** Counts of accented syllables; syllables are `AccentToken.word`s and go by ids, 1 and up, which never change. */
export interface SyllableCounts {
  /** Syllables counted, stand-ins included. */
  readonly total: number
  /** Id of a syllable, 0 when it was not seen. */
  id(syllable: string): number
  /** Occurrences of a syllable; 0 for id 0. */
  count(id: number): number
  /** Occurrences of the second syllable right after the first, within a clause; 0 for id 0. */
  pairCount(first: number, second: number): number
  /** Syllables seen that fold to this, in order of first occurrence. */
  spellings(folded: string): readonly string[]
}

/** Bounds of {@link CorpusSyllableCounts}. */
export interface SyllableCountsOptions {
  /** Most syllables read, 1 or more; later texts are ignored. Default 2,000,000, about two seconds of counting. */
  readonly syllableLimit?: number
  /** Most pairs kept, 16 to 2^24; when full, the rarest are dropped. Default 2^19, which takes 8 MB. */
  readonly pairLimit?: number
}

const DEFAULTS: Required<SyllableCountsOptions> = { syllableLimit: 2_000_000, pairLimit: 2 ** 19 }
const TYPE_LIMIT = 65_535
/** Vietnamese text carries marks on about 70 % of its syllables; below this share it was typed without. */
const LEAST_MARKED_SHARE = 0.3

/** Counts that grow by one text after another. Deterministic for a given order of texts. */
export class CorpusSyllableCounts implements SyllableCounts {
  readonly #options: Required<SyllableCountsOptions>
  readonly #memory: WordMemory = new Map()
  readonly #ids = new Map<string, number>()
  readonly #spellings = new Map<string, string[]>()
  readonly #counts: number[] = [0]
  readonly #pairs: PairTable
  #total = 0

  constructor(options: SyllableCountsOptions = {}) {
    this.#options = { ...DEFAULTS, ...options }
    this.#pairs = new PairTable(this.#options.pairLimit)
  }

  get total(): number {
    return this.#total
  }

  /** Counts one text (a passage or a whole document, canonical). Does nothing for a text without accents or past the limit. */
  add(text: string): void {
    if (this.#total >= this.#options.syllableLimit) return
    const tokens = accentTokens(text, this.#memory)
    if (!isAccented(tokens)) return
    let previous = 0
    for (const token of tokens) {
      const id = this.#idOf(token)
      this.#counts[id] = (this.#counts[id] ?? 0) + 1
      if (previous > 0 && !token.startsClause) this.#pairs.increment(previous, id)
      previous = id
    }
    this.#total += tokens.length
  }

  id(syllable: string): number {
    return this.#ids.get(syllable) ?? 0
  }

  count(id: number): number {
    return this.#counts[id] ?? 0
  }

  pairCount(first: number, second: number): number {
    return first === 0 || second === 0 ? 0 : this.#pairs.get(first, second)
  }

  spellings(folded: string): readonly string[] {
    return this.#spellings.get(folded) ?? []
  }

  /** Ids start at 1; past the limit of types all new ones count as foreign. */
  #idOf({ word, folded }: AccentToken): number {
    const known = this.#ids.get(word)
    if (known !== undefined) return known
    if (this.#ids.size >= TYPE_LIMIT) return this.#ids.get(FOREIGN) ?? TYPE_LIMIT
    const id = this.#ids.size + 1
    this.#ids.set(word, id)
    const spellings = this.#spellings.get(folded)
    if (spellings) spellings.push(word)
    else this.#spellings.set(folded, [word])
    return id
  }
}

function isAccented(tokens: readonly AccentToken[]): boolean {
  const words = tokens.filter(({ word }) => word !== NUMBER && word !== FOREIGN)
  return words.filter(({ word, folded }) => word !== folded).length >= LEAST_MARKED_SHARE * words.length && words.length > 0
}

/** Open addressing from pairs of 16-bit ids to counts; grows by doubling up to the limit, then forgets the rarest. */
class PairTable {
  readonly #limit: number
  #keys = new Uint32Array(1024)
  #values = new Uint32Array(1024)
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get(first: number, second: number): number {
    return this.#values[this.#slot(first * 65_536 + second)] ?? 0
  }

  increment(first: number, second: number): void {
    const key = first * 65_536 + second
    let slot = this.#slot(key)
    if (this.#keys[slot] === 0) {
      if (this.#size >= this.#limit) this.#forgetRare()
      if (this.#size * 2 >= this.#keys.length) this.#rebuild(this.#keys.length * 2, 1)
      slot = this.#slot(key)
      this.#keys[slot] = key
      this.#size++
    }
    this.#values[slot] = (this.#values[slot] ?? 0) + 1
  }

  /** Slot of the key, or the free one where it belongs; the table is never full. */
  #slot(key: number): number {
    const mask = this.#keys.length - 1
    let slot = (Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> 7) & mask
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #forgetRare(): void {
    for (let least = 2; this.#size > this.#limit / 2; least++) this.#rebuild(this.#keys.length, least)
  }

  #rebuild(length: number, leastCount: number): void {
    const keys = this.#keys
    const values = this.#values
    this.#keys = new Uint32Array(length)
    this.#values = new Uint32Array(length)
    this.#size = 0
    for (const [i, key] of keys.entries()) {
      const value = values[i] ?? 0
      if (key === 0 || value < leastCount) continue
      const slot = this.#slot(key)
      this.#keys[slot] = key
      this.#values[slot] = value
      this.#size++
    }
  }
}
