// The whole document at the side of the page, scrolled to the cited span; ← and → go through the citations of the answer it came from.
import { useEffect, useRef } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { usePage } from '../state/page-state.tsx'
import type { DocumentPlace } from '../text/address.ts'
import { isAtPlace, placeOf } from '../text/citation-place.ts'
import { DocumentReader } from './document-reader.tsx'

/** The dialog; closing it takes the place out of the address. */
export function ReaderDialog({ place }: { readonly place: DocumentPlace }) {
  const { navigation, turns, library, wording } = usePage()
  const { answerId } = navigation.address.value
  const answer = turns.all.value.find((turn) => turn.answer?.id === answerId)?.answer
  const citations = answer == null ? [] : answer.citations.length > 0 ? answer.citations : (answer.refusal?.nearest ?? [])
  const current = citations.findIndex((one) => isAtPlace(one, place))
  const heading = useRef<HTMLDivElement>(null)
  const title = library.documents.value?.find(({ id }) => id === place.documentId)?.title
  const step = (by: 1 | -1) => {
    const next = citations[(current + by + citations.length) % citations.length]
    if (next !== undefined) navigation.go({ place: placeOf(next) }, { replace: true })
  }
  const close = () => navigation.go({ place: null })
  const stepRef = useRef(step)
  stepRef.current = step
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement
      )
        return
      if (event.key === 'ArrowRight') stepRef.current(1)
      else if (event.key === 'ArrowLeft') stepRef.current(-1)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <Dialog
      title={title ?? wording.reader}
      {...(title === undefined ? {} : { titleLang: 'vi' })}
      shape="sheet"
      onClose={close}
      initialFocus={() => heading.current}
      tools={
        current === -1 || citations.length < 2 ? null : (
          <div class="reader-steps">
            <button
              type="button"
              class="icon-button"
              aria-label={wording.previousCitation}
              title={wording.previousCitation}
              onClick={() => step(-1)}
            >
              <Icon name="previous" />
            </button>
            <span role="status">{wording.citationOf(current + 1, citations.length)}</span>
            <button
              type="button"
              class="icon-button"
              aria-label={wording.nextCitation}
              title={wording.nextCitation}
              onClick={() => step(1)}
            >
              <Icon name="next" />
            </button>
            <span class="muted reader-keys">{wording.citationKeys}</span>
          </div>
        )
      }
    >
      <div ref={heading} tabIndex={-1} class="reader">
        <DocumentReader place={place} />
        <button type="button" class="button reader-end" onClick={close}>
          {wording.close}
        </button>
      </div>
    </Dialog>
  )
}
