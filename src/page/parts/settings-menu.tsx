// The menu of preferences: language, light or dark, the key, the API's documentation.
import { usePage } from '../state/page-state.tsx'
import type { Theme } from '../state/preferences.ts'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

const LANGUAGES = [
  { value: 'vi', label: 'Tiếng Việt' },
  { value: 'en', label: 'English' },
] as const

/** The settings button. */
export function SettingsMenu({ onKey }: { readonly onKey: () => void }) {
  const { preferences, wording } = usePage()
  const { language, theme } = preferences
  const languages = LANGUAGES.map(({ value, label }) => ({
    value,
    label,
    lang: value,
    checked: language.value === value,
    run: () => {
      language.value = value
    },
  }))
  const themes = THEMES.map((value) => ({
    value,
    label: wording.themes[value],
    checked: theme.value === value,
    run: () => {
      theme.value = value
    },
  }))
  const others = [
    { value: 'key', label: wording.apiKey, run: onKey },
    { value: 'docs', label: wording.apiDocumentation, run: () => location.assign('docs') },
  ]
  return (
    <Menu
      label={wording.settings}
      groups={[
        { heading: wording.language, items: languages },
        { heading: wording.appearance, items: themes },
        { heading: '', items: others },
      ]}
    >
      <Icon name="settings" />
    </Menu>
  )
}
