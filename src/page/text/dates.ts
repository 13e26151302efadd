// In: dates of the contract, as precise as their source. Out: the same as people write them; and back. Pure.

/** Interface languages. */
export type Language = 'vi' | 'en'

/** 29/12/2021, 12/2021, 2021; in English 29 Dec 2021, Dec 2021, 2021. A time of day follows where there is one. */
export function shownDate(date: string, language: Language): string {
  const [day = '', time] = date.split('T')
  const parts = day.split('-')
  const shown = language === 'vi' ? [...parts].reverse().join('/') : englishDate(parts)
  return time === undefined ? shown : `${shown}, ${time.slice(0, 5)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function englishDate([year = '', month, day]: readonly string[]): string {
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), name, year].filter(Boolean).join(' ')
}

/**
 * A date as people type it: 29/12/2021, 29-12-2021, 12/2021, 2021, or as the contract writes it. ISO, as precise as it was typed;
 * null when it is no date.
 */
export function typedDate(typed: string): string | null {
  const parts = typed.trim().split(/[\s/.-]+/)
  const ordered = parts[0]?.length === 4 ? parts : [...parts].reverse()
  const [year = '', month, day] = ordered
  if (ordered.length > 3 || !/^\d{4}$/.test(year) || ordered.slice(1).some((part) => !/^\d{1,2}$/.test(part))) return null
  const iso = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined).join('-')
  const whole = new Date(`${iso}${'-01'.repeat(3 - ordered.length)}T00:00:00Z`)
  return !Number.isNaN(whole.getTime()) && whole.toISOString().startsWith(iso) ? iso : null
}
