// In: text in NFC. Out: the same without accents and in small letters, unit for unit, so that places found in it are places of the text.

/** Folds a text for searching; the result has as many UTF-16 units as the text. */
export function fold(text: string): string {
  let folded = ''
  for (const unit of text.split('')) folded += foldUnit(unit)
  return folded
}

function foldUnit(unit: string): string {
  const base = unit.normalize('NFD')[0] ?? unit
  const small = base.toLowerCase()
  return small === 'đ' ? 'd' : small.length === 1 ? small : unit
}

/** Whether every word of a query begins a word of the text, or stands in it; an empty query fits everything. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text)
  return fold(query.normalize('NFC'))
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
