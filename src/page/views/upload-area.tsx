// Drop files here, or choose them: each becomes a document. What happens to each is said in words. Hidden where writing is not allowed.
import * as upload from '@zag-js/file-upload'
import { normalizeProps, useMachine } from '@zag-js/preact'
import { useId } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { usePage } from '../state/page-state.tsx'
import { documentIdOf } from '../text/file-name.ts'
import { type Upload, useUploads } from './use-uploads.ts'

/** The area, and the files sent since the page was opened. */
export function UploadArea() {
  const { library, wording } = usePage()
  const { uploads, add, send, skip } = useUploads()
  const service = useMachine(upload.machine, {
    id: useId(),
    maxFiles: 100,
    onFileAccept: ({ files }) => {
      add(files)
      upload.connect(service, normalizeProps).clearFiles()
    },
    translations: { dropzone: wording.addDocuments },
  })
  const api = upload.connect(service, normalizeProps)
  const { role: _role, ...input } = api.getHiddenInputProps()
  if (!library.writable.value) return null
  return (
    <section class="upload">
      <div {...api.getRootProps()}>
        {/* biome-ignore lint/a11y/useSemanticElements: the library's handlers belong on any element, a fieldset would bring a border and a form */}
        <div
          {...api.getDropzoneProps({ disableClick: true })}
          class="dropzone"
          role="group"
          aria-label={wording.addDocuments}
          tabIndex={-1}
        >
          <p>
            <Icon name="upload" /> {wording.dropHere}{' '}
            <button {...api.getTriggerProps()} class="link-button">
              {wording.chooseFiles}
            </button>
          </p>
          <p class="muted">{wording.uploadHint}</p>
        </div>
        <input {...input} type="file" aria-label={wording.chooseFiles} />
      </div>
      {uploads.length === 0 ? null : (
        <ul class="uploads" aria-label={wording.uploads} aria-live="polite">
          {uploads.map((one) => (
            <UploadEntry key={one.key} upload={one} onReplace={() => send(one)} onSkip={() => skip(one)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function UploadEntry({
  upload: { file, state, percent, problem },
  onReplace,
  onSkip,
}: {
  readonly upload: Upload
  readonly onReplace: () => void
  readonly onSkip: () => void
}) {
  const { wording } = usePage()
  const words = {
    exists: wording.uploadExists,
    sending: wording.uploadSending(percent),
    indexing: wording.uploadIndexing,
    added: wording.uploadDone,
    replaced: wording.uploadReplaced,
    'too-large': wording.uploadTooLarge,
    'wrong-type': wording.uploadWrongType,
    failed: problem === null ? '' : wording.problems[problem.kind],
  }[state]
  const bad = state === 'failed' || state === 'too-large' || state === 'wrong-type'
  return (
    <li class={bad ? 'upload-entry upload-bad' : 'upload-entry'}>
      <strong>{file.name}</strong> <span>{words}</span>
      {problem === null || problem.detail === '' ? null : (
        <p class="problem-detail" lang="en">
          {wording.problemDetail(problem.detail)}
        </p>
      )}
      {state === 'sending' || state === 'indexing' ? (
        <progress max={100} {...(state === 'sending' ? { value: percent } : {})} aria-label={words} />
      ) : null}
      {state === 'exists' ? (
        <span class="form-buttons">
          <button type="button" class="button" onClick={onSkip}>
            {wording.uploadSkip}
          </button>
          <button type="button" class="button button-main" onClick={onReplace}>
            {wording.uploadReplace}
          </button>
        </span>
      ) : null}
      {state === 'added' || state === 'replaced' ? (
        <PageLink to={{ view: 'documents', place: { documentId: documentIdOf(file.name), start: null, end: null } }} class="quiet-button">
          <Icon name="document" />
          {wording.openDocument}
        </PageLink>
      ) : null}
    </li>
  )
}
