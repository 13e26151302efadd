// In: a title and content. Out: a modal dialog or a sheet at the side: focus kept inside, Escape closes, focus goes back afterwards.
import * as dialog from '@zag-js/dialog'
import { normalizeProps, useMachine } from '@zag-js/preact'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { usePage } from '../state/page-state.tsx'
import { Icon } from './icon.tsx'
import { Portal } from './portal.tsx'

/** Settings of a dialog. */
export interface DialogOptions {
  readonly title: string
  /** Language of the title when it is not that of the interface. */
  readonly titleLang?: string
  readonly description?: string
  readonly shape?: 'box' | 'sheet' | 'drawer'
  /** `alertdialog` for questions about something that cannot be undone. */
  readonly role?: 'dialog' | 'alertdialog'
  readonly onClose: () => void
  /** What is focused first; the first control otherwise. */
  readonly initialFocus?: () => HTMLElement | null
  /** Stays in sight below the title while the content scrolls. */
  readonly tools?: ComponentChildren
  readonly children: ComponentChildren
}

/** A dialog that is open for as long as it is rendered. */
export function Dialog({
  title,
  titleLang,
  description,
  shape = 'box',
  role = 'dialog',
  onClose,
  initialFocus,
  tools,
  children,
}: DialogOptions) {
  const { wording } = usePage()
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: true,
    role,
    onOpenChange: ({ open }) => {
      if (!open) onClose()
    },
    ...(initialFocus === undefined ? {} : { initialFocusEl: initialFocus }),
  })
  const api = dialog.connect(service, normalizeProps)
  return (
    <Portal>
      <div {...api.getBackdropProps()} class="backdrop" />
      <div {...api.getPositionerProps()} class={`dialog-place dialog-place-${shape}`}>
        <section {...api.getContentProps()} class={`dialog dialog-${shape}`}>
          <header class="dialog-head">
            <h2 {...api.getTitleProps()} class="dialog-title" lang={titleLang}>
              {title}
            </h2>
            <button {...api.getCloseTriggerProps()} class="icon-button" aria-label={wording.close} title={wording.close}>
              <Icon name="close" />
            </button>
            {tools}
          </header>
          {description === undefined ? null : (
            <p {...api.getDescriptionProps()} class="dialog-text">
              {description}
            </p>
          )}
          {children}
        </section>
      </div>
    </Portal>
  )
}
