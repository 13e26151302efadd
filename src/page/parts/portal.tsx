// In: content. Out: the same at the end of the document's body, above everything else.
// Zag's own portal does not run with Preact 11: it was compiled for React.
import { type ComponentChildren, Fragment, h } from 'preact'
import { createPortal } from 'preact/compat'

/** Renders its content at the end of the body. */
export function Portal({ children }: { readonly children: ComponentChildren }) {
  return createPortal(h(Fragment, null, children), document.body)
}
