// In: a document's text, the cited span and the words searched in it. Out: paragraphs cut into pieces to be marked, with their
// true offsets. Pure; the pieces of all paragraphs and the line breaks between them are the text again.
import { fold } from './fold.ts'

/** A span of the text in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A stretch of a paragraph that is marked in one way. */
export interface Piece extends Span {
  readonly cited: boolean
  /** Number of the search hit it belongs to, from 0; null when it belongs to none. */
  readonly hit: number | null
}

/** A paragraph and its pieces. */
export interface Paragraph extends Span {
  readonly pieces: readonly Piece[]
}

/** Most hits shown; further ones are not counted. */
const MAX_HITS = 1000

/** Where words stand in a text, any accents and letter case; at most 1,000 places. */
export function findHits(text: string, words: string): Span[] {
  const wanted = fold(words.normalize('NFC').trim().replace(/\s+/g, ' '))
  if (wanted === '') return []
  const folded = fold(text).replace(/\s/g, ' ')
  const hits: Span[] = []
  for (let at = folded.indexOf(wanted); at !== -1 && hits.length < MAX_HITS; at = folded.indexOf(wanted, at + wanted.length)) {
    hits.push({ start: at, end: at + wanted.length })
  }
  return hits
}

/** Paragraphs of a text, those of white space left out, with the cited span and the hits marked. */
export function paragraphsOf(text: string, cited: Span | null, hits: readonly Span[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let start = 0
  let nextHit = 0
  for (const line of text.split('\n')) {
    const end = start + line.length
    while (nextHit < hits.length && (hits[nextHit] as Span).end <= start) nextHit++
    if (line.trim() !== '') paragraphs.push({ start, end, pieces: piecesOf({ start, end }, cited, hits, nextHit) })
    start = end + 1
  }
  return paragraphs
}

function piecesOf(line: Span, cited: Span | null, hits: readonly Span[], firstHit: number): Piece[] {
  const own: (Span & { number: number })[] = []
  for (let i = firstHit; i < hits.length && (hits[i] as Span).start < line.end; i++) own.push({ ...(hits[i] as Span), number: i })
  const cuts = new Set([line.start, line.end])
  for (const { start, end } of cited === null ? own : [...own, cited]) {
    for (const cut of [start, end]) if (cut > line.start && cut < line.end) cuts.add(cut)
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(1).map((end, i) => {
    const start = places[i] as number
    const within = (span: Span | null) => span !== null && span.start <= start && span.end >= end
    return { start, end, cited: within(cited), hit: own.find(within)?.number ?? null }
  })
}
