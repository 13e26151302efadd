// What is known about a document and where each fact came from; corrected in place where writing is allowed.
import { useState } from 'preact/hooks'
import type { FullDocument } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { CORRECTABLE, type CorrectableField } from '../text/corrected-facts.ts'
import { shownDate } from '../text/dates.ts'
import { MetadataForm } from './metadata-form.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

/** The folded facts. */
export function DocumentFacts({ document, onChanged }: { readonly document: FullDocument; readonly onChanged: () => void }) {
  const { server, library, navigation, announcer, language, wording } = usePage()
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const writable = library.writable.value
  const remove = async () => {
    try {
      await server.removeDocument(document.id)
      navigation.go({ place: null })
      await library.loadCorpus()
    } catch (error) {
      announcer.say(wording.problems[error instanceof ServerProblem ? error.kind : 'unexpected'])
    }
  }
  const shown = (field: CorrectableField) => {
    const value = document.metadata[field]
    if (value === null) return wording.notStated
    return field === 'date' || field === 'publishedAt' ? shownDate(String(value), language) : String(value)
  }
  const origins: Readonly<Record<string, string>> = wording.origins
  return (
    <details class="facts">
      <summary>{wording.aboutDocument}</summary>
      {editing ? (
        <MetadataForm
          document={document}
          onDone={() => {
            setEditing(false)
            onChanged()
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <dl>
            {CORRECTABLE.map((field) => {
              const origin = document.provenance[field]
              return (
                <div key={field} class="fact">
                  <dt>{wording.fields[field]}</dt>
                  <dd>
                    <span lang={document.metadata[field] === null ? undefined : 'vi'}>{shown(field)}</span>
                    {origin === undefined || document.metadata[field] === null ? null : (
                      <small class="muted">
                        {' '}
                        {wording.origin} {origins[origin] ?? origin}
                      </small>
                    )}
                  </dd>
                </div>
              )
            })}
          </dl>
          {writable ? (
            <div class="form-buttons">
              <button type="button" class="button" onClick={() => setRemoving(true)}>
                {wording.remove}
              </button>
              <button type="button" class="button" onClick={() => setEditing(true)}>
                {wording.correct}
              </button>
            </div>
          ) : null}
        </>
      )}
      {removing ? (
        <RemoveDialog
          title={wording.removeDocumentTitle}
          text={wording.removeDocumentText(document.title)}
          onRemove={remove}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </details>
  )
}
