// In: the bytes of a text file. Out: its text. Unicode by its marks and by trial, old Vietnamese code pages by spelling.
// Nothing is guessed: bytes that read as Vietnamese in no known encoding are refused.
import { ThukyError } from '../errors.ts'
import { fromLegacy, type LegacyEncoding } from '../language/legacy-encodings.ts'
import { vietnameseShare } from '../language/vietnamese-reading.ts'

/** Least share of well-spelt accented words for bytes that are not Unicode. */
const LEAST_SHARE = 0.85

/** Fewer accented words say nothing about the encoding. */
const LEAST_WORDS = 3

/** UTF-8 and UTF-16 text; undefined when the bytes are neither. */
export function decodedUnicode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Old encodings of bytes. */
export type ByteEncoding = 'windows-1258' | LegacyEncoding

/** Text of bytes in an old encoding. */
export function decodedAs(bytes: Uint8Array, encoding: ByteEncoding): string {
  if (encoding === 'windows-1258') return new TextDecoder(encoding).decode(bytes).normalize('NFC')
  return fromLegacy(new TextDecoder('windows-1252').decode(bytes), encoding)
}

const BYTE_ENCODINGS: readonly ByteEncoding[] = ['windows-1258', 'TCVN3', 'VNI']

/** The old encoding in which bytes read as Vietnamese; undefined when there is none. */
export function legacyEncodingOf(bytes: Uint8Array): ByteEncoding | undefined {
  const rated = BYTE_ENCODINGS.map((encoding) => ({ encoding, ...vietnameseShare(decodedAs(bytes, encoding)) }))
  const best = rated.sort((a, b) => b.wellSpelt - a.wellSpelt)[0]
  return best !== undefined && best.words >= LEAST_WORDS && best.wellSpelt >= LEAST_SHARE ? best.encoding : undefined
}

/**
 * Text of a plain text file.
 * @throws ThukyError `corpus` when the bytes are in no encoding that is known
 */
export function decodedText(bytes: Uint8Array): string {
  const text = decodedUnicode(bytes)
  if (text !== undefined) return text
  const encoding = legacyEncodingOf(bytes)
  if (encoding !== undefined) return decodedAs(bytes, encoding)
  throw new ThukyError('corpus', 'it is neither Unicode nor Vietnamese in TCVN3, VNI or Windows-1258; save it again as UTF-8')
}
