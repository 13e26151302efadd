// All documents, searched by name; files can be added where that is allowed; files that could not be read are told with their reasons.
import { useMemo, useState } from 'preact/hooks'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { usePage } from '../state/page-state.tsx'
import { shownDate } from '../text/dates.ts'
import { matches } from '../text/fold.ts'
import { UploadArea } from './upload-area.tsx'

/** Documents shown before more are asked for. */
const PAGE_SIZE = 100

/** The view of documents. */
export function DocumentsView() {
  const { library, language, wording } = usePage()
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(PAGE_SIZE)
  const all = library.documents.value
  const fitting = useMemo(
    () =>
      (all ?? []).filter(({ id, title, publisher, conference }) =>
        matches(`${title} ${id} ${publisher ?? ''} ${conference.name} ${conference.date ?? ''}`, typed),
      ),
    [all, typed],
  )
  const skipped = library.corpus.value?.skipped ?? []
  return (
    <div class="catalogue">
      <h1>{wording.documents}</h1>
      <UploadArea />
      <SearchField label={wording.searchDocuments} typed={typed} onTyped={setTyped} />
      {library.problem.value === null ? null : <ProblemNote problem={library.problem.value} />}
      <p class="muted" role="status">
        {all === null ? wording.loading : fitting.length === 0 ? wording.nothingFits : wording.countDocuments(fitting.length)}
      </p>
      <ul class="documents">
        {fitting.slice(0, limit).map(({ id, title, publisher, conference }) => (
          <li key={id}>
            <PageLink to={{ view: 'documents', place: { documentId: id, start: null, end: null } }} class="document-entry">
              <span class="document-title" lang="vi">
                {title}
              </span>
              <span class="muted" lang="vi">
                {[
                  conference.name === title ? '' : conference.name,
                  conference.date === null ? '' : shownDate(conference.date, language),
                  publisher ?? '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </PageLink>
          </li>
        ))}
      </ul>
      {fitting.length <= limit ? null : (
        <button type="button" class="button" onClick={() => setLimit(limit + PAGE_SIZE)}>
          {wording.more}
        </button>
      )}
      {skipped.length === 0 ? null : (
        <details class="passages">
          <summary>{wording.skippedFiles(skipped.length)}</summary>
          <ul>
            {skipped.map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code> <span lang="en">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
