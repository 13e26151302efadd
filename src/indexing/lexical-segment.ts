// In: the terms of passages. Out: an immutable piece of the lexical index: postings in typed arrays, sorted by term.
// One buffer on disk, views of it in memory: opening is reading.
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { ThukyError } from '../errors.ts'
import { termHash } from './term-hash.ts'

/** Terms of one passage. */
export interface LabelledTerms {
  /** Label of the passage, unique in the index, below 2³². */
  readonly label: number
  /** Syllables of the passage, its length for the score. */
  readonly length: number
  readonly frequencies: ReadonlyMap<string, number>
}

/** Postings of one term: `labels[i]` holds the term `frequencies[i]` times. */
export interface Postings {
  readonly ordinals: Uint32Array
  readonly frequencies: Uint8Array
}

const MAGIC = 0x544b4c58
/** Terms handled before other work of the process gets its turn. */
const TERMS_AT_ONCE = 20_000

/** Postings of a set of passages. */
export class LexicalSegment {
  /** Number of the format of `toBuffer`; another number, another format. */
  static readonly format = MAGIC

  private constructor(
    /** Labels of the passages, in the order of their ordinals. */
    readonly labels: Uint32Array,
    /** Lengths in syllables, in the order of their ordinals. */
    readonly lengths: Uint32Array,
    private readonly terms: Float64Array,
    private readonly offsets: Uint32Array,
    private readonly ordinals: Uint32Array,
    private readonly counts: Uint8Array,
  ) {}

  /** Number of passages. */
  get size(): number {
    return this.labels.length
  }

  static build(passages: readonly LabelledTerms[]): LexicalSegment {
    const documentFrequency = new Map<number, number>()
    for (const { frequencies } of passages) {
      for (const term of frequencies.keys()) {
        const hash = termHash(term)
        documentFrequency.set(hash, (documentFrequency.get(hash) ?? 0) + 1)
      }
    }
    const { terms, offsets, rank, ordinals, counts, filled } = emptyPostings(documentFrequency)
    passages.forEach(({ frequencies }, ordinal) => {
      for (const [term, frequency] of frequencies) {
        const index = rank.get(termHash(term)) as number
        const at = filled[index] as number
        filled[index] = at + 1
        ordinals[at] = ordinal
        counts[at] = Math.min(255, frequency)
      }
    })
    const labels = Uint32Array.from(passages, ({ label }) => label)
    return new LexicalSegment(
      labels,
      Uint32Array.from(passages, ({ length }) => length),
      terms,
      offsets,
      ordinals,
      counts,
    )
  }

  /**
   * The passages of several segments in one, without those of the labels given; gives way to other work as it goes.
   * @param segments of different passages
   */
  static async merge(segments: readonly LexicalSegment[], gone: ReadonlySet<number> = new Set()): Promise<LexicalSegment> {
    const labels: number[] = []
    const lengths: number[] = []
    const ordinalsOf = segments.map((segment) =>
      Int32Array.from(segment.labels, (label, ordinal) => {
        if (gone.has(label)) return -1
        labels.push(label)
        return lengths.push(segment.lengths[ordinal] as number) - 1
      }),
    )
    const documentFrequency = new Map<number, number>()
    await eachTerm(segments, (segment, index, part) => {
      const { ordinals } = segment.#postingsAt(index)
      const kept = gone.size === 0 ? ordinals.length : ordinals.filter((ordinal) => (ordinalsOf[part]?.[ordinal] ?? -1) >= 0).length
      const hash = segment.terms[index] as number
      if (kept > 0) documentFrequency.set(hash, (documentFrequency.get(hash) ?? 0) + kept)
    })
    const { terms, offsets, rank, ordinals, counts, filled } = emptyPostings(documentFrequency)
    await eachTerm(segments, (segment, index, part) => {
      const place = rank.get(segment.terms[index] as number)
      if (place === undefined) return
      const postings = segment.#postingsAt(index)
      for (let i = 0; i < postings.ordinals.length; i++) {
        const ordinal = ordinalsOf[part]?.[postings.ordinals[i] as number] ?? -1
        if (ordinal < 0) continue
        const at = filled[place] as number
        filled[place] = at + 1
        ordinals[at] = ordinal
        counts[at] = postings.frequencies[i] as number
      }
    })
    return new LexicalSegment(Uint32Array.from(labels), Uint32Array.from(lengths), terms, offsets, ordinals, counts)
  }

  /** Postings of a term, or undefined when no passage of the segment has it. */
  postings(hash: number): Postings | undefined {
    const at = binarySearch(this.terms, hash)
    return at < 0 ? undefined : this.#postingsAt(at)
  }

  /** How many passages of the segment have a term. */
  documentFrequency(hash: number): number {
    const at = binarySearch(this.terms, hash)
    return at < 0 ? 0 : (this.offsets[at + 1] as number) - (this.offsets[at] as number)
  }

