// In: `data/other-names.json`. Out: the other names of what a name names, so that what is asked of "Mỹ" may be answered by what is
// said of "Hoa Kỳ". Decides nothing.
import { z } from 'zod'
import { syllables } from './syllables.ts'

/** The shape of `data/other-names.json`: rows of names for one thing. */
export const otherNamesFileSchema = z.object({ names: z.array(z.array(z.string().min(1)).min(2)) })

/** Looks other names up. */
export class OtherNames {
  readonly #rows = new Map<string, readonly string[]>()

  constructor(rows: readonly (readonly string[])[]) {
    for (const row of rows) {
      const keys = [...new Set(row.map(keyOf))]
      for (const key of keys) this.#rows.set(key, [...(this.#rows.get(key) ?? []), ...keys.filter((other) => other !== key)])
    }
  }

  /** Names for the same thing. @param key folded syllables joined by spaces, as are those returned */
  of(key: string): readonly string[] {
    return this.#rows.get(key) ?? []
  }
}

const keyOf = (name: string) =>
  syllables(name)
    .map(({ folded }) => folded)
    .join(' ')
