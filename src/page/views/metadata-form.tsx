// Corrects what is known about a document: sends its text again with the facts as they should be. Text and other facts stay as they are.
import { useState } from 'preact/hooks'
import { ProblemNote } from '../parts/problem-note.tsx'
import type { FullDocument } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { CORRECTABLE, correctedFacts } from '../text/corrected-facts.ts'

/** The form. */
export function MetadataForm({
  document,
  onDone,
  onCancel,
}: {
  readonly document: FullDocument
  readonly onDone: () => void
  readonly onCancel: () => void
}) {
  const { server, library, announcer, wording } = usePage()
  const [problem, setProblem] = useState<ServerProblem | null>(null)
  const [saving, setSaving] = useState(false)
  const hints: Readonly<Record<string, string>> = wording.fieldHints
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const values = new FormData(event.currentTarget)
    setSaving(true)
    setProblem(null)
    try {
      await server.putDocument(
        document.id,
        document.text,
        correctedFacts(document, (field) => String(values.get(field) ?? '').trim()),
      )
      announcer.say(wording.saved)
      void library.loadCorpus()
      onDone()
    } catch (error) {
      setProblem(error instanceof ServerProblem ? error : new ServerProblem(500, ''))
    } finally {
      setSaving(false)
    }
  }
  return (
    <form class="form" onSubmit={save}>
      {CORRECTABLE.map((field) => (
        <label key={field} class="field">
          {wording.fields[field]}
          {hints[field] === undefined ? null : <small class="muted"> ({hints[field]})</small>}
          <input name={field} defaultValue={String(document.metadata[field] ?? '')} autocomplete="off" />
        </label>
      ))}
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div class="form-buttons">
        {saving ? <span class="muted">{wording.saving}</span> : null}
        <button type="button" class="button" onClick={onCancel}>
          {wording.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={saving}>
          {wording.save}
        </button>
      </div>
    </form>
  )
}
