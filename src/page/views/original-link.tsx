// In: a document. Out: a link to where it was published, if that is known and a web address.
import { Icon } from '../parts/icon.tsx'
import { usePage } from '../state/page-state.tsx'

/** The link, or nothing. */
export function OriginalLink({
  document: { url, publisher },
}: {
  readonly document: { readonly url: string | null; readonly publisher: string | null }
}) {
  const { wording } = usePage()
  if (url === null || !/^https?:\/\//i.test(url)) return null
  return (
    <a class="quiet-button" href={url} target="_blank" rel="noreferrer noopener">
      <Icon name="external" />
      {publisher === null ? wording.openOriginal : wording.originalAt(publisher)}
      <span class="offscreen"> ({wording.newTab})</span>
    </a>
  )
}
