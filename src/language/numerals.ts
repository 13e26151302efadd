// In: number words and numerals. Out: integers. Only the small numbers that ordinals, dates and terms use.

const DIGIT_WORDS = new Map(
  Object.entries({
    khong: 0,
    mot: 1,
    nhat: 1,
    hai: 2,
    nhi: 2,
    ba: 3,
    bon: 4,
    tu: 4,
    nam: 5,
    lam: 5,
    sau: 6,
    bay: 7,
    tam: 8,
    chin: 9,
  }),
)

const ROMAN = new Map(Object.entries({ i: 1, v: 5, x: 10, l: 50, c: 100 }))

/** Value of a folded digit word, also as it stands behind tens ("lăm"); undefined for any other word. */
export function digitValue(word: string): number | undefined {
  return DIGIT_WORDS.get(word)
}

/** Value of a Roman numeral up to 399 (any case), or undefined when it is none or not in standard form. */
export function romanValue(numeral: string): number | undefined {
  const lower = numeral.toLowerCase()
  if (!/^(?=.)c{0,3}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/.test(lower)) return undefined
  const values = [...lower].map((letter) => ROMAN.get(letter) as number)
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0)
}

/**
 * Value of a folded Vietnamese number phrase below 100: "bay muoi bay" 77, "muoi lam" 15, "hai muoi" 20. Undefined when the
 * phrase is no such number.
 */
export function wordsValue(foldedPhrase: string): number | undefined {
  const words = foldedPhrase.trim().split(/\s+/)
  const ten = words.indexOf('muoi')
  if (ten < 0) return words.length === 1 ? DIGIT_WORDS.get(words[0] as string) : undefined
  if (ten > 1 || words.length > ten + 2) return undefined
  const tens = ten === 0 ? 1 : DIGIT_WORDS.get(words[0] as string)
  const unitWord = words[ten + 1]
  const units = unitWord === undefined ? 0 : DIGIT_WORDS.get(unitWord)
  return tens === undefined || units === undefined || tens === 0 ? undefined : tens * 10 + units
}

/** Value of digits, a Roman numeral or number words (folded), whichever the text is. */
export function numeralValue(text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  return romanValue(text) ?? wordsValue(text)
}
