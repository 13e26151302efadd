import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrapInterval, mcNemar, randomisationTest } from './significance.ts'

describe('the paired test', () => {
  test('agrees with the binomial by hand', () => {
    const first = [true, true, true, true, true, true, false, true]
    const second = [false, false, false, false, false, true, true, true]
    const { onlyFirst, onlySecond, p } = mcNemar(first, second)
    expect([onlyFirst, onlySecond]).toEqual([5, 1])
    expect(p).toBeCloseTo((2 * (1 + 6)) / 64, 10)
    expect(mcNemar(first, first).p).toBe(1)
  })

  test('by randomisation is the same for outcomes of 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 12 }), (pairs) => {
        const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        const { p } = randomisationTest(first.map(Number), second.map(Number))
        expect(p).toBeCloseTo(mcNemar(first, second).p, 10)
      }),
    )
  })

  test('by sampling comes close to the exact one', () => {
    const before = Array.from({ length: 60 }, (_, i) => (i < 30 ? 1 : 0))
    const after = before.map((value, i) => (i < 13 ? 0 : i >= 57 ? 1 : value))
    const exact = mcNemar(
      before.map((value) => value === 1),
      after.map((value) => value === 1),
    ).p
    const { change, p } = randomisationTest(before, after)
    expect(change).toBeCloseTo(-10 / 60, 10)
    expect(Math.abs(p - exact)).toBeLessThan(0.01)
  })

  test('finds nothing where nothing differs', () => {
    expect(randomisationTest([0.3, 0.5], [0.3, 0.5])).toEqual({ change: 0, p: 1 })
    expect(randomisationTest([], [])).toEqual({ change: 0, p: 1 })
  })
})

describe('the bootstrap interval', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i < 80 ? 1 : 0))

  test('is about as wide as the normal one, around the mean', () => {
    const { low, high } = bootstrapInterval(values)
    const half = 1.96 * Math.sqrt((0.8 * 0.2) / 100)
    expect(Math.abs(low - (0.8 - half))).toBeLessThan(0.02)
    expect(Math.abs(high - (0.8 + half))).toBeLessThan(0.02)
  })

  test('is the same for the same seed, a point for equal values, and zero for none', () => {
    expect(bootstrapInterval(values, { seed: 7 })).toEqual(bootstrapInterval(values, { seed: 7 }))
    expect(bootstrapInterval([0.5, 0.5, 0.5])).toEqual({ low: 0.5, high: 0.5 })
    expect(bootstrapInterval([])).toEqual({ low: 0, high: 0 })
  })
})
