import { describe, expect, test } from 'vitest'
import { mcNemar, mean, meanReciprocalRank, median, recallAt } from './metrics.ts'

describe('metrics', () => {
  test('recall counts the questions found at rank k or better', () => {
    expect(recallAt([1, 2, undefined, 5], 1)).toBe(0.25)
    expect(recallAt([1, 2, undefined, 5], 5)).toBe(0.75)
    expect(recallAt([], 5)).toBe(0)
  })

  test('the reciprocal rank is nothing beyond the cut', () => {
    expect(meanReciprocalRank([1, 2, 11, undefined], 10)).toBe(0.375)
  })

  test('mean and median of a few values', () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(median([9, 1, 2])).toBe(2)
    expect(median([])).toBe(0)
  })

  test('the paired test agrees with the binomial by hand', () => {
    const first = [true, true, true, true, true, true, false, true]
    const second = [false, false, false, false, false, true, true, true]
    const { onlyFirst, onlySecond, p } = mcNemar(first, second)
    expect([onlyFirst, onlySecond]).toEqual([5, 1])
    expect(p).toBeCloseTo((2 * (1 + 6)) / 64, 10)
    expect(mcNemar(first, first).p).toBe(1)
  })
})
