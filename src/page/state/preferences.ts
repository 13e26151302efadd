// In: what this browser remembers. Out: language and theme as signals; both are put on the document element.
import { effect, signal } from '@preact/signals'
import type { Language } from '../text/dates.ts'

/** Light, dark, or what the system says. */
export type Theme = 'system' | 'light' | 'dark'

const stored = <T extends string>(key: string, allowed: readonly T[], fallback: T): T => {
  const value = localStorage.getItem(key)
  return allowed.find((one) => one === value) ?? fallback
}

/** Preferences of this browser; Vietnamese and the system's theme when nothing was chosen. */
export class Preferences {
  readonly language = signal<Language>(stored('thuky-language', ['vi', 'en'], 'vi'))
  readonly theme = signal<Theme>(stored('thuky-theme', ['system', 'light', 'dark'], 'system'))

  /** Keeps both in the browser and on the document from now on. */
  apply(): void {
    effect(() => {
      document.documentElement.lang = this.language.value
      localStorage.setItem('thuky-language', this.language.value)
    })
    effect(() => {
      if (this.theme.value === 'system') document.documentElement.removeAttribute('data-theme')
      else document.documentElement.dataset['theme'] = this.theme.value
      localStorage.setItem('thuky-theme', this.theme.value)
    })
  }
}
