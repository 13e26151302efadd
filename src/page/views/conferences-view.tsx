// All conferences: a line of years with how many there were, and below it the conferences of each year, to be read or asked about.
import { useMemo, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { SearchField } from '../parts/search-field.tsx'
import type { Conference, DocumentEntry } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { shownDate } from '../text/dates.ts'
import { matches } from '../text/fold.ts'
import { conferencesByYear } from '../text/timeline.ts'

/** Conferences shown before more are asked for. */
const PAGE_SIZE = 100

/** The view of conferences. */
export function ConferencesView() {
  const { library, wording } = usePage()
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(PAGE_SIZE)
  const all = library.conferences.value
  const fitting = useMemo(
    () => (all ?? []).filter(({ name, date, ordinal }) => matches(`${name} ${ordinal ?? ''} ${date ?? ''}`, typed)),
    [all, typed],
  )
  const years = useMemo(() => conferencesByYear(fitting), [fitting])
  const shownYears = useMemo(() => conferencesByYear(fitting.slice(0, limit)), [fitting, limit])
  const documents = useMemo(() => groupedByConference(library.documents.value ?? []), [library.documents.value])
  const most = Math.max(1, ...years.map(({ conferences }) => conferences.length))
  const goTo = (year: string) => {
    setLimit(fitting.length)
    requestAnimationFrame(() => document.getElementById(`year-${year}`)?.scrollIntoView({ block: 'start' }))
  }
  return (
    <div class="catalogue">
      <h1>{wording.conferences}</h1>
      <SearchField label={wording.searchConferences} typed={typed} onTyped={setTyped} />
      {library.problem.value === null ? null : <ProblemNote problem={library.problem.value} />}
      <p class="muted" role="status">
        {all === null ? wording.loading : fitting.length === 0 ? wording.nothingFits : wording.countConferences(fitting.length)}
      </p>
      {years.length < 2 ? null : (
        <nav class="years" aria-label={wording.timeline}>
          <ul>
            {[...years].reverse().map(({ year, conferences }) => (
              <li key={year}>
                <button
                  type="button"
                  class="year"
                  aria-label={wording.inYear(yearName(year, wording.undated), conferences.length)}
                  onClick={() => goTo(year)}
                >
                  <meter class="year-bar" min={0} max={most} value={conferences.length} aria-hidden="true" />
                  <span>{yearName(year, wording.undated)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div class="timeline">
        {shownYears.map(({ year, conferences }) => (
          <section key={year} id={`year-${year}`} aria-labelledby={`year-${year}-heading`}>
            <h2 id={`year-${year}-heading`}>{yearName(year, wording.undated)}</h2>
            <ul>
              {conferences.map((conference) => (
                <ConferenceEntry key={conference.id} conference={conference} documents={documents.get(conference.id) ?? []} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {fitting.length <= limit ? null : (
        <button type="button" class="button" onClick={() => setLimit(limit + PAGE_SIZE)}>
          {wording.more}
        </button>
      )}
    </div>
  )
}

const yearName = (year: string, undated: string) => (year === '' ? undated : year)

function ConferenceEntry({
  conference: { id, name, date, ordinal },
  documents,
}: {
  readonly conference: Conference
  readonly documents: readonly DocumentEntry[]
}) {
  const { language, wording } = usePage()
  const facts = [date === null ? '' : shownDate(date, language), ordinal === null ? '' : wording.ordinal(ordinal)].filter(Boolean)
  return (
    <li class="conference">
      <h3 lang="vi">{name}</h3>
      <p class="muted">{facts.join(' · ')}</p>
      <ul class="conference-documents">
        {documents.map((document) => (
          <li key={document.id}>
            <PageLink
              to={{ view: 'conferences', place: { documentId: document.id, start: null, end: null } }}
              class="quiet-button"
              lang="vi"
            >
              <Icon name="document" />
              {document.title === name ? wording.openDocument : document.title}
            </PageLink>
          </li>
        ))}
        <li>
          <PageLink to={{ filters: { conferenceIds: [id] } }} class="quiet-button">
            <Icon name="search" />
            {wording.askAbout}
          </PageLink>
        </li>
      </ul>
    </li>
  )
}

function groupedByConference(documents: readonly DocumentEntry[]): Map<string, DocumentEntry[]> {
  const groups = new Map<string, DocumentEntry[]>()
  for (const document of documents) groups.set(document.conference.id, [...(groups.get(document.conference.id) ?? []), document])
  return groups
}
