// In: a citation. Out: the place it can be read at now. Pure.
import type { Citation } from '../state/contract.ts'
import type { DocumentPlace } from './address.ts'

/** Where a citation is read; a document that has moved is opened under its new id, one that is gone under the old, to say so. */
export function placeOf({ document, start, end, source }: Citation): DocumentPlace {
  return { documentId: source?.documentId ?? document.id, start, end }
}

/** Whether a citation stands at a place. */
export function isAtPlace(citation: Citation, place: DocumentPlace): boolean {
  const { documentId, start, end } = placeOf(citation)
  return documentId === place.documentId && start === place.start && end === place.end
}
