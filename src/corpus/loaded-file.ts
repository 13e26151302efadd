// In: what a loader extracted. Out: the text that is stored, canonical, with the places its pages begin and its paragraphs of
// known kind. Every offset counts in the stored text and is found while it is built, never by searching.
import { ThukyError } from '../errors.ts'
import { canonicalText } from '../language/canonical.ts'
import type { LegacyEncoding } from '../language/legacy-encodings.ts'
import { readVietnamese } from '../language/vietnamese-reading.ts'
import type { BlockKind } from './blocks.ts'
import type { ExtractedDocument, ExtractedParagraph, FileProperties } from './extracted-document.ts'

/** Where a page begins. */
export interface PageStart {
  readonly start: number
  /** From 1. */
  readonly page: number
}

/** What a file says about its text beside the words. */
export interface FileLayout {
  /** In order; empty for formats without pages. */
  readonly pages: readonly PageStart[]
  /** Kinds the format itself names, by the offset a paragraph starts at. */
  readonly kinds: ReadonlyMap<number, BlockKind>
  readonly properties: FileProperties
}

/** A file read: its stored text and its layout. */
export interface LoadedFile {
  /** Canonical text; for Markdown and plain text with the front matter still on top. */
  readonly text: string
  readonly layout: FileLayout
  /** Whether YAML front matter may stand on top of the text. */
  readonly mayHaveFrontMatter: boolean
}

/** Layout of a text file: nothing but its text. */
export const PLAIN_LAYOUT: FileLayout = { pages: [], kinds: new Map(), properties: {} }

/** Most UTF-16 units of text a file may hold; a book of a thousand pages has about three million. */
export const MAX_TEXT_LENGTH = 5_000_000

/**
 * Puts paragraphs together: one blank line between them, one space between the pieces of one.
 * @throws ThukyError `corpus` for text in an encoding that is not recognised, or too much of it
 */
export function loadedFile({ paragraphs, properties }: ExtractedDocument): LoadedFile {
  const read = unicodeReader(paragraphs)
  const pages: PageStart[] = []
  const kinds = new Map<number, BlockKind>()
  let text = ''
  for (const { pieces, kind } of paragraphs) {
    let begun = false
    for (const piece of pieces) {
      const words = storedWords(read(piece.text))
      if (words === '') continue
      if (text !== '') text += begun ? joint(text) : '\n\n'
      if (!begun && kind !== null) kinds.set(text.length, kind)
      begun = true
      if (piece.page !== null && piece.page !== pages.at(-1)?.page) pages.push({ start: text.length, page: piece.page })
      text += words
      if (text.length > MAX_TEXT_LENGTH) {
        throw new ThukyError('corpus', `it holds more than ${MAX_TEXT_LENGTH} characters of text; split it into several files`)
      }
    }
  }
  refuseLostLetters(text, paragraphs)
  const told = Object.entries(properties).map(([name, value]) => [name, storedWords(read(value))])
  return { text, layout: { pages, kinds, properties: Object.fromEntries(told) }, mayHaveFrontMatter: false }
}

/** What stands between two lines of a paragraph: nothing after a hyphen inside a word or date, else a space. */
const joint = (before: string) => (/[\p{L}\p{N}]-$/u.test(before.slice(-3)) ? '' : ' ')

/** One line of stored text. A mark at its start would join the space before it, so it is given up. */
function storedWords(text: string): string {
  return canonicalText(text)
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\p{M}+\s*/u, '')
}

/** Reads every paragraph in Unicode or in the old encoding that most of the document is in. */
function unicodeReader(paragraphs: readonly ExtractedParagraph[]): (text: string) => string {
  const whole = paragraphs.map(({ pieces }) => pieces.map(({ text }) => text).join(' ')).join('\n')
  const reading = readVietnamese(whole)
  const expected = reading.encoding === 'Unicode' || reading.encoding === 'unknown' ? mostUsedEncoding(paragraphs) : reading.encoding
  if (reading.encoding === 'unknown' && expected === undefined) {
    throw new ThukyError(
      'corpus',
      'its text is garbled or in an old Vietnamese encoding other than TCVN3, VNI and Windows-1258; convert it to Unicode and save it again',
    )
  }
  return (text) => readVietnamese(text, expected).text ?? text
}

/** Rimes that only exist after ư: được, phương, tưởng without it. */
const WITHOUT_U_HORN = /[\p{L}][ơờớởỡợ](?:ng|c|u)(?!\p{L})/giu
/** Fewer such words are slips of the pen. */
const LEAST_LOST = 3

/** TCVN3 codes ư as a soft hyphen, which some programs throw away when they write a PDF; what is left must not be quoted. */
function refuseLostLetters(text: string, paragraphs: readonly ExtractedParagraph[]): void {
  if (/ư/iu.test(text) || (text.match(WITHOUT_U_HORN)?.length ?? 0) < LEAST_LOST) return
  if (mostUsedEncoding(paragraphs) !== 'TCVN3') return
  throw new ThukyError('corpus', 'its old font (TCVN3) has lost the letter ư; convert the original to Unicode and save it again')
}

/** The old encoding that paragraphs of a mixed document are in. */
function mostUsedEncoding(paragraphs: readonly ExtractedParagraph[]): LegacyEncoding | undefined {
  const counts = new Map<LegacyEncoding, number>()
  for (const { pieces } of paragraphs) {
    const { encoding } = readVietnamese(pieces.map(({ text }) => text).join(' '))
    if (encoding === 'TCVN3' || encoding === 'VNI') counts.set(encoding, (counts.get(encoding) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
