// In: a document's text. Out: its blocks (paragraphs, headings, captions, noise) with exact offsets, in order.
// Only layout and wording decide; nothing here knows a particular document.
import { fold } from '../language/folding.ts'
import { type Span, trimmed } from '../language/spans.ts'
import { syllableCount } from '../language/syllables.ts'
import type { CorpusRules } from './corpus-rules.ts'

/**
 * `body` sentences of the report · `headline` the line that names the report · `heading` a line over a part of it ·
 * `caption` words under a picture · `noise` what belongs to the page, not to the report.
 */
export type BlockKind = 'body' | 'headline' | 'heading' | 'caption' | 'noise'

/** A stretch of the document of one kind. */
export interface Block extends Span {
  readonly kind: BlockKind
}

const CREDIT = /\s*(?:\(\s*(?:ảnh|nguồn ảnh|photo)\b[^)]*\)|(?:ảnh|nguồn ảnh|photo)\s*:\s*\S.{0,60})\s*\.?\s*$/iu
const ALTERNATIVE_TEXT = /\s+(?:ảnh|hình)\s+\d{1,3}$/iu
const TIMESTAMP = /^\D{0,20}\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:\D{1,6}\d{1,2}[:h]\d{2})?\D{0,12}(?:GMT\s*[+-]\d{1,2}\)?)?$/u
const FINAL_PUNCTUATION = /[.!?…;:,]["”’)]*$/u
const BULLET = /^\s*[•·▪*-]\s+/u
const DATE_MARK = /^\s*date \d{4}-\d{2}(?:-\d{2})?\s/

/**
 * Splits and classifies. Every block is trimmed and not empty; blocks do not overlap.
 * @param known kinds the file's format names, by the offset a paragraph starts at; wording and layout decide on the others
 */
export function documentBlocks(text: string, rules: CorpusRules, known: ReadonlyMap<number, BlockKind> = new Map()): Block[] {
  const lines = joinedLines(text, paragraphLines(text), known)
  const headlineKnown = [...known.values()].includes('headline')
  const blocks: Block[] = []
  const seen = { noiseOnly: true, body: false, heading: false }
  let ended = false
  for (const [index, line] of lines.entries()) {
    const content = text.slice(line.start, line.end)
    ended ||= rules.boilerplateEndings.has(lineKey(content)) && lines.slice(index + 1).every((later) => isShort(text, later))
    const surroundings = {
      first: seen.noiseOnly && !headlineKnown,
      last: index === lines.length - 1,
      inReport: seen.body,
      underHeading: seen.heading,
      previous: lines[index - 1],
      text,
      rules,
    }
    const kind = ended ? 'noise' : (knownKind(known.get(line.start), surroundings.first) ?? kindOf(content, surroundings))
    const span = kind === 'caption' ? withoutCredit(text, line) : line
    if (span.end === span.start) continue
    blocks.push({ ...span, kind })
    seen.noiseOnly &&= kind === 'noise'
    seen.body ||= kind === 'body'
    seen.heading ||= kind === 'heading'
  }
  return blocks
}

/** A first heading names the report where nothing else does. */
function knownKind(kind: BlockKind | undefined, isFirst: boolean): BlockKind | undefined {
  return kind === 'heading' && isFirst ? 'headline' : kind
}

/** Lines with a technical date mark at the very start cut off into a block of its own. */
function paragraphLines(text: string): Span[] {
  const mark = DATE_MARK.exec(text)
  const offset = mark?.[0].length ?? 0
  const lines = [...text.slice(offset).matchAll(/[^\n]+/g)].map((match) =>
    trimmed(text, { start: offset + match.index, end: offset + match.index + match[0].length }),
  )
  const content = lines.filter((line) => line.end > line.start)
  return mark === null ? content : [trimmed(text, { start: 0, end: offset }), ...content]
}

/** Joins lines that are one sentence: broken off at `;` `:` `,`, going on in lower case, or hard-wrapped. */
function joinedLines(text: string, lines: readonly Span[], known: ReadonlyMap<number, BlockKind>): Span[] {
  const joined: { start: number; end: number }[] = []
  for (const line of lines) {
    const previous = joined.at(-1)
    const isKnown = known.has(line.start) || (previous !== undefined && known.has(previous.start))
    if (previous !== undefined && !isKnown && continues(text, previous, line)) previous.end = line.end
    else joined.push({ ...line })
  }
  return joined
}

/** How far a line is read back, in UTF-16 units; keeps the work linear in the length of a text. */
const MAX_LOOK_BACK = 500

function continues(text: string, previous: Span, line: Span): boolean {
  const before = text.slice(Math.max(previous.start, previous.end - MAX_LOOK_BACK), previous.end)
  const after = text.slice(line.start, line.end)
  const head = `${text.slice(previous.start, Math.min(previous.end, previous.start + 20))} `
  if (BULLET.test(after) || BULLET.test(head) || DATE_MARK.test(head)) return false
  const wrapped = !text.slice(previous.end, line.start).includes('\n\n') && before.length >= 60 && !FINAL_PUNCTUATION.test(before)
  if (/[;,]["”’)]*$/u.test(before)) return true
  return /^\p{Ll}/u.test(after) ? !/[.!?…]["”’)]*$/u.test(before) : wrapped && !CREDIT.test(before) && !ALTERNATIVE_TEXT.test(before)
}

interface Surroundings {
  readonly first: boolean
  readonly last: boolean
  /** Whether a sentence of the report came before. */
  readonly inReport: boolean
  /** Whether a heading came before. */
  readonly underHeading: boolean
  readonly previous: Span | undefined
  readonly text: string
  readonly rules: CorpusRules
}

function kindOf(content: string, { first, last, inReport, underHeading, previous, text, rules }: Surroundings): BlockKind {
  const length = syllableCount(content)
  if (DATE_MARK.test(`${content} `) && length <= 4) return 'noise'
  if (length === 0 || rules.boilerplateLines.has(lineKey(content)) || rules.boilerplateEndings.has(lineKey(content))) return 'noise'
  if (TIMESTAMP.test(content) || ALTERNATIVE_TEXT.test(content)) return 'noise'
  if (BULLET.test(content)) return inReport || length > 4 ? 'body' : 'noise'
  if (CREDIT.test(content) && length <= 60) return 'caption'
  if (FINAL_PUNCTUATION.test(content) || length > 30) return 'body'
  if (previous !== undefined && ALTERNATIVE_TEXT.test(text.slice(previous.start, previous.end))) return 'caption'
  if (first) return last ? 'body' : 'headline'
  return last && (inReport || !underHeading) ? 'body' : 'heading'
}

function withoutCredit(text: string, line: Span): Span {
  const content = text.slice(line.start, line.end)
  return trimmed(text, { start: line.start, end: line.start + content.replace(CREDIT, '').length })
}

function isShort(text: string, line: Span): boolean {
  return syllableCount(text.slice(line.start, line.end)) <= 30
}

/** Key under which a line is compared with the boilerplate list. */
function lineKey(content: string): string {
  return fold(content)
    .toLowerCase()
    .replace(BULLET, '')
    .replace(/\d+/g, '#')
    .replace(/[\s:.!…]+$/u, '')
    .trim()
}
