import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText } from './canonical.ts'
import { overlap, trimmed } from './spans.ts'
import { syllableCount, syllables } from './syllables.ts'

describe('syllables', () => {
  test('are what stands between spaces and punctuation, numbers included', () => {
    expect(syllables('Chiều 29-12, Công an T.Ư họp.').map(({ text }) => text)).toEqual(['Chiều', '29', '12', 'Công', 'an', 'T', 'Ư', 'họp'])
  })

  test('have the same keys in NFC and NFD, old and new tone placement, i and y', () => {
    const keys = (text: string) => syllables(canonicalText(text)).map(({ key, folded }) => [key, folded])
    expect(keys('Uỷ ban thuỷ lợi, kỉ luật'.normalize('NFD'))).toEqual(keys('Ủy ban thủy lợi, kỷ luật'))
  })

  test('fold accents away beside the accented key', () => {
    expect(syllables('Đảng')).toEqual([{ text: 'Đảng', key: 'đảng', folded: 'dang', start: 0, end: 4 }])
  })

  test('stand where they say, in order, as many as are counted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
        const text = canonicalText(raw)
        const found = syllables(text)
        expect(found).toHaveLength(syllableCount(text))
        let last = 0
        for (const { text: own, start, end } of found) {
          expect(text.slice(start, end)).toBe(own)
          expect(start).toBeGreaterThanOrEqual(last)
          last = end
        }
      }),
    )
  })
})

describe('spans', () => {
  test('lose white space at both ends and nothing else', () => {
    const text = ' \n Công an  xã\t'
    const { start, end } = trimmed(text, { start: 0, end: text.length })
    expect(text.slice(start, end)).toBe('Công an  xã')
  })

  test('of white space alone become empty', () => {
    const { start, end } = trimmed(' \n ', { start: 0, end: 3 })
    expect(start).toBe(end)
  })

  test('overlap when they share a unit, not when they only touch', () => {
    expect(overlap({ start: 0, end: 3 }, { start: 2, end: 5 })).toBe(true)
    expect(overlap({ start: 0, end: 3 }, { start: 3, end: 5 })).toBe(false)
  })
})
