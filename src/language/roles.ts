// In: a sentence or question. Out: the roles people play in it: who opened an event has not thereby closed it.
import { z } from 'zod'
import { syllableKey } from './canonical.ts'
import { fold, foldAligned, hasAccents } from './folding.ts'
import { remembered } from './remembered.ts'

/** The shape of `data/roles.json`. */
export const roleFileSchema = z.object({
  elsewhere: z.array(z.string().min(1)),
  roles: z.array(z.object({ id: z.string(), words: z.array(z.string().min(1)), not: z.array(z.string()) })),
})

/** One role, as in `data/roles.json`. */
export type Role = z.output<typeof roleFileSchema>['roles'][number]

/** Finds roles in texts, with or without accents. */
export class RoleTable {
  readonly #patterns: readonly { readonly id: string; readonly pattern: RegExp; readonly words: ReadonlySet<string> }[]
  readonly #usual: ReadonlyMap<string, string>
  readonly #excluded: ReadonlyMap<string, readonly string[]>
  readonly #elsewhere: RegExp | undefined

  /**
   * @param roles all roles
   * @param elsewhere words for a venue that only joins in
   */
  constructor(roles: readonly Role[], elsewhere: readonly string[] = []) {
    const source = (words: readonly string[]) =>
      [...words]
        .sort((a, b) => b.length - a.length)
        .map((word) => fold(word).toLowerCase().replace(/\s+/g, '\\s+'))
        .join('|')
    this.#patterns = roles.map(({ id, words }) => ({
      id,
      pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source(words)})(?![\\p{L}\\p{N}])`, 'gu'),
      words: new Set(words.map((word) => word.split(/\s+/).map(syllableKey).join(' '))),
    }))
    this.#elsewhere = elsewhere.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${source(elsewhere)})(?![\\p{L}\\p{N}])`, 'u')
    this.#usual = new Map(roles.flatMap(({ id, words }) => (words[0] === undefined ? [] : [[id, words[0]] as const])))
    this.#excluded = new Map(roles.map(({ id, not }) => [id, not]))
  }

  /** The usual words for the roles a text names: "mở đầu" is called "khai mạc" in reports. */
  usualWords(text: string): string[] {
    return [...this.rolesIn(text)].flatMap((id) => this.#usual.get(id) ?? [])
  }

  /** The text, folded, with spaces in the place of its words for roles. */
  blanked(text: string): string {
    const spaces = (words: string) => ' '.repeat(words.length)
    return this.#patterns.reduce((rest, { pattern }) => rest.replace(pattern, spaces), foldAligned(text))
  }

  /** Ids of the roles a text names, with or without accents; what has other accents ("nhân dân đạt", "dẫn dắt") is none. */
  readonly rolesIn: (text: string) => ReadonlySet<string> = remembered((text) => {
    const folded = foldAligned(text)
    const isTold = (match: RegExpExecArray, words: ReadonlySet<string>) => {
      const written = text.slice(match.index, match.index + match[0].length)
      return !hasAccents(written) || words.has(written.split(/\s+/).map(syllableKey).join(' '))
    }
    return new Set(
      this.#patterns
        .filter(({ pattern, words }) => [...folded.matchAll(pattern)].some((match) => isTold(match, words)))
        .map(({ id }) => id),
    )
  })

  /** Whether a text speaks of a venue that only joins in. */
  isElsewhere(text: string): boolean {
    return this.#elsewhere?.test(foldAligned(text)) === true
  }

  /**
   * How a sentence fits the roles asked for: 1 it names one, −1 it names only roles that exclude them or another venue's,
   * 0 it names none.
   * @param elsewhere whether the question itself asks about a venue that only joins in
   */
  agreement(asked: ReadonlySet<string>, sentence: string, elsewhere = false): -1 | 0 | 1 {
    if (asked.size === 0) return 0
    const named = this.rolesIn(sentence)
    if (named.size > 0 && !elsewhere && this.isElsewhere(sentence)) return -1
    if ([...asked].some((id) => named.has(id))) return 1
    return [...asked].some((id) => (this.#excluded.get(id) ?? []).some((other) => named.has(other))) ? -1 : 0
  }
}
