// In: text and offsets. Out: offsets. The half-open interval that passages, sentences and citations are made of.

/** A half-open interval [start, end) of UTF-16 offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The span without white space at its ends. */
export function trimmed(text: string, span: Span): Span {
  let { start, end } = span
  while (start < end && /\s/.test(text[start] as string)) start++
  while (end > start && /\s/.test(text[end - 1] as string)) end--
  return { start, end }
}

/** Whether two spans share at least one unit. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}
