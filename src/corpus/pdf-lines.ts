// In: the pieces of text a PDF page draws, with their places. Out: its lines, in the order they are drawn. Knows geometry only.

/** A piece of text as it is drawn. */
export interface DrawnText {
  readonly text: string
  /** Left edge and baseline in points from the lower left corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  /** Size of the letters in points. */
  readonly size: number
}

/** A line of a page. */
export interface PageLine {
  readonly text: string
  /** From 1. */
  readonly page: number
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

/** Baselines nearer than this share of the letters' size are one line: notes stand higher, fractions lower. */
const SAME_LINE = 0.5
/** A wider gap than this share of the letters' size parts two words. */
const WORD_GAP = 0.18
/** A wider gap than this many letters' sizes parts two columns of a table. */
const CELL_GAP = 1.5
/** Stands between the cells of a table's row. */
export const CELL_MARK = ' | '

/** Joins pieces into lines. */
export function pageLines(pieces: readonly DrawnText[], page: number): PageLine[] {
  const lines: PageLine[] = []
  let parts: DrawnText[] = []
  const close = () => {
    const line = joined(parts, page)
    if (line !== undefined) lines.push(line)
    parts = []
  }
  for (const piece of pieces) {
    if (piece.text.trim() === '' && parts.length === 0) continue
    const previous = parts.at(-1)
    if (previous !== undefined && !isSameLine(previous, piece)) close()
    parts.push(piece)
  }
  close()
  return lines
}

function isSameLine(previous: DrawnText, piece: DrawnText): boolean {
  const size = Math.max(previous.size, piece.size)
  return Math.abs(previous.y - piece.y) < SAME_LINE * size && piece.x > previous.x - size
}

function joined(parts: readonly DrawnText[], page: number): PageLine | undefined {
  const words = parts.filter(({ text }) => text.trim() !== '')
  const [first] = words
  if (first === undefined) return undefined
  let text = ''
  let end = first.x
  for (const part of parts) {
    const gap = part.x - end
    const size = part.size || first.size
    if (text !== '' && gap > CELL_GAP * size && !text.endsWith(CELL_MARK)) text = text.trimEnd() + CELL_MARK
    else if (text !== '' && gap > WORD_GAP * size && !/\s$/.test(text)) text += ' '
    text += part.text
    if (part.text.trim() !== '') end = part.x + part.width
  }
  const main = words.reduce((longest, part) => (part.text.length > longest.text.length ? part : longest))
  return { text: text.replace(/\s+/gu, ' ').trim(), page, left: first.x, right: end, y: main.y, size: main.size }
}