  #postingsAt(at: number): Postings {
    const [start, end] = [this.offsets[at], this.offsets[at + 1]]
    return { ordinals: this.ordinals.subarray(start, end), frequencies: this.counts.subarray(start, end) }
  }

  /** Different terms. */
  get termCount(): number {
    return this.terms.length
  }

  /** The same passages without those of the labels given, which leave no trace in it; itself when it holds none of them. */
  without(labels: ReadonlySet<number>): LexicalSegment {
    const kept = [...this.labels.keys()].filter((ordinal) => !labels.has(this.labels[ordinal] as number))
    if (kept.length === this.size) return this
    const ordinalOf = new Map(kept.map((ordinal, now) => [ordinal, now]))
    const terms: number[] = []
    const offsets: number[] = [0]
    const ordinals: number[] = []
    const counts: number[] = []
    for (const [index, term] of this.terms.entries()) {
      for (let at = this.offsets[index] as number; at < (this.offsets[index + 1] as number); at++) {
        const ordinal = ordinalOf.get(this.ordinals[at] as number)
        if (ordinal === undefined) continue
        ordinals.push(ordinal)
        counts.push(this.counts[at] as number)
      }
      if (ordinals.length === offsets.at(-1)) continue
      terms.push(term)
      offsets.push(ordinals.length)
    }
    return new LexicalSegment(
      Uint32Array.from(kept, (ordinal) => this.labels[ordinal] as number),
      Uint32Array.from(kept, (ordinal) => this.lengths[ordinal] as number),
      Float64Array.from(terms),
      Uint32Array.from(offsets),
      Uint32Array.from(ordinals),
      Uint8Array.from(counts),
    )
  }

  /** How often the passage of an ordinal has a term. */
  frequency(hash: number, ordinal: number): number {
    const postings = this.postings(hash)
    const at = postings === undefined ? -1 : binarySearch(postings.ordinals, ordinal)
    return at < 0 ? 0 : (postings?.frequencies[at] ?? 0)
  }

  /** The segment as one buffer, little-endian: magic, three counts, then the arrays, 8-byte ones first. */
  toBuffer(): Buffer {
    const header = new Uint32Array([MAGIC, this.labels.length, this.terms.length, this.ordinals.length])
    const parts = [header, this.terms, this.offsets, this.labels, this.lengths, this.ordinals, this.counts]
    return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)))
  }

  /** @throws ThukyError `index` when the buffer is no segment or has another size than it says */
  static fromBuffer(buffer: Buffer): LexicalSegment {
    const bytes = buffer.byteOffset % 8 === 0 ? buffer : Buffer.from(new Uint8Array(buffer))
    const header = bytes.byteLength < 16 ? new Uint32Array(4) : new Uint32Array(bytes.buffer, bytes.byteOffset, 4)
    const [magic, passages = 0, terms = 0, postings = 0] = header
    const wanted = 16 + terms * 8 + (terms + 1) * 4 + passages * 8 + postings * 5
    if (magic !== MAGIC || bytes.byteLength !== wanted) {
      throw new ThukyError('index', 'A lexical segment on disk is damaged; run thuky index --rebuild.')
    }
    let at = bytes.byteOffset + 16
    const take = <T>(length: number, size: number, view: (offset: number, length: number) => T): T => {
      const taken = view(at, length)
      at += length * size
      return taken
    }
    const u32 = (length: number) => take(length, 4, (offset, n) => new Uint32Array(bytes.buffer, offset, n))
    const termHashes = take(terms, 8, (offset, n) => new Float64Array(bytes.buffer, offset, n))
    const offsets = u32(terms + 1)
    const [labels, lengths, ordinals] = [u32(passages), u32(passages), u32(postings)]
    const counts = take(postings, 1, (offset, n) => new Uint8Array(bytes.buffer, offset, n))
    return new LexicalSegment(labels, lengths, termHashes, offsets, ordinals, counts)
  }
}

/** Place of a value in a sorted array, −1 when it is not there. */
function binarySearch(sorted: Float64Array | Uint32Array, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const value = sorted[middle] as number
    if (value === wanted) return middle
    if (value < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Visits every term of every segment. */
async function eachTerm(
  segments: readonly LexicalSegment[],
  visit: (segment: LexicalSegment, index: number, part: number) => void,
): Promise<void> {
  let visited = 0
  for (const [part, segment] of segments.entries()) {
    for (let index = 0; index < segment.termCount; index++) {
      visit(segment, index, part)
      if (++visited % TERMS_AT_ONCE === 0) await yieldToOthers()
    }
  }
}

/** Room for the postings of each term by how many passages have it; `filled` says where the next posting of the term at a rank belongs. */
function emptyPostings(documentFrequency: ReadonlyMap<number, number>) {
  const terms = Float64Array.from(documentFrequency.keys()).sort()
  const offsets = new Uint32Array(terms.length + 1)
  const rank = new Map<number, number>()
  terms.forEach((hash, index) => {
    rank.set(hash, index)
    offsets[index + 1] = (offsets[index] as number) + (documentFrequency.get(hash) as number)
  })
  const ordinals = new Uint32Array(offsets.at(-1) as number)
  return { terms, offsets, rank, ordinals, counts: new Uint8Array(ordinals.length), filled: offsets.slice() }
}
