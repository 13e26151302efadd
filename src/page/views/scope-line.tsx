// How a question was understood: the complete question when it was a follow-up, and where was searched, as chips that one click changes.
import { useState } from 'preact/hooks'
import { usePage } from '../state/page-state.tsx'
import type { Turn } from '../state/turns.ts'
import { effectiveFilters, isUnfiltered } from '../text/filters.ts'
import { FilterChips } from './filter-chips.tsx'
import { ScopeDialog } from './scope-dialog.tsx'
import type { Filters } from '../state/contract.ts'

/** Most conferences shown as chips. */
const MAX_CHIPS = 4

/** The line below a question. */
export function ScopeLine({ turn }: { readonly turn: Turn }) {
  const page = usePage()
  const { wording } = page
  const [open, setOpen] = useState(false)
  const { question, answer, interpretation, state } = turn
  if (interpretation === null) return null
  const effective = effectiveFilters(turn.filters, interpretation)
  const { conferenceIds = [] } = effective
  const shown = { ...effective, ...(conferenceIds.length === 0 ? {} : { conferenceIds: conferenceIds.slice(0, MAX_CHIPS) }) }
  const standalone = answer?.standaloneQuestion ?? question
  const askAgain = (filters: Filters) => void page.ask(standalone, filters, 'filters')
  const restored = (next: Filters): Filters => ({
    ...next,
    ...(conferenceIds.length > MAX_CHIPS ? { conferenceIds: [...(next.conferenceIds ?? []), ...conferenceIds.slice(MAX_CHIPS)] } : {}),
  })
  return (
    <div class="scope">
      {standalone === question ? null : (
        <p class="muted">
          {wording.searchedAs} <span lang={answer?.language ?? 'vi'}>{standalone}</span>
        </p>
      )}
      <div class="scope-line">
        <span class="muted">{state === 'done' ? wording.searchedIn : wording.searchingIn}</span>
        {isUnfiltered(effective) ? (
          <span>{wording.wholeCorpus}</span>
        ) : (
          <FilterChips filters={shown} onChange={(next) => askAgain(restored(next))} asksAgain />
        )}
        {conferenceIds.length > MAX_CHIPS ? <span class="muted">{wording.andMore(conferenceIds.length - MAX_CHIPS)}</span> : null}
        <button type="button" class="link-button" onClick={() => setOpen(true)}>
          {wording.changeScope}
        </button>
      </div>
      {open ? (
        <ScopeDialog filters={effective} submitLabel={wording.applyAndAsk} onClose={() => setOpen(false)} onApply={askAgain} />
      ) : null}
    </div>
  )
}
