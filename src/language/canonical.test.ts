import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText, syllableKey, traditionalTonePlacement, uniformI } from './canonical.ts'

describe('canonicalText', () => {
  test('makes decomposed and composed Vietnamese the same text', () => {
    const text = 'Hòa bình, Đảng ủy, nghị quyết'
    expect(canonicalText(text.normalize('NFD'))).toBe(text.normalize('NFC'))
  })

  test('removes what cannot be seen: zero-width characters, soft hyphens, byte order marks, NUL', () => {
    expect(canonicalText('\uFEFFCông\u200B an\u00AD nhân\u2060 dân\u0000\u0007')).toBe('Công an nhân dân')
  })

  test('ends every line with one line feed and keeps tabs', () => {
    expect(canonicalText('một\r\nhai\rba\n\tbốn')).toBe('một\nhai\nba\n\tbốn')
  })

  test('leaves spelling, spacing and punctuation as the source has them', () => {
    const text = 'ANTD.VN -  “chiến sỹ”, hoà bình… 5 % ./.'
    expect(canonicalText(text)).toBe(text)
  })

  test('is well formed and changes nothing a second time, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 0xd800, max: 0xdfff }), (text, surrogate) => {
        const once = canonicalText(`${text}${String.fromCharCode(surrogate)}\r${text}`)
        expect(once.isWellFormed()).toBe(true)
        expect(once).toBe(once.normalize('NFC'))
        expect(canonicalText(once)).toBe(once)
      }),
    )
  })
})

describe('traditionalTonePlacement', () => {
  test.each([
    ['hoà', 'hòa'],
    ['thuỷ', 'thủy'],
    ['uỷ', 'ủy'],
    ['khoẻ', 'khỏe'],
    ['luỹ', 'lũy'],
    ['huỷ', 'hủy'],
    ['toạ', 'tọa'],
  ])('moves the tone of %s to %s', (modern, traditional) => {
    expect(traditionalTonePlacement(modern)).toBe(traditional)
  })

  test.each(['quý', 'quỳ', 'hoàn', 'tuyệt', 'toàn', 'hòa', 'thủy', 'ngoài', 'xoáy'])('leaves %s alone', (syllable) => {
    expect(traditionalTonePlacement(syllable)).toBe(syllable)
  })
})

describe('syllableKey', () => {
  test.each([
    ['sỹ', 'sĩ'],
    ['kỷ', 'kỉ'],
    ['Mỹ', 'mĩ'],
    ['quý', 'quí'],
    ['Uỷ', 'Ủy'],
    ['HOÀ', 'hòa'],
  ])('gives %s and %s one key', (one, other) => {
    expect(syllableKey(one)).toBe(syllableKey(other))
  })

  test.each([
    ['đấu', 'đầu'],
    ['tay', 'tai'],
    ['thuý', 'thui'],
    ['sỹ', 'sí'],
    ['đảng', 'dang'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(syllableKey(one)).not.toBe(syllableKey(other))
  })

  test('writes i for y only where both spellings are standard', () => {
    expect(['thủy', 'ly', 'uy', 'nguyễn', 'tay'].map(uniformI)).toEqual(['thủy', 'li', 'uy', 'nguyễn', 'tay'])
  })
})
