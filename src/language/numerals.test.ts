import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numeralValue, romanValue, wordsValue } from './numerals.ts'

const ONES = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']
const TENS = ['', 'x', 'xx', 'xxx', 'xl', 'l', 'lx', 'lxx', 'lxxx', 'xc']

/** Roman numeral of a number from 1 to 399, by the textbook. */
const roman = (value: number) => 'c'.repeat(Math.floor(value / 100)) + TENS[Math.floor(value / 10) % 10] + ONES[value % 10]

describe('numerals', () => {
  test('reads every Roman numeral up to 399, in any case', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 399 }), (value) => {
        expect(romanValue(roman(value))).toBe(value)
        expect(romanValue(roman(value).toUpperCase())).toBe(value)
      }),
    )
  })

  test.each(['', 'iiii', 'vx', 'ic', 'thu', 'xiix', '13'])('takes %j for no Roman numeral', (text) => {
    expect(romanValue(text)).toBeUndefined()
  })

  test.each([
    ['bay muoi bay', 77],
    ['muoi', 10],
    ['muoi lam', 15],
    ['hai muoi', 20],
    ['hai muoi mot', 21],
    ['chin muoi tu', 94],
    ['nhat', 1],
    ['bon', 4],
  ])('reads the words %s as %i', (words, value) => {
    expect(wordsValue(words)).toBe(value)
  })

  test.each(['muoi muoi', 'bay bay', 'hoi nghi', 'hai muoi hai ba', 'khong muoi', ''])('takes the words %j for no number', (words) => {
    expect(wordsValue(words)).toBeUndefined()
  })

  test('reads digits, Roman numerals and words alike, and no number of five digits', () => {
    expect(['13', 'XIII', 'muoi ba', '12345', 'ba muoi thang'].map(numeralValue)).toEqual([13, 13, 13, undefined, undefined])
  })
})
