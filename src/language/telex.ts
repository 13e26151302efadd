// In: a question in which an input method was off or stumbled ("hooij nghij", "ho65i nghi5"). Out: the same with such tokens
// decoded. Must not touch English, names, or tokens that already are Vietnamese with or without marks.
import { fold, hasAccents } from './folding.ts'
import { withTone } from './telex-syllable.ts'

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu
const TYPED = /^[a-z]+[1-9]?(?:[a-z]|[1-9])*$/i
const TONE_LETTERS = 'sfrxj'
const VNI_OPERATIONS: Readonly<Record<string, readonly Operation[]>> = { '6': ['circumflex'], '7': ['horn'], '8': ['breve'], '9': ['bar'] }

/** English words that also spell a Vietnamese syllable in Telex ("his" would be "hí"). */
const ENGLISH = new Set(
  'ar as bar bus car dad deer diff far feed feel food for fun gas good has her his hours if in is its jar keep need not of off or our pass per see seem so tax their them too us was week wife with war poor door room book look moon soon seen been meet law low how now new few view show know own war saw raw paw was wax war'.split(
    ' ',
  ),
)

type Operation = 'circumflex' | 'horn' | 'breve' | 'bar'

interface Typing {
  readonly letters: string
  /** 0 none yet, else 1 to 5 as the VNI digits. */
  readonly tone: number
  /** Whether a vowel mark or đ was typed: residue that English and names hardly ever show. */
  readonly marked: boolean
}

interface Decoding {
  readonly text: string
  readonly marked: boolean
}

const CIRCUMFLEX = new Map([...'aeo'].map((vowel, index) => [vowel, 'âêô'.charAt(index)]))
const HORN = new Map([...'ou'].map((vowel, index) => [vowel, 'ơư'.charAt(index)]))
const BREVE = new Map([['a', 'ă']])

/** Replaces the last letter that the table knows; undefined when there is none. */
function replaceLast(letters: string, table: ReadonlyMap<string, string>): string | undefined {
  for (let i = letters.length - 1; i >= 0; i--) {
    const marked = table.get(letters.charAt(i))
    if (marked !== undefined) return letters.slice(0, i) + marked + letters.slice(i + 1)
  }
  return undefined
}

/** The horn goes on both letters of uo (thường), on the first of ua, ui and uu (mưa, gửi, lưu), else on the last o or u. */
function horned(letters: string): string | undefined {
  if (/[uư]o/.test(letters)) return letters.replace(/[uư]o/, 'ươ')
  const first = /(?<!q)u(?=[aiu])/.exec(letters)
  if (first) return `${letters.slice(0, first.index)}ư${letters.slice(first.index + 1)}`
  return replaceLast(letters, HORN)
}

function marked(letters: string, operation: Operation): string | undefined {
  if (operation === 'circumflex') return replaceLast(letters, CIRCUMFLEX)
  if (operation === 'horn') return horned(letters)
  if (operation === 'breve') return replaceLast(letters, BREVE)
  return letters.startsWith('d') ? `đ${letters.slice(1)}` : undefined
}

/** Telex w: horn where o or u stands, breve where only a does, ư where no vowel does. */
function telexW(letters: string): string | undefined {
  if (!/[aeiouyư]/.test(letters)) return `${letters}ư`
  if (letters.endsWith('oa') || !/[ou]/.test(letters.replace(/^qu/, ''))) return marked(letters, 'breve')
  return marked(letters, 'horn')
}

function withMark(typing: Typing, letters: string | undefined): Typing | undefined {
  return letters === undefined ? undefined : { ...typing, letters, marked: true }
}

function withToneKey(typing: Typing, tone: number): Typing | undefined {
  return typing.tone === 0 ? { ...typing, tone } : undefined
}

/** One more key under VNI; undefined when the key makes no sense there. */
function vniKey(typing: Typing, key: string): Typing | undefined {
  if (key >= '1' && key <= '5') return withToneKey(typing, Number(key))
  const operation = VNI_OPERATIONS[key]?.[0]
  return operation ? withMark(typing, marked(typing.letters, operation)) : { ...typing, letters: typing.letters + key }
}

/** One more key under Telex; undefined when the key makes no sense there. */
function telexKey(typing: Typing, key: string): Typing | undefined {
  const { letters } = typing
  const hasVowel = /[aăâeêioôơuưy]/.test(letters)
  const tone = TONE_LETTERS.indexOf(key) + 1
  if (tone > 0 && hasVowel) return withToneKey(typing, telexTone(tone))
  if (key === 'w') return withMark(typing, telexW(letters))
  if (key === 'd' && letters.startsWith('d')) return withMark(typing, marked(letters, 'bar'))
  if (CIRCUMFLEX.has(key) && letters.includes(key)) {
    return withMark(typing, replaceLast(letters, new Map([[key, CIRCUMFLEX.get(key) ?? key]])))
  }
  return { ...typing, letters: letters + key }
}

/** s f r x j are sắc, huyền, hỏi, ngã, nặng: the same order as the digits. */
function telexTone(position: number): number {
  return position
}
