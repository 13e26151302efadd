import { describe, expect, test } from 'vitest'
import { averageOf, averagePrecision, hit, meanReciprocalRank, ndcg, recall, recallAt, reciprocalRank } from './ranking-metrics.ts'

describe('over questions', () => {
  test('recall counts the questions found at rank k or better', () => {
    expect(recallAt([1, 2, undefined, 5], 1)).toBe(0.25)
    expect(recallAt([1, 2, undefined, 5], 5)).toBe(0.75)
    expect(recallAt([], 5)).toBe(0)
  })

  test('the reciprocal rank is nothing beyond the cut', () => {
    expect(meanReciprocalRank([1, 2, 11, undefined], 10)).toBe(0.375)
  })

  test('the average of a few values, and of none', () => {
    expect(averageOf([1, 2, 6])).toBe(3)
    expect(averageOf([])).toBe(0)
  })
})

describe('of one question', () => {
  const ranking = { ranks: [2, 3, 12], relevant: 4 }
  const perfect = { ranks: [1, 2], relevant: 2 }
  const nothing = { ranks: [], relevant: 3 }

  test('recall is the share of all that is relevant', () => {
    expect([recall(ranking, 1), recall(ranking, 3), recall(ranking, 20), recall(perfect, 2), recall(nothing, 5)]).toEqual([
      0, 0.5, 0.75, 1, 0,
    ])
  })

  test('a hit is the first relevant result within k', () => {
    expect([hit(ranking, 1), hit(ranking, 2), hit(nothing, 20)]).toEqual([0, 1, 0])
  })

  test('the reciprocal rank is that of the first', () => {
    expect([reciprocalRank(ranking, 10), reciprocalRank(ranking, 1), reciprocalRank(nothing, 10)]).toEqual([0.5, 0, 0])
  })

  test('nDCG agrees with the sum by hand', () => {
    const gain = 1 / Math.log2(3) + 1 / Math.log2(4)
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4) + 1 / Math.log2(5)
    expect(ndcg(ranking, 10)).toBeCloseTo(gain / ideal, 12)
    expect(ndcg(perfect, 10)).toBe(1)
    expect(ndcg(nothing, 10)).toBe(0)
  })

  test('average precision agrees with the sum by hand', () => {
    expect(averagePrecision(ranking)).toBeCloseTo((1 / 2 + 2 / 3 + 3 / 12) / 4, 12)
    expect(averagePrecision(perfect)).toBe(1)
    expect(averagePrecision({ ranks: [], relevant: 0 })).toBe(0)
  })
})
