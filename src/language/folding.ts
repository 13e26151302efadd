// In: Vietnamese text. Out: the same without accents. đ is a letter of its own, not a d with a mark, and folds too.
import { remembered } from './remembered.ts'

/** Removes tone marks, vowel marks and the bar of đ: "Đề án" → "De an". The result is NFC. */
export function fold(text: string): string {
  let folded = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) folded += text[i]
    else {
      const plain = PLAIN[unit]
      if (plain === undefined) return foldAny(text)
      folded += plain
    }
  }
  return folded
}

/**
 * Lower-case folded text in which every UTF-16 unit stands at the place of its source unit, so that a match in it has true
 * offsets. Expects canonical (NFC) text; a unit that folds to nothing or to several becomes one space.
 */
export const foldAligned: (text: string) => string = remembered((text) => {
  let folded = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string
    if (unit < '\u0080') {
      folded += unit
      continue
    }
    const plain = fold(unit).toLowerCase()
    folded += plain.length === 1 ? plain : ' '
  }
  return folded.toLowerCase()
})

/** Whether any letter carries a Vietnamese mark. */
export function hasAccents(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    const plain = PLAIN[unit]
    if (plain === undefined) return foldAny(text) !== text.normalize('NFC')
    if (plain !== text[i]) return true
  }
  return false
}

function foldAny(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').normalize('NFC')
}

/** By UTF-16 unit what the letters of Latin script fold to; other scripts are left to Unicode. */
const PLAIN: readonly (string | undefined)[] = tableOf([
  [0x80, 0x24f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2026],
])

function tableOf(ranges: readonly (readonly [number, number])[]): (string | undefined)[] {
  const table: (string | undefined)[] = []
  for (const [first, last] of ranges) for (let unit = first; unit <= last; unit++) table[unit] = foldAny(String.fromCharCode(unit))
  return table
}
