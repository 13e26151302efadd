import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { windowReading } from './window-reading.ts'
import type { WordTokens } from './word-tokens.ts'

/** Tokens of a sentence, each a word of three letters and a blank. */
const sentence = (words: number): WordTokens => ({
  ids: Array.from({ length: words }, (_, i) => i),
  starts: Array.from({ length: words }, (_, i) => 4 * i),
  ends: Array.from({ length: words }, (_, i) => 4 * i + 3),
})

/** Scores of a window: all −5, but for the tokens named. */
function scored(tokens: number, marked: Readonly<Record<number, readonly [number, number]>>): Float32Array {
  const scores = new Float32Array(2 * tokens).fill(-5)
  for (const [token, pair] of Object.entries(marked)) scores.set(pair, 2 * Number(token))
  return scores
}

describe('a window that was read', () => {
  test('has the best span of each sentence in whole words, beside the score of no answer', () => {
    const scores = scored(12, { 0: [1, 1], 6: [4, -5], 7: [-5, 3] })
    const { sentences } = windowReading([sentence(3), sentence(4)], { scores, offset: 3 })
    expect(sentences[1]).toEqual({ score: 5, start: 0, end: 7 })
    expect(sentences[0]?.score).toBe(-12)
  })

  test('never has a span that ends before it begins or runs from one sentence into the next', () => {
    const scores = scored(12, { 0: [0, 0], 4: [10, -5], 3: [-5, 9], 7: [-5, 9] })
    const { sentences } = windowReading([sentence(3), sentence(4)], { scores, offset: 3 })
    expect(sentences[0]).toEqual({ score: 5, start: 4, end: 7 })
    expect(sentences[1]?.score).toBe(4)
  })

  test('answers the more the likelier its tokens are against no answer', () => {
    const window = [sentence(3)]
    const answerable = (none: number) => windowReading(window, { scores: scored(7, { 0: [none, none], 4: [3, 3] }), offset: 3 }).answerable
    expect(answerable(0)).toBeGreaterThan(answerable(2))
    expect(answerable(9)).toBeLessThan(0)
  })

  test('says nothing of a sentence that has no words', () => {
    const { sentences, answerable } = windowReading([sentence(0)], { scores: scored(3, {}), offset: 3 })
    expect([sentences, answerable]).toEqual([[undefined], 0])
  })

  test('has at least as high a score for the whole as for any sentence', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.double({ min: -20, max: 20, noNaN: true })),
        (lengths, values) => {
          const tokens = lengths.reduce((sum, length) => sum + length, 0) + 4
          const scores = Float32Array.from({ length: 2 * tokens }, () => values.next().value as number)
          const { sentences, answerable } = windowReading(lengths.map(sentence), { scores, offset: 3 })
          for (const reading of sentences) if (reading !== undefined) expect(answerable).toBeGreaterThanOrEqual(reading.score - 1e-3)
        },
      ),
    )
  })
})
