// In: text. Out: where its words stand, letter by letter. The same as /[\p{L}\p{M}\p{N}]+/gu finds, five times as fast: every sentence
// that may answer is read through here.

/** What a UTF-16 unit is part of. */
export const UnitKind = { other: 1, letter: 2, number: 3, mark: 4 } as const

/** By unit; 0 is not known yet. */
const KINDS = new Uint8Array(0x10000)

/** Kind of the unit at a place of a text; of a surrogate that of its pair. */
export function unitKind(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  const known = KINDS[unit] as number
  if (known > 0) return known
  if (unit >= 0xdc00 && unit <= 0xdfff && at > 0) return kindOf(String.fromCodePoint(text.codePointAt(at - 1) as number))
  const kind = kindOf(String.fromCodePoint(text.codePointAt(at) as number))
  if (unit < 0xd800 || unit > 0xdfff) KINDS[unit] = kind
  return kind
}

function kindOf(character: string): number {
  if (/^\p{L}/u.test(character)) return UnitKind.letter
  if (/^\p{N}/u.test(character)) return UnitKind.number
  return /^\p{M}/u.test(character) ? UnitKind.mark : UnitKind.other
}

/** Calls `visit` with the bounds of every run of letters, marks and numbers, in order. */
export function eachWord(text: string, visit: (start: number, end: number) => void): void {
  let start = -1
  for (let at = 0; at < text.length; at++) {
    if (unitKind(text, at) === UnitKind.other) {
      if (start >= 0) visit(start, at)
      start = -1
    } else if (start < 0) start = at
  }
  if (start >= 0) visit(start, text.length)
}

/** The words of a text in order. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  eachWord(text, (start, end) => words.push(text.slice(start, end)))
  return words
}
