// In: a text and a tokeniser of single words. Out: its tokens, each with the word it belongs to and where that word stands.
// Sound for tokenisers that split at white space first: the tokens of a text are then those of its words, one after the other.

/** Tokens of a text. The arrays run in parallel. */
export interface WordTokens {
  readonly ids: readonly number[]
  /** UTF-16 offsets [start, end) of the word each token belongs to. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Tokens of one word, without special ones. */
export type WordEncoder = (word: string) => readonly number[]

const WORD = /[^\s\u200b-\u200f\ufeff\ufffd\u2581]+/gu
/** No word is longer; what is, is cut there, so that a text without blanks costs no more than others. */
const LONGEST_WORD = 100
/** Most words remembered; then all are forgotten. */
const REMEMBERED = 20_000

/** The tokens of a text, at most `limit`. */
export function wordTokens(text: string, encode: WordEncoder, limit: number): WordTokens {
  const tokens = { ids: [] as number[], starts: [] as number[], ends: [] as number[] }
  for (const { 0: word, index } of text.matchAll(WORD)) {
    for (const id of encode(word.slice(0, LONGEST_WORD))) {
      if (tokens.ids.length >= limit) return tokens
      tokens.ids.push(id)
      tokens.starts.push(index)
      tokens.ends.push(index + word.length)
    }
  }
  return tokens
}

/** The same encoder, remembering words. */
export function rememberingEncoder(encode: WordEncoder): WordEncoder {
  const known = new Map<string, readonly number[]>()
  return (word) => {
    const found = known.get(word)
    if (found !== undefined) return found
    if (known.size >= REMEMBERED) known.clear()
    const ids = encode(word)
    known.set(word, ids)
    return ids
  }
}
