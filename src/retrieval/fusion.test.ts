import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuse, minMax } from './fusion.ts'

const score = fc.option(fc.double({ min: -1, max: 50, noNaN: true }), { nil: undefined })
const candidates = fc.array(fc.record({ dense: score, lexical: score }), { minLength: 1, maxLength: 20 })
const fused = (
  given: { dense: number | undefined; lexical: number | undefined }[],
  method: 'min-max' | 'rrf' | 'dense' | 'lexical',
  alpha = 0.5,
) => fuse(given, { method, alpha }).map((scores) => scores.fused)

describe('minMax', () => {
  test('scales the best to 1, the lowest to 0 and the others between', () => {
    expect(minMax([2, 6, 4])).toEqual([0, 1, 0.5])
  })

  test('counts a missing score as the lowest, and keeps a found one above it', () => {
    expect(minMax([8, undefined, 4])).toEqual([1, 0, 0.5])
  })

  test('gives 1 to all present when they are equal', () => {
    expect(minMax([3, 3])).toEqual([1, 1])
    expect(minMax([])).toEqual([])
    expect(minMax([undefined, undefined])).toEqual([0, 0])
  })

  test('stays in [0, 1] and keeps the order of the scores', () => {
    fc.assert(
      fc.property(fc.array(score), (scores) => {
        const scaled = minMax(scores)
        for (const [i, value] of scaled.entries()) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
          for (const [j, other] of scores.entries()) {
            const own = scores[i]
            if (own !== undefined && other !== undefined && own > other) expect(value).toBeGreaterThanOrEqual(scaled[j] as number)
          }
        }
      }),
    )
  })
})

describe('fuse', () => {
  const two = [
    { dense: 0.9, lexical: 5 },
    { dense: 0.8, lexical: 10 },
    { dense: 0.7, lexical: 0 },
  ]

  test('weighs the legs by alpha', () => {
    expect(fused(two, 'min-max', 0.25)).toEqual([expect.closeTo(0.25 + 0.75 * 0.5, 6), expect.closeTo(0.25 * 0.5 + 0.75, 6), 0])
  })

  test('by rank gives 1 / (60 + rank) of each leg, and nothing for a leg that found nothing', () => {
    expect(fused(two, 'rrf')[0]).toBeCloseTo(1 / 61 + 1 / 62, 9)
    expect(
      fused(
        [
          { dense: 0.3, lexical: undefined },
          { dense: 0.5, lexical: undefined },
        ],
        'rrf',
      ),
    ).toEqual([1 / 62, 1 / 61])
  })

  test('of one leg alone ranks as that leg does', () => {
    expect(fused(two, 'dense')).toEqual([1, expect.closeTo(0.5, 6), 0])
    expect(fused(two, 'lexical')).toEqual([0.5, 1, 0])
  })

  test('never puts a passage below one that is worse in both legs', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('min-max' as const, 'rrf' as const),
        (given, alpha, method) => {
          const scores = fused(given, method, alpha)
          const better = (a: number | undefined, b: number | undefined) => a !== undefined && (b === undefined ? a > 0 : a > b)
          given.forEach((one, i) => {
            given.forEach((other, j) => {
              if (better(one.dense, other.dense) && better(one.lexical, other.lexical)) {
                expect(scores[i]).toBeGreaterThanOrEqual(scores[j] as number)
              }
            })
          })
        },
      ),
    )
  })

  test('gives finite scores in [0, 1] in the order of the input, whatever is missing', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.constantFrom('min-max' as const, 'rrf' as const, 'dense' as const, 'lexical' as const),
        (given, method) => {
          const scores = fuse(given, { method, alpha: 0.5 })
          expect(scores).toHaveLength(given.length)
          for (const { dense, lexical, fused: both } of scores) {
            for (const value of [dense, lexical, both]) expect(value >= 0 && value <= 1).toBe(true)
          }
          const reversed = fuse([...given].reverse(), { method: 'min-max', alpha: 0.5 })
          if (method === 'min-max') expect(reversed.reverse()).toEqual(scores)
        },
      ),
    )
  })
})
