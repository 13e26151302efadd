import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from './words.ts'

const byPattern = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

test('words are runs of letters, marks and numbers', () => {
  expect(wordsOf('Hội nghị (lần thứ 77), ngày 29/12: “đ/c Tô Lâm”.')).toEqual(
    ['Hội', 'nghị', 'lần', 'thứ', '77', 'ngày', '29', '12', 'đ', 'c', 'Tô', 'Lâm'], //
  )
  expect(wordsOf('hội nghị'.normalize('NFD'))).toEqual(['hội'.normalize('NFD'), 'nghị'.normalize('NFD')])
})

test('any text falls into the words that the pattern finds', () => {
  const odd = fc.constantFrom('đ', 'Ư', '\u0301', ' ', '.', '٣', '𝐀', '𠀀', '😀', '\u200d', 'Ⅳ', '—')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(odd).map((parts) => parts.join('')),
      ),
      (text) => {
        expect(wordsOf(text)).toEqual([...byPattern(text)])
      },
    ),
    { numRuns: 500 },
  )
})
