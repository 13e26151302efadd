import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthSortedBatches } from './batches.ts'

describe('lengthSortedBatches', () => {
  test('puts every text into exactly one batch within the limits, shortest first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 60 }), (counts) => {
        const batches = lengthSortedBatches(counts, { maxTokens: 1024, maxTexts: 8 })
        const order = batches.flat()
        expect([...order].sort((a, b) => a - b)).toEqual(counts.map((_, position) => position))
        const lengths = order.map((position) => counts[position] as number)
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
        for (const batch of batches) {
          const longest = Math.max(...batch.map((position) => counts[position] as number))
          expect(batch.length).toBeLessThanOrEqual(8)
          expect(batch.length === 1 || longest * batch.length <= 1024).toBe(true)
        }
      }),
    )
  })

  test('fills a batch as far as its limits allow', () => {
    expect(lengthSortedBatches([10, 10, 10, 600, 600], { maxTokens: 1024, maxTexts: 2 })).toEqual([[0, 1], [2], [3], [4]])
    expect(lengthSortedBatches([])).toEqual([])
  })
})
