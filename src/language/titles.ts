// In: a text. Out: the ranks and offices in it, and whose they are by where they stand.
import type { z } from 'zod'
import type { PersonMention, PersonTable, titleFileSchema } from './persons.ts'
import type { Span } from './spans.ts'
import { syllables } from './syllables.ts'

/** A rank or office at a place of a text. */
export interface TitleMention extends Span {
  /** Comparison key, see `syllableKey`. */
  readonly key: string
}

/** Comparison key of a title or a name: its syllables with their marks, in small letters. */
export const keyOf = (text: string) =>
  syllables(text)
    .map(({ key }) => key)
    .join(' ')

/** Finds ranks and offices. */
export class Titles {
  /** Syllables of the titles by their first one, longer titles first. */
  readonly #byFirst: ReadonlyMap<string, readonly (readonly string[])[]>
  readonly #ranks: ReadonlySet<string>

  constructor(
    { ranks, offices }: z.output<typeof titleFileSchema>,
    private readonly persons: PersonTable,
  ) {
    this.#ranks = new Set(ranks.map(keyOf))
    const keys = [...ranks, ...offices].map((title) => keyOf(title).split(' ')).sort((a, b) => b.length - a.length)
    this.#byFirst = new Map(keys.map(([first = '']) => [first, keys.filter((key) => key[0] === first)]))
  }

  /** Whether the key of a title is that of a rank or of an office. */
  kindOf(key: string): 'rank' | 'office' {
    return this.#ranks.has(key) ? 'rank' : 'office'
  }

  /** Ranks and offices in the order of the text; of two that overlap the longer one. */
  in(text: string): TitleMention[] {
    const words = syllables(text)
    const found: TitleMention[] = []
    for (let i = 0; i < words.length; i++) {
      const title = this.#byFirst.get(words[i]?.key ?? '')?.find((key) => key.every((syllable, at) => words[i + at]?.key === syllable))
      const [first, last] = [words[i], words[i + (title?.length ?? 1) - 1]]
      if (title === undefined || first === undefined || last === undefined) continue
      found.push({ key: title.join(' '), start: first.start, end: last.end })
      i += title.length - 1
    }
    return found
  }

  /**
   * Titles by the key of the person they can belong to: those before the name, and those behind it up to the next person, whose own
   * stand right before that name, or to the end of the sentence.
   * @param close only those right at the name: before it with nothing but words of the title between, or behind a comma or dash
   */
  byPerson(text: string, close = false): Map<string, Set<string>> {
    const people = this.persons.mentions(`; ${text}`).map((person) => ({ ...person, start: person.start - 2, end: person.end - 2 }))
    const titles = this.in(text)
    const owned = new Map<string, Set<string>>()
    for (const [i, person] of people.entries()) {
      const before = people[i - 1]?.end ?? 0
      const next = people[i + 1]?.start ?? text.length
      const stop = /[.;]\s/.exec(text.slice(person.end, next))
      const behind = stop === null ? next : person.end + stop.index
      const own = titles.filter((title) => {
        if (isClose(text, title, person, before)) return true
        if (close) return false
        const follower = people[i + 1]
        const isBehind = title.start >= person.end && title.end <= behind
        return (i === 0 && title.end <= person.start) || (isBehind && !(follower && isClose(text, title, follower, person.end)))
      })
      const key = keyOf(person.name)
      owned.set(key, new Set([...(owned.get(key) ?? []), ...own.map((title) => title.key)]))
    }
    return owned
  }
}

/** Longest stretch between an office and the name it introduces, in UTF-16 units: "Bộ trưởng Bộ Công an Tô Lâm". */
const LONGEST_OFFICE = 45

function isClose(text: string, title: Span, person: PersonMention, before: number): boolean {
  if (title.end <= person.start && title.start >= before) {
    const between = text.slice(title.end, person.start)
    return between.length <= LONGEST_OFFICE && !/[.;:"“”]/.test(between) && !/(?<!\p{L})\p{Ll}+ \p{Ll}+/u.test(between)
  }
  return title.start >= person.end && /^\s*[,–-]\s*$/.test(text.slice(person.end, title.start))
}
