import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IndexedPassage } from '../indexing/corpus-index.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { covers, readingWindows } from './reading-windows.ts'

/** A passage of sentences of 100 characters each. */
const passage = (label: number, sentences: number): IndexedPassage =>
  ({
    label,
    sentences: Array.from({ length: sentences }, (_, i) => ({ start: i * 101, end: i * 101 + 100, label: label * 100 + i })),
  }) as unknown as IndexedPassage

const candidate = (of: IndexedPassage, place: number) =>
  ({ retrieved: { passage: of }, start: place * 101, end: place * 101 + 100 }) as unknown as CandidateSentence

const [first, second] = [passage(1, 9), passage(2, 3)]

describe('windows for reading', () => {
  test('grow around the likeliest sentence on both sides as far as they may', () => {
    expect(readingWindows([candidate(first, 4)], { windows: 3, characters: 320 })).toEqual([{ passage: first, from: 3, to: 5 }])
    expect(readingWindows([candidate(first, 0)], { windows: 3, characters: 320 })).toEqual([{ passage: first, from: 0, to: 2 }])
    expect(readingWindows([candidate(second, 1)], { windows: 3, characters: 9999 })).toEqual([{ passage: second, from: 0, to: 2 }])
  })

  test('hold a sentence that is longer than a window', () => {
    expect(readingWindows([candidate(first, 4)], { windows: 3, characters: 10 })).toEqual([{ passage: first, from: 4, to: 4 }])
  })

  test('are not opened for a sentence that another window has', () => {
    const windows = readingWindows([candidate(first, 4), candidate(first, 5), candidate(second, 0)], { windows: 3, characters: 320 })
    expect(windows.map(({ passage: of, from }) => [of.label, from])).toEqual([
      [1, 3],
      [2, 0],
    ])
  })

  test('are never more than wanted, never overlap, and have the likeliest sentence', () => {
    const passages = [first, second, passage(3, 6)]
    const places = fc.array(fc.tuple(fc.nat(2), fc.nat(8)), { minLength: 1 })
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 6 }), fc.nat(700), (chosen, windows, characters) => {
        const candidates = chosen
          .map(([at, place]) => ({ of: passages[at] as IndexedPassage, place }))
          .filter(({ of, place }) => place < of.sentences.length)
        fc.pre(candidates.length > 0)
        const found = readingWindows(
          candidates.map(({ of, place }) => candidate(of, place)),
          { windows, characters },
        )
        expect(found.length).toBeLessThanOrEqual(windows)
        const read = found.flatMap(({ passage: { label }, from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => `${label} ${from + i}`),
        )
        expect(new Set(read).size).toBe(read.length)
        const [best] = candidates
        expect(best !== undefined && found.some((window) => covers(window, best.of, best.place))).toBe(true)
      }),
    )
  })
})
