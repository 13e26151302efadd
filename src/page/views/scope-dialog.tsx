// Where to search: conferences chosen from a list that is searched as one types, and a first and last day.
import { useRef, useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import type { Filters } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { shownDate, typedDate } from '../text/dates.ts'
import { isUnfiltered, withoutConference } from '../text/filters.ts'
import { ConferencePicker } from './conference-picker.tsx'
import { FilterChips } from './filter-chips.tsx'

/** The dialog to narrow a search. */
export function ScopeDialog({
  filters,
  submitLabel,
  onApply,
  onClose,
}: {
  readonly filters: Filters
  readonly submitLabel: string
  readonly onApply: (filters: Filters) => void
  readonly onClose: () => void
}) {
  const { wording } = usePage()
  const dateOf = (date: string | undefined) => (date === undefined ? '' : shownDate(date, 'vi'))
  const [chosen, setChosen] = useState(filters)
  const picker = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState({ from: dateOf(filters.from), to: dateOf(filters.to) })
  const [from, to] = [typedDate(typed.from), typedDate(typed.to)]
  const unreadable = (typed.from.trim() !== '' && from === null) || (typed.to.trim() !== '' && to === null)
  const reversed = from !== null && to !== null && from.slice(0, to.length) > to
  const dated = (): Filters => {
    const { from: _from, to: _to, ...rest } = chosen
    return { ...rest, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }
  }
  const setDates = (next: Filters) => {
    setChosen(next)
    setTyped({ from: dateOf(next.from), to: dateOf(next.to) })
  }
  const apply = (next: Filters) => {
    onApply(next)
    onClose()
  }
  const { conferenceIds = [] } = chosen
  const toggle = (id: string) =>
    setChosen(conferenceIds.includes(id) ? withoutConference(chosen, id) : { ...chosen, conferenceIds: [...conferenceIds, id] })
  return (
    <Dialog title={wording.scopeTitle} description={wording.scopeText} onClose={onClose} initialFocus={() => picker.current}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!reversed && !unreadable) apply(dated())
        }}
      >
        <ConferencePicker field={picker} onPick={toggle} />
        <FilterChips filters={dated()} onChange={setDates} />
        <div class="field-row">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} class="field">
              {end === 'from' ? wording.fromDate : wording.toDate}
              <input
                value={typed[end]}
                placeholder={wording.datePlaceholder}
                aria-invalid={typed[end].trim() !== '' && typedDate(typed[end]) === null}
                autocomplete="off"
                onInput={(event) => setTyped({ ...typed, [end]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
        {reversed || unreadable ? (
          <p class="field-problem" role="alert">
            {unreadable ? wording.dateUnreadable : wording.datesReversed}
          </p>
        ) : null}
        <div class="form-buttons">
          {isUnfiltered(filters) ? null : (
            <button type="button" class="button" onClick={() => apply({})}>
              {wording.clearScope}
            </button>
          )}
          <button type="submit" class="button button-main">
            {submitLabel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
