// In: the query of the page's address. Out: what the page shows: view, conversation, answer, place in a document, filters.
// And back. Pure; whatever is not understood is left out.
import type { Filters } from '../state/contract.ts'

/** The main views. */
export type View = 'chat' | 'conferences' | 'documents'

/** A place in a document; offsets are UTF-16 units of its text, null for its beginning. */
export interface DocumentPlace {
  readonly documentId: string
  readonly start: number | null
  readonly end: number | null
}

/** Everything a link to the page can say. */
export interface Address {
  readonly view: View
  readonly conversationId: string | null
  /** The answer that is scrolled to and whose citations are stepped through. */
  readonly answerId: string | null
  readonly place: DocumentPlace | null
  readonly filters: Filters
}

/** The page without anything opened. */
export const START: Address = { view: 'chat', conversationId: null, answerId: null, place: null, filters: {} }

const offset = (text: string | null): number | null => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null)

/** Reads an address. */
export function readAddress(query: string): Address {
  const params = new URLSearchParams(query)
  const view = params.get('view')
  const documentId = params.get('document')
  return {
    view: view === 'conferences' || view === 'documents' ? view : 'chat',
    conversationId: params.get('conversation') || null,
    answerId: params.get('answer') || null,
    place: documentId ? { documentId, start: offset(params.get('start')), end: offset(params.get('end')) } : null,
    filters: filtersOf(params),
  }
}

function filtersOf(params: URLSearchParams): Filters {
  const conferenceIds = params.getAll('conference').filter(Boolean)
  const documentIds = params.getAll('within').filter(Boolean)
  const [from, to] = [params.get('from'), params.get('to')]
  return {
    ...(conferenceIds.length === 0 ? {} : { conferenceIds }),
    ...(documentIds.length === 0 ? {} : { documentIds }),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
}

/** The query of an address, with its question mark; empty for the start. */
export function writeAddress({ view, conversationId, answerId, place, filters }: Address): string {
  const params = new URLSearchParams()
  if (view !== 'chat') params.set('view', view)
  if (conversationId !== null) params.set('conversation', conversationId)
  if (answerId !== null) params.set('answer', answerId)
  if (place !== null) {
    params.set('document', place.documentId)
    if (place.start !== null) params.set('start', String(place.start))
    if (place.end !== null) params.set('end', String(place.end))
  }
  for (const id of filters.conferenceIds ?? []) params.append('conference', id)
  for (const id of filters.documentIds ?? []) params.append('within', id)
  if (filters.from) params.set('from', filters.from)
  if (filters.to) params.set('to', filters.to)
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}
