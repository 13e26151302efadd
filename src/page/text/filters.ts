// In: filters. Out: filters with something taken away, and what an answer was really searched in. Pure.
import type { Filters, Interpretation } from '../state/contract.ts'

/** Whether nothing is filtered. */
export function isUnfiltered({ conferenceIds = [], documentIds = [], from, to }: Filters): boolean {
  return conferenceIds.length === 0 && documentIds.length === 0 && from === undefined && to === undefined
}

/** Filters without one conference. */
export function withoutConference({ conferenceIds = [], ...rest }: Filters, id: string): Filters {
  const left = conferenceIds.filter((one) => one !== id)
  return left.length === 0 ? rest : { ...rest, conferenceIds: left }
}

/** Filters without one document. */
export function withoutDocument({ documentIds = [], ...rest }: Filters, id: string): Filters {
  const left = documentIds.filter((one) => one !== id)
  return left.length === 0 ? rest : { ...rest, documentIds: left }
}

/**
 * Where a question was searched: what the question names within what was filtered. What the question names as a time counts by
 * the conferences of that time; it is shown as dates only where no conference stands for it.
 */
export function effectiveFilters(filters: Filters, { conferenceIds, from, to }: Interpretation): Filters {
  const chosen = filters.conferenceIds ?? []
  const named =
    chosen.length === 0 ? conferenceIds : conferenceIds.length === 0 ? chosen : conferenceIds.filter((id) => chosen.includes(id))
  const [first, last] = [filters.from ?? from ?? undefined, filters.to ?? to ?? undefined]
  return {
    ...(named.length === 0 ? {} : { conferenceIds: named }),
    ...(filters.documentIds === undefined ? {} : { documentIds: filters.documentIds }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
  }
}
