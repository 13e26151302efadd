import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TopScores } from './top-scores.ts'

describe('TopScores', () => {
  test('gives what sorting all and cutting would give', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 })
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 12 }), (values, limit) => {
        const top = new TopScores(limit)
        values.forEach((score, label) => {
          top.add(label, score)
        })
        const expected = values.map((score, label) => ({ label, score })).sort((a, b) => b.score - a.score || a.label - b.label)
        expect(top.sorted()).toEqual(expected.slice(0, limit))
      }),
    )
  })
})
