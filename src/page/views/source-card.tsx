// In: a citation. Out: a card: what it says word for word, and where: conference, number, date, document, publisher.
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { PageLink } from '../parts/page-link.tsx'
import type { Citation } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { citationText } from '../text/citation-text.ts'
import { placeOf } from '../text/citation-place.ts'
import { shownDate } from '../text/dates.ts'
import { OriginalLink } from './original-link.tsx'

/** A card for a citation. `numbered` shows its marker. */
export function SourceCard({
  citation,
  answerId,
  numbered = true,
}: {
  readonly citation: Citation
  readonly answerId: string | null
  readonly numbered?: boolean
}) {
  const { navigation, language, wording } = usePage()
  const { conversationId, filters } = navigation.address.value
  const { marker, conference, document, quote, source } = citation
  const facts = [
    conference.ordinal === null ? '' : wording.ordinal(conference.ordinal),
    conference.date === null ? '' : shownDate(conference.date, language),
    document.publisher ?? '',
  ].filter(Boolean)
  return (
    <section class="source" aria-label={wording.sourceNumber(marker)}>
      <header class="source-head">
        {numbered ? (
          <span class="source-number" aria-hidden="true">
            {marker}
          </span>
        ) : null}
        <div>
          <h3 class="source-conference" lang="vi">
            {conference.name}
          </h3>
          <p class="source-facts">{facts.join(' · ')}</p>
        </div>
      </header>
      {document.title === conference.name ? null : (
        <p class="source-title" lang="vi">
          {document.title}
        </p>
      )}
      <blockquote class="source-quote" lang="vi">
        {quote}
      </blockquote>
      {source === undefined ? null : <p class="source-state">{wording.sourceStates[source.state]}</p>}
      <div class="source-links">
        <PageLink to={{ conversationId, answerId, filters, place: placeOf(citation) }} class="quiet-button source-open">
          <Icon name="document" />
          {wording.openInDocument}
        </PageLink>
        <CopyButton label={wording.copyCitation} text={() => citationText(citation, { wording, language })} />
        <OriginalLink document={document} />
      </div>
    </section>
  )
}
