import { describe, expect, test } from 'vitest'
import { readingFeatures } from './reading-features.ts'

const reading = (score: number, answerable = score) => ({ score, answerable, start: 0, end: 1 })
const candidates = [{ score: 0.5 }, { score: 0.3 }, { score: 0.2 }]

describe('features beside a reader', () => {
  test('rise with the score of the span, its share among all spans and how far the window answers', () => {
    const [good, bad] = readingFeatures(candidates, [reading(3), reading(-2), undefined])
    expect([good?.span, bad?.span]).toEqual([3, -2])
    expect(good?.share).toBeCloseTo(-Math.log(1 + Math.exp(-5)), 6)
    expect([good?.window, bad?.window]).toEqual([3, -2])
    expect(good?.odds).toBeCloseTo(Math.log(0.5), 6)
  })

  test('of a sentence that was not read are those of the worst one that was, and say so', () => {
    const [, bad, unread] = readingFeatures(candidates, [reading(3), reading(-2), undefined])
    expect([unread?.span, unread?.share, unread?.window]).toEqual([bad?.span, bad?.share, bad?.window])
    expect([bad?.unread, unread?.unread]).toEqual([0, 1])
  })

  test('stay finite however sure the reader is', () => {
    const features = readingFeatures(candidates, [reading(900), reading(-900), reading(0)])
    for (const values of features) for (const value of Object.values(values)) expect(Math.abs(value)).toBeLessThanOrEqual(12)
  })
})
