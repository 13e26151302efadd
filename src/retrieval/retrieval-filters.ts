// In: filters and what a question is about. Out: the passages that may be searched. Checks no ids: the caller has.
import type { Conference } from '../indexing/conferences.ts'
import { firstDay, lastDay } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { Interpretation } from './interpretation.ts'

/** What may be searched; ids are checked by the caller. Empty lists and absent values do not restrict. */
export interface RetrievalFilters {
  readonly conferenceIds?: readonly string[] | undefined
  readonly documentIds?: readonly string[] | undefined
  /** ISO dates of any precision; a partial date stands for its whole period, touching counts. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Whether filters restrict anything. */
export function isFiltered({ conferenceIds = [], documentIds = [], from, to }: RetrievalFilters): boolean {
  return conferenceIds.length + documentIds.length > 0 || from !== undefined || to !== undefined
}

/** Passages that filters and interpretation allow; undefined when all are. */
export function allowedLabels(index: CorpusIndex, filters: RetrievalFilters, { conferenceIds }: Interpretation): Set<number> | undefined {
  if (!isFiltered(filters) && conferenceIds === null) return undefined
  const documentIds = inScope(index, conferenceIds).flatMap((conference) => passing(conference, filters))
  return new Set(documentIds.flatMap((id) => index.passagesOf(id).map(({ label }) => label)))
}

/** Conferences of which filters and interpretation leave at least one document, latest first. */
export function searchedConferences(index: CorpusIndex, filters: RetrievalFilters, conferenceIds: readonly string[] | null): Conference[] {
  if (conferenceIds === null && !isFiltered(filters)) return [...index.conferences.values()]
  const wanted = new Set(inScope(index, conferenceIds).filter((conference) => passing(conference, filters).length > 0))
  return [...index.conferences.values()].filter((conference) => wanted.has(conference))
}

const inScope = ({ conferences }: CorpusIndex, ids: readonly string[] | null): Conference[] =>
  ids === null ? [...conferences.values()] : ids.flatMap((id) => conferences.get(id) ?? [])

const passing = (conference: Conference, filters: RetrievalFilters): string[] =>
  conference.documentIds.filter((id) => passesFilters(id, conference, filters))

/** The question asked somewhere else than it says: its words stay, where to search is what the filters say. */
export function scopedByFilters(interpretation: Interpretation, { conferenceIds = [] }: RetrievalFilters): Interpretation {
  return {
    ...interpretation,
    conferenceIds: conferenceIds.length === 0 ? null : conferenceIds,
    from: null,
    to: null,
    years: [],
    unmatched: [],
  }
}

function passesFilters(documentId: string, conference: Conference, filters: RetrievalFilters): boolean {
  const { conferenceIds = [], documentIds = [], from, to } = filters
  if (conferenceIds.length > 0 && !conferenceIds.includes(conference.id)) return false
  if (documentIds.length > 0 && !documentIds.includes(documentId)) return false
  if (from === undefined && to === undefined) return true
  if (conference.from === null || conference.to === null) return false
  return (from === undefined || conference.to >= firstDay(from)) && (to === undefined || conference.from <= lastDay(to))
}
