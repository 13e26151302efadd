// In: conferences. Out: the same by year, latest first; those without a date at the end. Pure.
import type { Conference } from '../state/contract.ts'

/** The conferences of one year; `year` is empty for those without a date. */
export interface ConferenceYear {
  readonly year: string
  readonly conferences: readonly Conference[]
}

/** Groups conferences by the year of their date. */
export function conferencesByYear(conferences: readonly Conference[]): ConferenceYear[] {
  const years = new Map<string, Conference[]>()
  for (const conference of conferences) {
    const year = conference.date?.slice(0, 4) ?? ''
    const known = years.get(year)
    if (known === undefined) years.set(year, [conference])
    else known.push(conference)
  }
  return [...years]
    .map(([year, list]) => ({ year, conferences: list.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '')) }))
    .sort((a, b) => b.year.localeCompare(a.year))
}
