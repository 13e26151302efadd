// In: text that may be in an old Vietnamese encoding. Out: the same in Unicode, or a word on why it cannot be read.
// Decides by spelling alone: read rightly, nearly every accented word is a well-spelt Vietnamese syllable; read wrongly, few are.
import { traditionalTonePlacement } from './canonical.ts'
import { fromLegacy, type LegacyEncoding } from './legacy-encodings.ts'
import { isWellSpelt } from './telex-syllable.ts'

/** How text was read: as it is, from an old encoding, or not at all because it is garbled. */
export type Reading =
  | { readonly text: string; readonly encoding: 'Unicode' | LegacyEncoding }
  | { readonly text: null; readonly encoding: 'unknown' }

/** Runs of letters and of the symbols old encodings use for letters. */
const WORD = /[\p{L}\p{M}\u00A1-\u00BF×÷μ]+/gu
const NOT_ASCII = /[^\p{ASCII}]/u
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Inherited}\u00A1-\u00BF×÷μ]/u
const CAPITALISED = /^\p{Lu}?[^\p{Lu}]*$/u

/** Fewer accented words than this say nothing about the encoding. */
const LEAST_WORDS = 3
/** Least share of well-spelt words after a conversion; reports read rightly reach more than 0.95 (see the test). */
const CONVERTED_SHARE = 0.85
/** The same for a stretch of a document known to be in the encoding: it is short and may hold a foreign name. */
const EXPECTED_SHARE = 0.5
/** Text with a larger share is Vietnamese as it is; read in a wrong encoding, reports stay below 0.5 (see the test). */
const UNICODE_SHARE = 0.6
/** Text is called garbled only when it has so many accented words, none of them well spelt and common among all words. */
const GARBLED = { words: 20, wellSpelt: 0.3, ofAllWords: 0.3 } as const

/** How well text reads as Vietnamese: words with marks or symbols in them, and the share of those that are well spelt. */
export function vietnameseShare(text: string): { readonly words: number; readonly wellSpelt: number; readonly ofAllWords: number } {
  let all = 0
  let words = 0
  let good = 0
  for (const [word] of text.normalize('NFC').matchAll(WORD)) {
    if (!/\p{L}/u.test(word) || OTHER_SCRIPT.test(word)) continue
    all++
    if (!NOT_ASCII.test(word)) continue
    words++
    if ((CAPITALISED.test(word) || word === word.toUpperCase()) && isWellSpelt(traditionalTonePlacement(word.toLowerCase()))) good++
  }
  return { words, wellSpelt: words === 0 ? 0 : good / words, ofAllWords: all === 0 ? 0 : words / all }
}

const ENCODINGS: readonly LegacyEncoding[] = ['TCVN3', 'VNI']

/**
 * Reads one stretch of text.
 * @param expected encoding the rest of the document was found in; short stretches are then read in it too
 */
export function readVietnamese(text: string, expected?: LegacyEncoding): Reading {
  const asIs = vietnameseShare(text)
  if (asIs.words === 0 || asIs.wellSpelt > UNICODE_SHARE) return { text, encoding: 'Unicode' }
  const readings = ENCODINGS.map((encoding) => {
    const converted = fromLegacy(text, encoding)
    return { text: converted, encoding, ...vietnameseShare(converted) }
  }).sort((a, b) => b.wellSpelt - a.wellSpelt)
  const best = readings.find(({ encoding }) => encoding === expected) ?? readings[0]
  const isExpected = best !== undefined && best.encoding === expected
  const [leastWords, leastShare] = isExpected ? [1, EXPECTED_SHARE] : [LEAST_WORDS, CONVERTED_SHARE]
  if (best !== undefined && asIs.words >= leastWords && best.wellSpelt >= leastShare && best.wellSpelt > asIs.wellSpelt) {
    return { text: best.text, encoding: best.encoding }
  }
  const garbled = asIs.words >= GARBLED.words && asIs.wellSpelt < GARBLED.wellSpelt && asIs.ofAllWords > GARBLED.ofAllWords
  return garbled ? { text: null, encoding: 'unknown' } : { text, encoding: 'Unicode' }
}
