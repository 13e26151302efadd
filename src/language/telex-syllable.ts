// In: one lower-case syllable without tone mark, or fully folded. Out: whether Vietnamese spells syllables that way, and the
// same with a tone mark in its traditional place. A rule on onset and rime: it must not know words, only shapes.
import { fold } from './folding.ts'

/** Tone marks as combining characters in the order of the VNI digits 1 to 5: sắc, huyền, hỏi, ngã, nặng. */
const TONE_MARKS = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'] as const

const ONSETS = new Set(['', ...'b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')])

/** Rimes in use, without tone mark; those ending in k are of place names (Đắk Lắk). */
const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
   e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
   i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
   o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet ooc oong
   ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
   u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyp uyt uyu
   ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
   y ych yêm yên yêng yêt yêu yn ynh yt`.split(/\s+/),
)

const FOLDED_ONSETS = new Set([...ONSETS].map(fold))
const FOLDED_RIMES = new Set([...RIMES].map(fold))
const LONGEST_ONSET = 3
const STOP_CODA = /(?:c|ch|k|p|t)$/
const VOWEL = /[aăâeêioôơuưy]/
const MARKED_VOWEL = /[ăâêôơư]/g
const OPEN_PAIR = /^(?:oa|oe|uy)$/

/** Length of the onset under the longest split into known onset and rime; -1 when there is none. */
function onsetLength(syllable: string, onsets: ReadonlySet<string>, rimes: ReadonlySet<string>): number {
  for (let length = Math.min(LONGEST_ONSET, syllable.length - 1); length >= 0; length--) {
    if (onsets.has(syllable.slice(0, length)) && rimes.has(syllable.slice(length))) return length
  }
  return -1
}

/** Whether a lower-case syllable without any marks is one that Vietnamese could write so: `truong` and `an`, not `first`. */
export function hasSyllableShape(folded: string): boolean {
  return onsetLength(folded, FOLDED_ONSETS, FOLDED_RIMES) >= 0
}

/** Offset in the rime of the vowel that carries the tone mark. */
function toneOffset(rime: string): number {
  const marked = [...rime.matchAll(MARKED_VOWEL)].at(-1)
  if (marked) return marked.index
  const vowels = [...rime].filter((letter) => VOWEL.test(letter)).length
  if (vowels === 1) return 0
  return vowels === 2 && (rime.length === 2 || OPEN_PAIR.test(rime)) ? 0 : 1
}

/**
 * Writes the tone on a toneless lower-case syllable in the traditional place: `hoa` + sắc → `hóa`, `truyên` + huyền → `truyền`.
 * @param tone 0 level, else 1 to 5 as in `TONE_MARKS`
 * @returns undefined when no Vietnamese syllable is written so (unknown rime, or a stop coda without sắc or nặng)
 */
export function withTone(toneless: string, tone: number): string | undefined {
  const onset = onsetLength(toneless, ONSETS, RIMES)
  if (onset < 0 || (STOP_CODA.test(toneless) && tone !== 1 && tone !== 5)) return undefined
  const mark = TONE_MARKS[tone - 1]
  if (mark === undefined) return toneless
  const end = onset + toneOffset(toneless.slice(onset)) + 1
  return (toneless.slice(0, end) + mark + toneless.slice(end)).normalize('NFC')
}

/** Whether a lower-case syllable is spelt as Vietnamese can be, its tone mark in the traditional place: `trưởng`, not `trưỏng`. */
export function isWellSpelt(syllable: string): boolean {
  const decomposed = syllable.normalize('NFD')
  const tone = TONE_MARKS.findIndex((mark) => decomposed.includes(mark)) + 1
  const toneless = decomposed.replace(TONE_MARKS[tone - 1] ?? '', '').normalize('NFC')
  return withTone(toneless, tone) === syllable
}
