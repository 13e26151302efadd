// In: the text of an answer, whole or as far as it has come, and its citations. Out: its pieces: words, quotations, markers.
// Pure; the pieces put together are the text again.
import type { Citation } from '../state/contract.ts'

/** A piece of an answer. `marker` is the number of the citation a quotation or marker belongs to. */
export type AnswerPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote' | 'marker'; readonly text: string; readonly marker: number }

type Place = { readonly start: number; readonly end: number; readonly kind: 'quote' | 'marker'; readonly marker: number }

/** Cuts an answer into pieces. */
export function answerPieces(text: string, citations: readonly Pick<Citation, 'marker' | 'quote'>[]): AnswerPiece[] {
  const pieces: AnswerPiece[] = []
  let at = 0
  for (const { start, end, kind, marker } of withoutOverlaps([...markerPlaces(text, citations), ...quotePlaces(text, citations)])) {
    if (start > at) pieces.push({ kind: 'text', text: text.slice(at, start) })
    pieces.push({ kind, text: text.slice(start, end), marker })
    at = end
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

function markerPlaces(text: string, citations: readonly Pick<Citation, 'marker'>[]): Place[] {
  const known = new Set(citations.map(({ marker }) => marker))
  return [...text.matchAll(/\[(\d+)\]/g)].flatMap(({ 0: found, 1: number, index }) =>
    known.has(Number(number)) ? [{ start: index, end: index + found.length, kind: 'marker' as const, marker: Number(number) }] : [],
  )
}

/** Answers show a quotation with single spaces. */
function quotePlaces(text: string, citations: readonly Pick<Citation, 'marker' | 'quote'>[]): Place[] {
  return citations.flatMap(({ marker, quote }) => {
    const shown = quote.replace(/\s+/g, ' ').trim()
    const start = shown === '' ? -1 : text.indexOf(shown)
    return start === -1 ? [] : [{ start, end: start + shown.length, kind: 'quote' as const, marker }]
  })
}

/** In order; of two that overlap the first stays. */
function withoutOverlaps(places: readonly Place[]): Place[] {
  const kept: Place[] = []
  for (const place of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.start >= (kept.at(-1)?.end ?? 0)) kept.push(place)
  }
  return kept
}
