import { describe, expect, test } from 'vitest'
import { REFUSAL_FEATURE_NAMES, type RefusalFeatures } from './refusal-feature-names.ts'
import { leastOdds, readRefusalWeights, refusalOdds } from './refusal-weights.ts'

const zero = Object.fromEntries(REFUSAL_FEATURE_NAMES.map((name) => [name, 0])) as RefusalFeatures
const model = { bias: 0.5, weights: { nameMissing: -2 } }
const curve = [
  { strictness: 0, threshold: -4 },
  { strictness: 0.5, threshold: -1 },
  { strictness: 1, threshold: 2 },
]

describe('what was learned about refusing', () => {
  test('odds add up', () => {
    expect(refusalOdds({ ...zero, nameMissing: 1 }, model)).toBe(-1.5)
  })

  test.each([
    [0, -4],
    [0.25, -2.5],
    [0.5, -1],
    [0.75, 0.5],
    [1, 2],
  ])('at strictness %d a question is answered from odds of %d on', (strictness, odds) => {
    expect(leastOdds(strictness, curve)).toBeCloseTo(odds, 9)
  })

  test('the shipped curves rise from 0 to 1, and what is missing speaks against answering', () => {
    const { curves, answering } = readRefusalWeights()
    for (const points of Object.values(curves)) {
      expect(points[0]?.strictness).toBe(0)
      expect(points.at(-1)?.strictness).toBe(1)
      const thresholds = points.map(({ threshold }) => threshold)
      expect(thresholds).toEqual([...thresholds].sort((a, b) => a - b))
    }
    expect(answering.weights.nameMissing).toBeLessThan(0)
    expect(answering.weights.numberMissing).toBeLessThan(0)
  })
})
