// In: the lines of all pages. Out: paragraphs and headings, without running titles and page numbers. A paragraph goes on over
// the end of a page; every line keeps the page it stands on.
import { fold } from '../language/folding.ts'
import type { ExtractedParagraph } from './extracted-document.ts'
import { CELL_MARK, type PageLine } from './pdf-lines.ts'

/** Lines at either end of a page that may be running titles. */
const EDGE_LINES = 2
/** A line that opens or closes so large a share of the pages, and at least three of them, is a running title. */
const RUNNING_SHARE = 0.5
const PAGE_NUMBER = /^[-–—\s]*(?:trang|page|tr\.)?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4})?[-–—\s]*$/iu
/** Letters so much larger than those of most text make a heading. */
const HEADING_SIZE = 1.15
/** A wider step to the next line than this many usual ones ends a paragraph. */
const PARAGRAPH_STEP = 1.35
const FINAL_PUNCTUATION = /[.!?…;:]["”’)]*$/u

/** Paragraphs of a document in reading order. */
export function pdfParagraphs(pages: readonly (readonly PageLine[])[]): ExtractedParagraph[] {
  const lines = withoutRunningTitles(pages).flat()
  const usual = { size: usualSize(lines), step: usualStep(lines) }
  const pageOf = new Map(pages.map((page) => [page[0]?.page, page]))
  const paragraphs: PageLine[][] = []
  for (const line of lines) {
    const paragraph = paragraphs.at(-1)
    const previous = paragraph?.at(-1)
    if (paragraph !== undefined && previous !== undefined && continues(previous, line, usual, pageOf.get(line.page) ?? []))
      paragraph.push(line)
    else paragraphs.push([line])
  }
  const headline = largestOnFirstPage(paragraphs, usual.size)
  return paragraphs.map((own) => ({
    pieces: own.map(({ text, page }) => ({ text, page })),
    kind: own === headline ? 'headline' : isHeading(own, usual.size) ? 'heading' : own.some(isRow) ? 'body' : null,
  }))
}

const isRow = ({ text }: PageLine) => text.includes(CELL_MARK)

const isHeading = (lines: readonly PageLine[], usualSize: number) => lines.every(({ size }) => size >= HEADING_SIZE * usualSize)

/** The heading in the largest letters of the first page, the first of equals: it names the document. */
function largestOnFirstPage(paragraphs: readonly PageLine[][], usualSize: number): PageLine[] | undefined {
  const headings = paragraphs.filter((lines) => lines[0]?.page === 1 && isHeading(lines, usualSize))
  return headings.reduce<PageLine[] | undefined>(
    (best, own) => (best === undefined || (own[0]?.size ?? 0) > (best[0]?.size ?? 0) ? own : best),
    undefined,
  )
}

interface Usual {
  readonly size: number
  readonly step: number
}

function continues(previous: PageLine, line: PageLine, { size, step }: Usual, page: readonly PageLine[]): boolean {
  if (isRow(previous) || isRow(line)) return goesOn(previous.text, line.text) && !isRow(previous)
  if (Math.abs(previous.size - line.size) > 0.1 * size) return false
  if (previous.page !== line.page || line.y > previous.y) return goesOn(previous.text, line.text)
  if (previous.y - line.y > PARAGRAPH_STEP * step * Math.max(1, line.size / size)) return false
  const right = columnRight(previous, page)
  const isShort = previous.right < right - 0.12 * (right - previous.left)
  if (isShort && (FINAL_PUNCTUATION.test(previous.text) || previous.right < right - 0.3 * (right - previous.left))) return false
  const isIndented = line.left > previous.left + 0.8 * size && !isShort
  return !isIndented
}

/** Over the end of a page or column only a sentence that is not finished goes on. */
const goesOn = (before: string, after: string) => !/[.!?…]["”’)]*$/u.test(before) && /^[\p{Ll}\p{N},;(]/u.test(after)

/** This share of a column's lines ends at its right edge or before; a headline over two columns ends beyond it. */
const COLUMN_SHARE = 0.8

/** The right edge of the column a line stands in, from the lines on its page that begin near it. */
function columnRight(line: PageLine, page: readonly PageLine[]): number {
  const near = page.filter(({ left, size }) => Math.abs(left - line.left) < 4 * line.size && Math.abs(size - line.size) < 0.1 * line.size)
  const rights = near.map(({ right }) => right).sort((a, b) => a - b)
  return Math.max(line.right, rights[Math.floor((rights.length - 1) * COLUMN_SHARE)] ?? 0)
}

/** Size of the letters that most of the text is set in. */
function usualSize(lines: readonly PageLine[]): number {
  const lengths = new Map<number, number>()
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2
    lengths.set(rounded, (lengths.get(rounded) ?? 0) + text.length)
  }
  return [...lengths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

/** The step from line to line that occurs most. */
function usualStep(lines: readonly PageLine[]): number {
  const counts = new Map<number, number>()
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1]
    if (next === undefined || next.page !== line.page || next.y >= line.y) continue
    const step = Math.round((line.y - next.y) * 2) / 2
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? Number.POSITIVE_INFINITY
}

/** Drops lines that recur at the edges of pages, and page numbers there. */
function withoutRunningTitles(pages: readonly (readonly PageLine[])[]): PageLine[][] {
  const counts = new Map<string, number>()
  for (const page of pages) {
    for (const key of new Set(edges(page).map(({ text }) => titleKey(text)))) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const least = Math.max(3, Math.ceil(pages.length * RUNNING_SHARE))
  return pages.map((page) => {
    const edge = edges(page)
    const outermost = [edge[0], edge.at(-1)]
    return page.filter((line) => {
      if (outermost.includes(line) && PAGE_NUMBER.test(line.text)) return false
      return !edge.includes(line) || (counts.get(titleKey(line.text)) ?? 0) < least
    })
  })
}

/** The highest and lowest lines of a page, wherever they are drawn. */
function edges(page: readonly PageLine[]): PageLine[] {
  const byHeight = [...page].sort((a, b) => b.y - a.y)
  return [...byHeight.slice(0, EDGE_LINES), ...byHeight.slice(EDGE_LINES).slice(-EDGE_LINES)]
}

const titleKey = (text: string) => fold(text).toLowerCase().replace(/\d+/g, '#')
