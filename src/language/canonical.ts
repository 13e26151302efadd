// In: text as people and files bring it. Out: stored text (normalised once, offsets count on it) and comparison keys.
// Keys are for comparing only: they never reach a person, a quotation or the embedding model.

/** Zero-width characters, soft hyphens and byte order marks: invisible, and they break words apart. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g

/** Control characters other than tab and line feed; NUL among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/g

const LONE_SURROGATE = /\p{Surrogate}/gu

/**
 * The one form in which text is stored, hashed, embedded and quoted: NFC, line feeds, no invisible or control characters,
 * no lone surrogates. Spelling, spacing and punctuation stay as they are, so a quotation stays the source's own.
 */
export function canonicalText(text: string): string {
  return text.replace(LONE_SURROGATE, '').replace(/\r\n?/g, '\n').replace(INVISIBLE, '').replace(CONTROL, '').normalize('NFC')
}

/** Open syllables whose tone mark the modern style moves to the second vowel: oà → òa, oè → òe, uỳ → ùy. */
const MODERN_TO_TRADITIONAL = new Map(
  [
    'òa oà',
    'óa oá',
    'ỏa oả',
    'õa oã',
    'ọa oạ',
    'òe oè',
    'óe oé',
    'ỏe oẻ',
    'õe oẽ',
    'ọe oẹ',
    'ùy uỳ',
    'úy uý',
    'ủy uỷ',
    'ũy uỹ',
    'ụy uỵ',
  ].map((pair) => pair.split(' ').reverse() as [string, string]),
)

/**
 * Moves the tone mark of one lower-case NFC syllable to its traditional place (hoà → hòa, thuỷ → thủy). Closed syllables
 * (hoàn, tuyệt) and those with initial qu (quý) have only one place and stay.
 */
export function traditionalTonePlacement(syllable: string): string {
  const traditional = MODERN_TO_TRADITIONAL.get(syllable.slice(-2))
  if (traditional === undefined || syllable.at(-3) === 'q') return syllable
  return syllable.slice(0, -2) + traditional
}

const Y_TO_I = new Map([...'yỳýỷỹỵ'].map((y, index) => [y, [...'iìíỉĩị'][index] as string]))

/** Writes final y as i where both spellings are standard (sỹ/sĩ, kỷ/kỉ, mỹ/mĩ, quý/quí); lower-case NFC syllable. */
export function uniformI(syllable: string): string {
  const match = /^(h|k|l|m|s|t|qu)([yỳýỷỹỵ])$/u.exec(syllable)
  return match ? `${match[1]}${Y_TO_I.get(match[2] as string)}` : syllable
}

/** Comparison key of one syllable: lower case, one tone placement, one spelling of final i. */
export function syllableKey(syllable: string): string {
  return uniformI(traditionalTonePlacement(syllable.toLowerCase()))
}

/** Moves every tone mark of a text to its traditional place, keeping capitals: one spelling for the model to read. */
export function withTraditionalTones(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const moved = traditionalTonePlacement(word.toLowerCase())
    if (moved === word.toLowerCase()) return word
    return [...moved].map((letter, i) => (word[i] === word[i]?.toLowerCase() ? letter : letter.toUpperCase())).join('')
  })
}
