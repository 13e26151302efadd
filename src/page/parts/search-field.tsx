// The field a catalogue is searched with. Knows nothing of what it searches.
import { usePage } from '../state/page-state.tsx'
import { Icon } from './icon.tsx'

/** What the field needs. */
export interface SearchFieldProps {
  /** For screen readers. */
  readonly label: string
  readonly typed: string
  readonly onTyped: (typed: string) => void
}

/** A labelled search field. */
export function SearchField({ label, typed, onTyped }: SearchFieldProps) {
  const { wording } = usePage()
  return (
    <label class="search-field">
      <Icon name="search" />
      <span class="offscreen">{label}</span>
      <input type="search" value={typed} onInput={(event) => onTyped(event.currentTarget.value)} placeholder={wording.searchPlaceholder} />
    </label>
  )
}
