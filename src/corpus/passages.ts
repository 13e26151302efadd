// In: a document's text and blocks. Out: passages of 40–220 syllables and their sentences, each an exact slice of the text.
// Headings become the section of what follows them; noise is left out; captions are passages of their own kind.

import { sentenceSpans } from '../language/sentences.ts'
import type { Span } from '../language/spans.ts'
import { syllableCount } from '../language/syllables.ts'
import type { Block } from './blocks.ts'

/** What a passage is made of: sentences of the report, or the words under a picture. */
export type PassageKind = 'body' | 'caption'

/** A stretch of a document that is searched as one. */
export interface PassageSpan extends Span {
  readonly kind: PassageKind
  /** The heading the passage stands under; the headline before the first. */
  readonly section: string | null
  /** Sentences in order, inside the passage. */
  readonly sentences: readonly Span[]
}

/** Sizes of passages in syllables; measured on news: the paragraph (40–141 syllables) is the unit that answers. */
export interface PassageSizes {
  /** Shorter paragraphs are joined with the next one. Default 40. */
  readonly minSyllables: number
  /** Longer paragraphs are split between sentences; also keeps header and text below 512 model tokens. Default 220. */
  readonly maxSyllables: number
}

/** Raise when the splitting changes: an index made by another version is rebuilt. */
export const SPLITTER_VERSION = 3

const DEFAULT_SIZES: PassageSizes = { minSyllables: 40, maxSyllables: 220 }

/** No sentence is longer than this many UTF-16 units; a longer one (a table, a text without spaces) is cut. */
const MAX_SENTENCE_LENGTH = 1500

/** Passages in document order; they do not overlap. A text of headings alone is read as one report. */
export function documentPassages(text: string, blocks: readonly Block[], sizes: PassageSizes = DEFAULT_SIZES): PassageSpan[] {
  const hasBody = blocks.some((block) => block.kind === 'body')
  const passages: PassageSpan[] = []
  let section: string | null = null
  let run: Span[] = []
  const close = () => {
    for (const sentences of packed(text, run, sizes)) passages.push(passage(sentences, 'body', section))
    run = []
  }
  for (const block of blocks) {
    if (block.kind === 'body' || (!hasBody && block.kind !== 'noise' && block.kind !== 'caption')) {
      run.push(block)
      continue
    }
    close()
    if (block.kind === 'heading' || block.kind === 'headline') section = text.slice(block.start, block.end)
    if (block.kind === 'caption') passages.push(passage(shortSentences(text, block, sizes), 'caption', section))
  }
  close()
  return passages
}

function passage(sentences: readonly Span[], kind: PassageKind, section: string | null): PassageSpan {
  const first = sentences[0] as Span
  const last = sentences.at(-1) as Span
  return { start: first.start, end: last.end, kind, section, sentences }
}

/** Packs the sentences of neighbouring paragraphs into passages, breaking between paragraphs where the sizes allow it. */
function packed(text: string, paragraphs: readonly Span[], { minSyllables, maxSyllables }: PassageSizes): Span[][] {
  const groups: Span[][] = []
  let group: Span[] = []
  let size = 0
  for (const paragraph of paragraphs) {
    const sentences = shortSentences(text, paragraph, { minSyllables, maxSyllables })
    const length = syllableCount(text.slice(paragraph.start, paragraph.end))
    const fits = size > 0 && (size < minSyllables || length < minSyllables) && size + length <= maxSyllables
    if (!fits && group.length > 0) {
      groups.push(group)
      group = []
      size = 0
    }
    for (const sentence of sentences) {
      const count = syllableCount(text.slice(sentence.start, sentence.end))
      if (size + count > maxSyllables && group.length > 0) {
        groups.push(group)
        group = []
        size = 0
      }
      group.push(sentence)
      size += count
    }
  }
  if (group.length > 0) groups.push(group)
  return groups
}

/** Sentences of a paragraph; overlong ones cut at a semicolon, a comma or a space. */
function shortSentences(text: string, span: Span, { maxSyllables }: PassageSizes): Span[] {
  return sentenceSpans(text, span).flatMap((sentence) => cut(text, sentence, maxSyllables))
}

function cut(text: string, sentence: Span, maxSyllables: number): Span[] {
  const content = text.slice(sentence.start, sentence.end)
  if (content.length <= MAX_SENTENCE_LENGTH && syllableCount(content) <= maxSyllables) return [sentence]
  const head = content.slice(0, MAX_SENTENCE_LENGTH)
  const window = head.slice(0, Math.max(1, nthSyllableEnd(head, maxSyllables)))
  const at = lastBreak(window)
  const rest = { start: sentence.start + at, end: sentence.end }
  while (rest.start < rest.end && /\s/.test(text[rest.start] as string)) rest.start++
  const first = { start: sentence.start, end: sentence.start + window.slice(0, at).trimEnd().length }
  return rest.start >= rest.end ? [first] : [first, ...cut(text, rest, maxSyllables)]
}

function nthSyllableEnd(text: string, n: number): number {
  let count = 0
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (++count === n) return match.index + match[0].length
  }
  return text.length
}

/** Where to cut: after the last semicolon or comma of the second half, else at the last space, else at the end. */
function lastBreak(window: string): number {
  for (const mark of ['; ', ', ', ' ']) {
    const at = window.lastIndexOf(mark)
    if (at > window.length / 2) return at + mark.length
  }
  const end = window.length
  return /[\uD800-\uDBFF]/.test(window[end - 1] as string) && end > 1 ? end - 1 : end
}
