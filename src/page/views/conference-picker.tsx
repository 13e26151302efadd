// In: the conferences of the corpus. Out: a field that lists those that fit what is typed, in any accents; picking one tells its id.
import * as combobox from '@zag-js/combobox'
import { normalizeProps, useMachine } from '@zag-js/preact'
import type { RefObject } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import type { Conference } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { shownDate } from '../text/dates.ts'
import { matches } from '../text/fold.ts'

/** Most conferences listed at once; typing finds the others. */
const MAX_LISTED = 50

/** The field to pick a conference. */
export function ConferencePicker({
  field,
  onPick,
}: {
  readonly field: RefObject<HTMLInputElement | null>
  readonly onPick: (id: string) => void
}) {
  const { library, language, wording } = usePage()
  const [typed, setTyped] = useState('')
  const all = library.conferences.value ?? []
  const fitting = useMemo(
    () => all.filter(({ name, date, ordinal }) => matches(`${name} ${ordinal ?? ''} ${date ?? ''}`, typed)).slice(0, MAX_LISTED),
    [all, typed],
  )
  const collection = useMemo(
    () => combobox.collection<Conference>({ items: fitting, itemToValue: ({ id }) => id, itemToString: ({ name }) => name }),
    [fitting],
  )
  const service = useMachine(combobox.machine as combobox.Machine<Conference>, {
    id: useId(),
    collection,
    value: [],
    inputValue: typed,
    selectionBehavior: 'clear',
    openOnClick: true,
    positioning: { sameWidth: true, placement: 'bottom' },
    onInputValueChange: ({ inputValue }) => setTyped(inputValue),
    onValueChange: ({ value: [id] }) => {
      if (id !== undefined) onPick(id)
      setTyped('')
    },
  })
  const api = combobox.connect(service, normalizeProps)
  return (
    <div {...api.getRootProps()} class="field">
      <label {...api.getLabelProps()} for={api.getInputProps().id}>
        {wording.conferenceFilter}
      </label>
      <div {...api.getControlProps()} class="picker">
        <input
          {...api.getInputProps()}
          type="text"
          role="combobox"
          aria-expanded={api.open}
          ref={field}
          placeholder={wording.conferenceFilterPlaceholder}
        />
        <button {...api.getTriggerProps()} class="icon-button" aria-label={wording.showConferences}>
          <Icon name="down" />
        </button>
      </div>
      <div {...api.getPositionerProps()} class="menu-place">
        <ul {...api.getContentProps()} class="menu picker-list">
          {fitting.map((conference) => (
            <li key={conference.id} {...api.getItemProps({ item: conference })} class="menu-item" lang="vi">
              <span>{conference.name}</span>
              {conference.date === null ? null : <span class="muted">{shownDate(conference.date, language)}</span>}
            </li>
          ))}
          {fitting.length === 0 ? <li class="muted menu-item">{wording.noConferenceFits}</li> : null}
        </ul>
      </div>
    </div>
  )
}
