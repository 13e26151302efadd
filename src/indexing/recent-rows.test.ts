import { expect, test } from 'vitest'
import { RecentRows } from './recent-rows.ts'

test('rows read last are found by label, and the oldest give way', () => {
  const rows = new RecentRows(2, 3)
  const read = Float32Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3])
  for (const [i, label] of [7, 8, 7, 9].entries()) rows.keep(label, read, Math.min(i, 2) * 3)
  expect(rows.find(7)).toBe(-1)
  expect([8, 9].map((label) => rows.values[rows.find(label)])).toEqual([2, 3])
  expect(rows.values).toHaveLength(6)
})
