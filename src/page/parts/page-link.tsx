// In: a place on the page. Out: a link to it that changes the page without loading it again; a new tab still works.
import type { ComponentChildren } from 'preact'
import { hrefOf } from '../state/navigation.ts'
import { usePage } from '../state/page-state.tsx'
import { type Address, START } from '../text/address.ts'

/** Settings of a link. */
export interface PageLinkOptions {
  /** What is not named is as at the start of the page. */
  readonly to: Partial<Address>
  readonly class?: string
  readonly current?: boolean
  readonly lang?: string
  readonly onFollow?: () => void
  readonly children: ComponentChildren
}

/** A link within the page. */
export function PageLink({ to, current = false, onFollow, children, ...rest }: PageLinkOptions) {
  const { navigation } = usePage()
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigation.go({ ...START, ...to })
    onFollow?.()
  }
  return (
    <a href={hrefOf(to)} onClick={follow} aria-current={current ? 'page' : undefined} {...rest}>
      {children}
    </a>
  )
}
