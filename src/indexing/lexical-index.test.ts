import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LexicalIndex } from './lexical-index.ts'
import { type LabelledTerms, LexicalSegment } from './lexical-segment.ts'

/** A passage of `length` syllables with the given term frequencies. */
const passage = (label: number, length: number, frequencies: Record<string, number>): LabelledTerms => ({
  label,
  length,
  frequencies: new Map(Object.entries(frequencies)),
})
const index = (passages: LabelledTerms[], gone: number[] = []) =>
  new LexicalIndex(
    [LexicalSegment.build(passages)],
    gone.length === 0 ? undefined : LexicalSegment.build(passages.filter(({ label }) => gone.includes(label))),
  )
const question = (terms: Record<string, number>) => new Map(Object.entries(terms))

describe('LexicalIndex', () => {
  test('scores by BM25, as worked out by hand', () => {
    // N = 3, mean length 4. x: n = 2, idf = ln(1 + 1.5 / 2.5) = 0.4700; y: n = 1, idf = ln(1 + 2.5 / 1.5) = 0.9808.
    const three = index([passage(7, 2, { x: 1 }), passage(8, 4, { x: 2, y: 1 }), passage(9, 6, { z: 1 })])
    expect(three.inverseDocumentFrequency('x')).toBeCloseTo(0.47, 4)
    // 7: 1 · 2.2 / (1 + 1.2 · (0.25 + 0.75 · 2/4)) = 1.2571; 8: 2 · 2.2 / (2 + 1.2) = 1.375.
    expect(three.search(question({ x: 1 }), 10)).toEqual([
      { label: 8, score: expect.closeTo(0.6463, 4) },
      { label: 7, score: expect.closeTo(0.5909, 4) },
    ])
    // y at half weight: 0.5 · 0.9808 · 2.2 / 2.2.
    expect(three.search(question({ x: 1, y: 0.5 }), 10)[0]).toEqual({ label: 8, score: expect.closeTo(0.6463 + 0.4904, 4) })
  })

  test('prefers the rarer word, the shorter passage and the lower label', () => {
    const passages = [
      passage(1, 10, { often: 1 }),
      passage(2, 10, { often: 1 }),
      passage(3, 10, { rare: 1 }),
      passage(4, 20, { rare: 1, often: 1 }),
      passage(5, 10, { often: 1 }),
    ]
    expect(
      index(passages)
        .search(question({ often: 1, rare: 1 }), 10)
        .map(({ label }) => label),
    ).toEqual([3, 4, 1, 2, 5])
    expect(
      index(passages)
        .search(question({ rare: 1 }), 10)
        .map(({ label }) => label),
    ).toEqual([3, 4])
  })

  test('finds the best only, among those accepted, never removed ones, nothing for weight 0 or unknown words', () => {
    const five = index(
      [1, 2, 3, 4, 5].map((label) => passage(label, label, { x: 1 })),
      [2],
    )
    expect(five.size).toBe(4)
    expect(five.search(question({ x: 1 }), 2).map(({ label }) => label)).toEqual([1, 3])
    expect(five.search(question({ x: 1 }), 9, (label) => label > 3).map(({ label }) => label)).toEqual([4, 5])
    expect(five.search(question({ x: 0, nothing: 1 }), 9)).toEqual([])
  })

  test('is empty without passages', () => {
    const empty = new LexicalIndex([])
    expect([empty.size, empty.search(question({ x: 1 }), 5), empty.documentFrequency('x')]).toEqual([0, [], 0])
  })

  test('ranks passages of many segments as those of one', () => {
    const frequencies = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 5 }))
    const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), frequencies), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(parts, fc.nat(), (given, seed) => {
        const passages = given.map(([length, own], label) => passage(label, length, own))
        const at = seed % (passages.length + 1)
        const split = new LexicalIndex([passages.slice(0, at), passages.slice(at)].map((part) => LexicalSegment.build(part)))
        const terms = question({ a: 1, b: 0.5, c: 2 })
        expect(split.search(terms, 20)).toEqual(index(passages).search(terms, 20))
      }),
    )
  })
})
