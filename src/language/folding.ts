// In: Vietnamese text. Out: the same without accents. đ is a letter of its own, not a d with a mark, and folds too.

/** Removes tone marks, vowel marks and the bar of đ: "Đề án" → "De an". The result is NFC. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').normalize('NFC')
}

/**
 * Lower-case folded text in which every UTF-16 unit stands at the place of its source unit, so that a match in it has true
 * offsets. Expects canonical (NFC) text; a unit that folds to nothing or to several becomes one space.
 */
export function foldAligned(text: string): string {
  let folded = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string
    if (unit < '\u0080') {
      folded += unit.toLowerCase()
      continue
    }
    const plain = fold(unit).toLowerCase()
    folded += plain.length === 1 ? plain : ' '
  }
  return folded
}

/** Whether any letter carries a Vietnamese mark. */
export function hasAccents(text: string): boolean {
  return fold(text) !== text.normalize('NFC')
}
