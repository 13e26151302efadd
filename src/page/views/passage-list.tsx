// The passages that were looked at, best first, for people who want to see them; folded away until asked for.
import { PageLink } from '../parts/page-link.tsx'
import type { Passage } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'

/** The folded list. */
export function PassageList({ passages, answerId }: { readonly passages: readonly Passage[]; readonly answerId: string }) {
  const { navigation, wording } = usePage()
  const { conversationId, filters } = navigation.address.value
  return (
    <details class="passages">
      <summary>{wording.passages(passages.length)}</summary>
      <ol>
        {passages.map(({ document, conference, text, start, end, score }) => (
          <li key={`${document.id}-${start}`}>
            <PageLink to={{ conversationId, answerId, filters, place: { documentId: document.id, start, end } }} lang="vi">
              {conference.name}
            </PageLink>
            <span class="muted">
              {' '}
              · {wording.relevance} {Math.round(score * 100)}%
            </span>
            <p lang="vi" class="passage-text">
              {text}
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}
