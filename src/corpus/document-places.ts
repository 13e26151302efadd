// In: a document's text, its pages and blocks. Out: where each stretch stands: on which page, under which heading.
import type { Block } from './blocks.ts'
import type { PageStart } from './loaded-file.ts'
import type { Place, PlaceStart, SourceDocument } from './source-document.ts'

const MARKUP = /^#{1,6}\s+|[*_]{2}/g
/** A longer heading is cut, for it is shown beside a citation; UTF-16 units. */
const MAX_HEADING_LENGTH = 200

/** All places of a document, in order; two never begin at one offset. */
export function documentPlaces(text: string, pages: readonly PageStart[], blocks: readonly Block[]): PlaceStart[] {
  const headings = blocks
    .filter(({ kind }) => kind === 'heading')
    .map(({ start, end }) => ({ start, heading: text.slice(start, end).replace(MARKUP, '').slice(0, MAX_HEADING_LENGTH).trim() }))
  const changes = [...pages, ...headings].sort((a, b) => a.start - b.start)
  const places: PlaceStart[] = []
  let current: Place = { page: null, heading: null }
  for (const { start, ...change } of changes) {
    current = { ...current, ...change }
    if (places.at(-1)?.start === start) places.pop()
    places.push({ start, ...current })
  }
  return places
}

/** Page and heading at an offset of a document's text. */
export function placeAt({ places }: Pick<SourceDocument, 'places'>, offset: number): Place {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((places[middle] as PlaceStart).start <= offset) low = middle + 1
    else high = middle
  }
  const found = places[low - 1]
  return { page: found?.page ?? null, heading: found?.heading ?? null }
}
