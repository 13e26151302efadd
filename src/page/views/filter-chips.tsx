// In: filters. Out: one chip for each, which its button takes away. Shows nothing where nothing is filtered.
import { Icon } from '../parts/icon.tsx'
import type { Filters } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { shownDate } from '../text/dates.ts'
import { withoutConference, withoutDocument } from '../text/filters.ts'

/** Chips of filters. `asksAgain` says so on their buttons. */
export function FilterChips({
  filters,
  onChange,
  asksAgain = false,
}: {
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
  readonly asksAgain?: boolean
}) {
  const { library, language, wording } = usePage()
  const { conferenceIds = [], documentIds = [], from, to } = filters
  const dates = [
    from === undefined ? '' : wording.since(shownDate(from, language)),
    to === undefined ? '' : wording.until(shownDate(to, language)),
  ]
  const chips = [
    ...conferenceIds.map((id) => ({
      key: id,
      name: library.conference(id)?.name ?? id,
      lang: 'vi',
      without: () => withoutConference(filters, id),
    })),
    ...documentIds.map((id) => ({
      key: `document-${id}`,
      name: library.documents.value?.find((document) => document.id === id)?.title ?? id,
      lang: 'vi',
      without: () => withoutDocument(filters, id),
    })),
    ...(from === undefined && to === undefined
      ? []
      : [
          {
            key: 'dates',
            name: dates.filter(Boolean).join(' '),
            lang: undefined,
            without: () => ({ ...(conferenceIds.length > 0 ? { conferenceIds } : {}), ...(documentIds.length > 0 ? { documentIds } : {}) }),
          },
        ]),
  ]
  if (chips.length === 0) return null
  return (
    <ul class="chips">
      {chips.map(({ key, name, lang, without }) => {
        const label = asksAgain ? wording.removeFilter(name) : wording.dropFilter(name)
        return (
          <li key={key} class="chip">
            <span lang={lang}>{name}</span>
            <button type="button" class="chip-remove" aria-label={label} title={label} onClick={() => onChange(without())}>
              <Icon name="close" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
