import { describe, expect, test } from 'vitest'
import { joinedSegments } from './segment-policy.ts'

const sizes = (...kept: number[]) => kept.map((each) => ({ kept: each }))

describe('joinedSegments', () => {
  test('leaves a large segment alone when little is added', () => {
    expect([...joinedSegments(sizes(70_000), 12)]).toEqual([])
  })

  test('joins small segments with what is added, smallest first, as long as they are hardly larger', () => {
    expect([...joinedSegments(sizes(70_000, 10, 30), 12)]).toEqual([1, 2])
    expect([...joinedSegments(sizes(70_000, 10, 300), 12)]).toEqual([1])
  })

  test('drops what is empty, and joins nothing else when nothing is added', () => {
    expect([...joinedSegments(sizes(5, 0, 3), 0)]).toEqual([1])
  })

  test('over 2,000 additions keeps few segments and links no vector more often than a few times', () => {
    let segments = sizes(50_000)
    let linked = 0
    for (let i = 0; i < 2000; i++) {
      const joined = joinedSegments(segments, 10)
      const size = 10 + segments.reduce((sum, { kept }, place) => sum + (joined.has(place) ? kept : 0), 0)
      linked += size
      segments = [...segments.filter((_, place) => !joined.has(place)), { kept: size }]
      expect(segments.length).toBeLessThanOrEqual(8)
    }
    expect(segments.reduce((sum, { kept }) => sum + kept, 0)).toBe(70_000)
    expect(linked / 20_000).toBeLessThan(12)
  })
})
