import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { type LabelledTerms, LexicalSegment } from './lexical-segment.ts'
import { termHash } from './term-hash.ts'

const term = fc.constantFrom('acông', 'aan', 'fcong', 'Acông an', 'tday:2021-12-29', 'adu', 'aộ', '')
const passages: fc.Arbitrary<LabelledTerms[]> = fc.uniqueArray(
  fc.record({
    label: fc.integer({ min: 0, max: 0xffffffff }),
    length: fc.nat(1000),
    frequencies: fc.array(fc.tuple(term, fc.integer({ min: 1, max: 400 }))).map((entries) => new Map(entries)),
  }),
  { selector: ({ label }) => label, maxLength: 20 },
)

/** What a segment says about every term: label → frequency. */
function contents(segment: LexicalSegment, terms: readonly string[]): unknown {
  return terms.map((name) => {
    const found = segment.postings(termHash(name))
    return found && [...found.ordinals].map((ordinal, i) => [segment.labels[ordinal], segment.lengths[ordinal], found.frequencies[i]])
  })
}

describe('LexicalSegment', () => {
  test('gives back what it was built from, and the same after a journey through its file', () => {
    fc.assert(
      fc.property(passages, fc.integer({ min: 0, max: 9 }), (given, offset) => {
        const names = [...new Set(given.flatMap(({ frequencies }) => [...frequencies.keys()])), 'akhông có']
        const wanted = names.map((name) => {
          const holders = given.filter(({ frequencies }) => frequencies.has(name))
          return holders.length === 0
            ? undefined
            : holders.map(({ label, length, frequencies }) => [label, length, Math.min(255, frequencies.get(name) as number)])
        })
        const built = LexicalSegment.build(given)
        const file = built.toBuffer()
        const unaligned = Buffer.concat([Buffer.alloc(offset), file]).subarray(offset)
        for (const segment of [built, LexicalSegment.fromBuffer(file), LexicalSegment.fromBuffer(unaligned)]) {
          expect(segment.size).toBe(given.length)
          expect(contents(segment, names)).toEqual(wanted)
        }
      }),
    )
  })

  const file = LexicalSegment.build([{ label: 1, length: 2, frequencies: new Map([['acông', 1]]) }]).toBuffer()

  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['a file of a few bytes', file.subarray(0, 10)],
    ['a file cut short by one byte', file.subarray(0, -1)],
    ['a file with a byte too many', Buffer.concat([file, Buffer.alloc(1)])],
    ['a file of another kind', Buffer.concat([Buffer.from('%PDF'), file.subarray(4)])],
    [
      'a file that says it holds more than it does',
      Buffer.concat([file.subarray(0, 4), Buffer.from([255, 255, 255, 255]), file.subarray(8)]),
    ],
  ])('refuses %s and says how to mend it', (_, buffer) => {
    expect(() => LexicalSegment.fromBuffer(buffer)).toThrow(ThukyError)
    expect(() => LexicalSegment.fromBuffer(buffer)).toThrow(/damaged; run thuky index --rebuild/)
  })
})

describe('termHash', () => {
  test('is a safe integer, the same for the same term, and tells a hundred thousand terms apart', () => {
    const hashes = new Set<number>()
    for (let i = 0; i < 100_000; i++) hashes.add(termHash(`acông ${i}`))
    expect(hashes.size).toBe(100_000)
    for (const hash of hashes) if (!Number.isSafeInteger(hash) || hash < 0) expect.fail(`${hash} is no safe integer`)
    expect(termHash('ađảng')).toBe(termHash('ađảng'))
    expect(termHash('ađảng')).not.toBe(termHash('ađang'))
  })
})
