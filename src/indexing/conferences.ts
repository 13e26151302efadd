// In: documents. Out: the conferences they report, grouped by id. A value that reports of one event disagree on is taken from
// the first that states it, by document id; the others keep theirs in their own metadata.
import type { SourceDocument } from '../corpus/source-document.ts'

/** An event and how many documents report it. */
export interface Conference {
  readonly id: string
  readonly name: string
  readonly ordinal: number | null
  /** ISO date as precise as known; null when no report says. */
  readonly date: string | null
  /** First and last day covered, ISO days; null without a date. */
  readonly from: string | null
  readonly to: string | null
  readonly documentIds: readonly string[]
  /** Whether a report names the event; false for a document that stands for itself. */
  readonly isEvent: boolean
}

/** Conferences by id, latest first; those without a date last, then by id. */
export function conferencesOf(documents: readonly SourceDocument[]): Map<string, Conference> {
  const reports = new Map<string, SourceDocument[]>()
  for (const document of documents) {
    const { conference } = document.metadata
    reports.set(conference, [...(reports.get(conference) ?? []), document])
  }
  const conferences = [...reports].map(([id, group]) => conferenceOf(id, group))
  const order = (a: Conference, b: Conference) => compare(b.from ?? '', a.from ?? '') || compare(a.id, b.id)
  return new Map(conferences.sort(order).map((conference) => [conference.id, conference]))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function conferenceOf(id: string, reports: readonly SourceDocument[]): Conference {
  const sorted = [...reports].sort((a, b) => compare(a.id, b.id))
  const first = <T>(value: (document: SourceDocument) => T | null): T | null => sorted.map(value).find((v) => v !== null) ?? null
  const date = first(({ metadata }) => metadata.date)
  const start = first(({ metadata }) => metadata.start) ?? date
  const end = first(({ metadata }) => metadata.end) ?? date
  return {
    id,
    name: (sorted.find(({ provenance }) => provenance.conferenceName === 'front matter') ?? sorted[0])?.metadata.conferenceName ?? id,
    ordinal: first(({ metadata }) => metadata.ordinal),
    date,
    from: start === null ? null : firstDay(start),
    to: end === null ? null : lastDay(end),
    documentIds: sorted.map((document) => document.id),
    isEvent: sorted.some(({ provenance }) => provenance.conference !== 'file name'),
  }
}

/** Whether an event touches a period of ISO days, both included; one without a date touches none. */
export function isHeldWithin({ from, to }: Pick<Conference, 'from' | 'to'>, first: string, last: string): boolean {
  return from !== null && to !== null && from <= last && to >= first
}

/** Whether an event touches a year. */
export function isHeldInYear(event: Pick<Conference, 'from' | 'to'>, year: number): boolean {
  return isHeldWithin(event, `${year}-01-01`, `${year}-12-31`)
}

/** First day of an ISO date of any precision. */
export function firstDay(date: string): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date.slice(0, 10)
}

/** Last day of an ISO date of any precision. */
export function lastDay(date: string): string {
  if (date.length === 4) return `${date}-12-31`
  if (date.length !== 7) return date.slice(0, 10)
  const [year, month] = date.split('-').map(Number) as [number, number]
  return `${date}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`
}
