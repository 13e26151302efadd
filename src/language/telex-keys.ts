// In: the keys of one syllable as typed for Telex or VNI ("truowngf", "nghi5"). Out: the accented syllable they spell, or nothing
// when they spell none. Must not know words: whether the syllable is meant is decided in telex.ts.
import { withTone } from './telex-syllable.ts'

/** What the keys of one token spell. */
export interface TypedSyllable {
  /** Lower case, NFC, tone mark in the traditional place. */
  readonly text: string
  /** Whether a vowel mark or đ was typed, not only a tone: residue that English and names hardly ever show. */
  readonly hasVowelMark: boolean
}

interface Typing {
  readonly letters: string
  /** 0 level, else 1 to 5 in the order of the VNI digits. */
  readonly tone: number
  readonly hasVowelMark: boolean
}

/** Sắc, huyền, hỏi, ngã, nặng: in the order of the VNI digits 1 to 5. */
const TELEX_TONES = 'sfrxj'
const VOWEL = /[aăâeêioôơuưy]/
const CIRCUMFLEX: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' }
const HORN: Readonly<Record<string, string>> = { o: 'ơ', u: 'ư' }
const BREVE: Readonly<Record<string, string>> = { a: 'ă' }

/** Marks the last letter that the table knows; undefined when there is none. */
function markLast(letters: string, marks: Readonly<Record<string, string>>): string | undefined {
  for (let i = letters.length - 1; i >= 0; i--) {
    const marked = marks[letters.charAt(i)]
    if (marked !== undefined) return letters.slice(0, i) + marked + letters.slice(i + 1)
  }
  return undefined
}

/** The horn goes on both letters of uo (thường), on the first of ua, ui and uu (mưa, gửi, lưu), else on the last o or u. */
function withHorn(letters: string): string | undefined {
  if (/[uư]o/.test(letters)) return letters.replace(/[uư]o/, 'ươ')
  const first = /(?<!q)u(?=[aiu])/.exec(letters)
  return first ? `${letters.slice(0, first.index)}ư${letters.slice(first.index + 1)}` : markLast(letters, HORN)
}

/** Telex w: ư where no vowel stands, breve where the marked vowel can only be a, else horn. */
function withTelexW(letters: string): string | undefined {
  const rime = letters.replace(/^qu/, '')
  if (!VOWEL.test(rime)) return `${letters}ư`
  return rime.includes('oa') || !/[ou]/.test(rime) ? markLast(letters, BREVE) : withHorn(letters)
}

function withBar(letters: string): string | undefined {
  return letters.startsWith('d') ? `đ${letters.slice(1)}` : undefined
}

/** The letters that a mark key makes, under either method; null when the key is no mark key here. */
function markedBy(key: string, letters: string): string | undefined | null {
  if (key === '6') return markLast(letters, CIRCUMFLEX)
  if (key === '7') return withHorn(letters)
  if (key === '8') return markLast(letters, BREVE)
  if (key === '9' || (key === 'd' && letters.startsWith('d'))) return withBar(letters)
  if (key === 'w') return withTelexW(letters)
  const circumflex = CIRCUMFLEX[key]
  return circumflex !== undefined && letters.includes(key) ? markLast(letters, { [key]: circumflex }) : null
}

/** One more key; undefined when it makes no sense there, such as a second tone. */
function typed(typing: Typing, key: string): Typing | undefined {
  const { letters } = typing
  const tone = '12345'.includes(key) ? Number(key) : VOWEL.test(letters) ? TELEX_TONES.indexOf(key) + 1 : 0
  if (tone > 0) return typing.tone === 0 && VOWEL.test(letters) ? { ...typing, tone } : undefined
  const marked = markedBy(key, letters)
  if (marked === null) return { ...typing, letters: letters + key }
  return marked === undefined ? undefined : { ...typing, letters: marked, hasVowelMark: true }
}

/**
 * Decodes the keys of one syllable, Telex letters (`aa ee oo dd aw ow uw w`, tones `s f r x j`) and VNI digits (1 to 9)
 * alike, each anywhere after the letter it marks.
 * @param keys lower-case letters and digits, at most a dozen
 * @returns undefined when they hold no such key or spell no Vietnamese syllable
 */
export function typedSyllable(keys: string): TypedSyllable | undefined {
  let typing: Typing | undefined = { letters: '', tone: 0, hasVowelMark: false }
  for (const key of keys) {
    typing = typed(typing, key)
    if (!typing) return undefined
  }
  if (typing.tone === 0 && !typing.hasVowelMark) return undefined
  const text = withTone(typing.letters.replace(/ươ$/, 'uơ'), typing.tone)
  return text === undefined ? undefined : { text, hasVowelMark: typing.hasVowelMark }
}
