import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText } from './canonical.ts'
import { fold, foldAligned, hasAccents } from './folding.ts'

/** Every letter that Vietnamese writes, with every tone, in both cases. */
const VIETNAMESE = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'].flatMap((letter) =>
  ['', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'].map((tone) => (letter + tone).normalize('NFC')),
)

describe('fold', () => {
  test.each([
    ['đảng', 'dang'],
    ['Đề án', 'De an'],
    ['nghị quyết', 'nghi quyet'],
    ['ĐƯỜNG', 'DUONG'],
  ])('writes %s as %s', (accented, plain) => {
    expect(fold(accented)).toBe(plain)
  })

  test('leaves an ASCII letter of every Vietnamese letter', () => {
    for (const letter of [...VIETNAMESE, 'đ', 'Đ']) expect(fold(letter)).toMatch(/^[a-zA-Z]$/)
  })

  test('drops every mark and is the same for NFC and NFD', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VIETNAMESE, 'đ', 'Đ', ' ', 'b')), (letters) => {
        const text = letters.join('')
        const folded = fold(text)
        expect(folded).not.toMatch(/[\p{M}đĐ]/u)
        expect(fold(text.normalize('NFD'))).toBe(folded)
        expect(fold(folded)).toBe(folded)
      }),
    )
  })
})

describe('foldAligned', () => {
  test('is lower case without accents, every letter at its own place', () => {
    expect(foldAligned('Đề án số 06')).toBe('de an so 06')
  })

  test('keeps the length of any canonical text, and ASCII where it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const text = canonicalText(raw)
        const folded = foldAligned(text)
        expect(folded).toHaveLength(text.length)
        for (let i = 0; i < text.length; i++) {
          if ((text[i] as string) < '\u0080') expect(folded[i]).toBe(text[i]?.toLowerCase())
        }
      }),
    )
  })

  test('says the same as fold for Vietnamese', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VIETNAMESE, 'đ', 'Đ', ' ')), (letters) => {
        const text = letters.join('')
        expect(foldAligned(text)).toBe(fold(text).toLowerCase())
      }),
    )
  })
})

describe('hasAccents', () => {
  test.each(['hội nghị', 'đ', 'Tô', 'hòa'.normalize('NFD')])('sees the marks of %s', (text) => {
    expect(hasAccents(text)).toBe(true)
  })

  test.each(['hoi nghi lan thu 77', 'Minister?', '', '29-12 “…”'])('sees none in %s', (text) => {
    expect(hasAccents(text)).toBe(false)
  })
})
