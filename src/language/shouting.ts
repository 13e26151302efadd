// In: a question as typed. Out: one typed in capitals as it would be in small letters. A short form alone is left as it is.
import { hasAccents } from './folding.ts'

/** Fewest letters of a question in capitals without accents; a shorter one may be an abbreviation. */
const MIN_SHOUTED_LETTERS = 12

/** The text in small letters but for its first when it is in capitals throughout, else as it is. */
export function calmed(text: string): string {
  if (text !== text.toUpperCase()) return text
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const shouted = letters >= MIN_SHOUTED_LETTERS || (hasAccents(text) && /\s/.test(text.trim()))
  return shouted ? text.toLowerCase().replace(/\p{L}/u, (first) => first.toUpperCase()) : text
}
