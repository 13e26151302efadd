// In: a button's label and what can be done. Out: a menu that opens below the button; arrow keys, first letters and Escape work.
import * as menu from '@zag-js/menu'
import { normalizeProps, useMachine } from '@zag-js/preact'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Portal } from './portal.tsx'

/** One thing that can be done, or one choice of a group. */
export interface MenuItem {
  readonly value: string
  readonly label: string
  /** Language of the label when it is not that of the interface. */
  readonly lang?: string
  readonly run: () => void
  /** Whether it is the chosen one of its group; undefined for what is no choice. */
  readonly checked?: boolean
}

/** Items below one heading; the heading may be empty. */
export interface MenuGroup {
  readonly heading: string
  readonly items: readonly MenuItem[]
}

/** A button with a menu. */
export function Menu({
  label,
  groups,
  children,
  class: className = 'icon-button',
}: {
  readonly label: string
  readonly groups: readonly MenuGroup[]
  readonly children: ComponentChildren
  readonly class?: string
}) {
  const items = groups.flatMap((group) => group.items)
  const service = useMachine(menu.machine, {
    id: useId(),
    positioning: { placement: 'bottom-end' },
    onSelect: ({ value }) => items.find((item) => item.value === value)?.run(),
  })
  const api = menu.connect(service, normalizeProps)
  return (
    <>
      <button {...api.getTriggerProps()} type="button" class={className} aria-label={label} title={label}>
        {children}
      </button>
      <Portal>
        <div {...api.getPositionerProps()} class="menu-place">
          <div {...api.getContentProps()} class="menu">
            {api.open
              ? groups.map((group, i) => (
                  <div key={group.heading} {...api.getItemGroupProps({ id: `group-${i}` })} class="menu-group">
                    {group.heading === '' ? null : (
                      <div {...api.getItemGroupLabelProps({ htmlFor: `group-${i}` })} class="menu-heading">
                        {group.heading}
                      </div>
                    )}
                    {group.items.map((item) => (
                      <Item key={item.value} api={api} item={item} />
                    ))}
                  </div>
                ))
              : null}
          </div>
        </div>
      </Portal>
    </>
  )
}

function Item({ api, item: { value, label, lang, checked } }: { readonly api: menu.Api; readonly item: MenuItem }) {
  const props = checked === undefined ? api.getItemProps({ value }) : api.getOptionItemProps({ value, type: 'radio', checked })
  return (
    <div {...props} class="menu-item" lang={lang}>
      <span class="menu-check" aria-hidden="true">
        {checked ? '✓' : ''}
      </span>
      {label}
    </div>
  )
}
