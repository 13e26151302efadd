// In: `data/titles.json`. Out: what a person's name is recognised by where capitals or accents are missing. Finds nothing itself.
import type { z } from 'zod'
import { syllableKey } from './canonical.ts'
import { fold } from './folding.ts'
import type { titleFileSchema } from './persons.ts'

/** What stands before a person's name, and what names begin with. */
export interface PersonNames {
  /** Folded, syllables joined by spaces. */
  readonly titles: ReadonlySet<string>
  /** Keys (`syllableKey`) of their syllables with accents, joined by spaces: "chú" is a title, "chủ" is none. */
  readonly titleKeys: ReadonlySet<string>
  /** Keys (`syllableKey`) with accents. */
  readonly surnames: ReadonlySet<string>
  /** Folded surnames that are hardly another word. */
  readonly plain: ReadonlySet<string>
}

/** Keys of the titles and surnames in the file. */
export function personNames({ ranks, offices, honorifics, surnames, plainSurnames }: z.output<typeof titleFileSchema>): PersonNames {
  const written = [...ranks, ...offices, ...honorifics].map((title) => title.replace(/[./]/g, ' ').trim())
  const titles = written.map((title) => fold(title).toLowerCase())
  const titleKeys = written.map((title) => title.split(' ').map(syllableKey).join(' '))
  return {
    titles: new Set(titles),
    titleKeys: new Set(titleKeys),
    surnames: new Set(surnames.map(syllableKey)),
    plain: new Set(plainSurnames),
  }
}
