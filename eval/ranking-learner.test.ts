import { describe, expect, test } from 'vitest'
import { learnWeights, outcomes, type RankedList } from './ranking-learner.ts'

/** Lists of four candidates: the first feature tells the right one, the second is noise, the third is the same everywhere. */
function toyLists(count: number): RankedList[] {
  let state = 7
  const random = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  return Array.from({ length: count }, (_, i) => {
    const right = [0, 1, 2, 3].map((row) => row === i % 4)
    return {
      id: `q${i}`,
      group: 'toy',
      right,
      values: Float64Array.from(right.flatMap((is) => [(is ? 0.7 : 0) + 0.3 * random(), random(), 5])),
    }
  })
}

const share = (right: readonly boolean[]) => right.filter(Boolean).length / right.length

describe('learnWeights', () => {
  test('finds the feature that tells and leaves what tells nothing', () => {
    const weights = learnWeights(toyLists(80), 3)
    expect(weights[0]).toBeGreaterThan(5)
    expect(Math.abs(weights[1] as number)).toBeLessThan((weights[0] as number) / 5)
    expect(weights[2]).toBe(0)
    expect(share(outcomes(toyLists(200).slice(80), weights))).toBe(1)
  })

  test('gives the same for the same lists and seed, and something else for other lists', () => {
    const weights = learnWeights(toyLists(40), 3)
    expect(learnWeights(toyLists(40), 3)).toEqual(weights)
    expect(learnWeights(toyLists(39), 3)).not.toEqual(weights)
  })

  test('gives no weight to features left out, and a smaller one the stronger the pull', () => {
    expect(learnWeights(toyLists(40), 3, { used: [false, true, true] })[0]).toBe(0)
    const [weak = 0] = learnWeights(toyLists(40), 3, { l2: 0.001, epochs: 200 })
    const [strong = 0] = learnWeights(toyLists(40), 3, { l2: 1, epochs: 200 })
    expect(strong).toBeLessThan(weak / 2)
  })

  test('stays at the prior of a feature that the lists say nothing of', () => {
    expect(learnWeights(toyLists(40), 3, { prior: [0, 0, 4] })[2]).toBe(4)
  })

  test('learns nothing from lists without a right candidate', () => {
    const hopeless = toyLists(5).map((list) => ({ ...list, right: list.right.map(() => false) }))
    expect([...learnWeights(hopeless, 3)]).toEqual([0, 0, 0])
    expect(outcomes(hopeless, Float64Array.of(1, 0, 0))).toEqual([false, false, false, false, false])
  })
})
