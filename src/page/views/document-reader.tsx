// A document to read: what is known about it, a search within it, its text with the cited span marked. Text is shown as text, whatever it holds.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { usePage } from '../state/page-state.tsx'
import type { DocumentPlace } from '../text/address.ts'
import { findHits, type Paragraph, paragraphsOf } from '../text/highlights.ts'
import { DocumentFacts } from './document-facts.tsx'
import { OriginalLink } from './original-link.tsx'
import { useDocument } from './use-document.ts'

/** The reader. */
export function DocumentReader({ place }: { readonly place: DocumentPlace }) {
  const { wording } = usePage()
  const { document, problem, reload } = useDocument(place.documentId)
  const [words, setWords] = useState('')
  const [hit, setHit] = useState(0)
  const area = useRef<HTMLDivElement>(null)
  const text = document?.text ?? ''
  const cited = useMemo(() => {
    const { start, end } = place
    return start === null || end === null || start >= end || end > text.length ? null : { start, end }
  }, [place.start, place.end, text])
  const hits = useMemo(() => findHits(text, words), [text, words])
  const paragraphs = useMemo(() => paragraphsOf(text, cited, hits), [text, cited, hits])
  const goneStale = document !== null && place.start !== null && cited === null

  useEffect(() => {
    if (document !== null) area.current?.querySelector('mark.cited')?.scrollIntoView({ block: 'center' })
  }, [document, cited])
  useEffect(() => {
    if (words !== '') area.current?.querySelector(`mark[data-hit="${hit}"]`)?.scrollIntoView({ block: 'center' })
  }, [hit, words, hits])

  if (problem !== null) return problem.kind === 'notFound' ? <p role="alert">{wording.documentGone}</p> : <ProblemNote problem={problem} />
  if (document === null) return <p class="muted">{wording.loading}</p>
  const step = (by: 1 | -1) => setHit((now) => (hits.length === 0 ? 0 : (now + by + hits.length) % hits.length))
  return (
    <>
      <div class="reader-tools">
        <form
          class="search-field"
          onSubmit={(event) => {
            event.preventDefault()
            step(1)
          }}
        >
          <Icon name="search" />
          <input
            type="search"
            value={words}
            aria-label={wording.findInDocument}
            placeholder={wording.findInDocument}
            onInput={(event) => {
              setWords(event.currentTarget.value)
              setHit(0)
            }}
          />
          {words === '' ? null : (
            <>
              <span class="muted" role="status">
                {wording.hitCount(hit + 1, hits.length)}
              </span>
              <button type="button" class="icon-button" aria-label={wording.previousHit} onClick={() => step(-1)}>
                <Icon name="up" />
              </button>
              <button type="submit" class="icon-button" aria-label={wording.nextHit}>
                <Icon name="down" />
              </button>
            </>
          )}
        </form>
        <PageLink to={{ filters: { documentIds: [document.id] } }} class="quiet-button">
          <Icon name="search" />
          {wording.askWithin}
        </PageLink>
        <OriginalLink document={document} />
      </div>
      <DocumentFacts document={document} onChanged={reload} />
      {goneStale ? <p role="alert">{wording.offsetsGone}</p> : null}
      <div class="reader-text" ref={area} lang="vi">
        {paragraphs.map((paragraph) => (
          <ParagraphView key={paragraph.start} paragraph={paragraph} text={text} currentHit={hit} />
        ))}
      </div>
    </>
  )
}

function ParagraphView({
  paragraph,
  text,
  currentHit,
}: {
  readonly paragraph: Paragraph
  readonly text: string
  readonly currentHit: number
}) {
  return (
    <p>
      {paragraph.pieces.map(({ start, end, cited, hit }) => {
        const words = text.slice(start, end)
        if (!cited && hit === null) return words
        const classes = [cited ? 'cited' : '', hit === null ? '' : hit === currentHit ? 'hit hit-current' : 'hit'].filter(Boolean).join(' ')
        return (
          <mark key={start} class={classes} {...(hit === null ? {} : { 'data-hit': hit })}>
            {words}
          </mark>
        )
      })}
    </p>
  )
}
