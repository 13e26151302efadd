import { describe, expect, test } from 'vitest'
import { areaUnderCurve, fitLogistic, logOdds } from './logistic.ts'
import { randomNumbers } from '../src/evaluation/random-numbers.ts'

describe('logistic regression', () => {
  const random = randomNumbers(3)
  const rows = Array.from({ length: 2000 }, () => {
    const values = [random() * 4 - 2, random() * 4 - 2, 0.5]
    const odds = 1 + 2 * (values[0] as number) - (values[1] as number)
    return { values, positive: random() < 1 / (1 + Math.exp(-odds)), weight: 1 }
  })

  test('finds the weights its data were made with, and none for what never changes', () => {
    const { bias, weights } = fitLogistic(rows, 1e-6)
    expect(bias).toBeCloseTo(1, 0)
    expect(weights[0]).toBeCloseTo(2, 0)
    expect(weights[1]).toBeCloseTo(-1, 0)
    expect(weights[2]).toBe(0)
  })

  test('a strong pull to 0 keeps weights small', () => {
    const { weights } = fitLogistic(rows, 10)
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(0.1)
  })

  test('rows of weight 0 teach nothing', () => {
    const lies = rows.map(({ values, positive }) => ({ values, positive: !positive, weight: 0 }))
    expect(fitLogistic([...rows, ...lies], 1e-3).weights[0]).toBeCloseTo(fitLogistic(rows, 1e-3).weights[0] as number, 6)
  })

  test('log odds add up', () => {
    expect(logOdds([1, 2], { bias: 0.5, weights: [1, -1] })).toBe(-0.5)
  })
})

describe('area under the curve', () => {
  test.each([
    [[3, 4], [1, 2], 1],
    [[1, 2], [3, 4], 0],
    [[1, 1], [1], 0.5],
    [[1, 3], [2], 0.5],
    [[], [1], 0.5],
  ])('%j against %j is %d', (positives, negatives, area) => {
    expect(areaUnderCurve(positives, negatives)).toBe(area)
  })
})
