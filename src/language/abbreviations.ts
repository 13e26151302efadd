// In: abbreviation entries (data, plus "X (ABC)" pairs read from texts) and a text. Out: the long forms the text abbreviates.
// Both sides of a search are expanded; the short form always stays searchable too.
import { z } from 'zod'
import { fold } from './folding.ts'
import { remembered } from './remembered.ts'
import { syllables } from './syllables.ts'
import { hasSyllableShape } from './telex-syllable.ts'
import { UnitKind, unitKind } from './words.ts'

/** One abbreviation: its spellings and what they stand for. */
export interface Abbreviation {
  readonly short: readonly string[]
  readonly long: string
}

/** The shape of `data/abbreviations.json`. */
export const abbreviationFileSchema = z.object({
  entries: z.array(z.object({ short: z.array(z.string().min(1)).min(1), long: z.string().min(1) })),
})

/** A short form in small letters, without dots and slashes. */
const plainForm = (text: string) => text.normalize('NFC').toLowerCase().replace(/[./]/g, '')

/** Whether a short form is written so: every letter as it is or without its marks ("TƯ" as "Tu", but not as "Từ"). */
function isWritten(form: string, word: string): boolean {
  if (form === word) return true
  const bare = fold(form)
  return form.length === word.length && [...word].every((letter, i) => letter === form[i] || letter === bare[i])
}

/** Least number of words whose meanings are remembered. */
const REMEMBERED_WORDS = 8192

const WORD = /[\p{L}\p{N}]+(?:[./]\p{L}+)*/gu

const isLetterOrNumber = (text: string, at: number) => {
  const kind = at < text.length ? unitKind(text, at) : UnitKind.other
  return kind === UnitKind.letter || kind === UnitKind.number
}

const isLetter = (text: string, at: number) => at < text.length && unitKind(text, at) === UnitKind.letter

/** Whether a short form may go on behind letters that end there: "T.Ư", "đ/c". */
export const goesOn = (text: string, end: number): boolean => (text[end] === '.' || text[end] === '/') && isLetter(text, end + 1)

/** Where a match of `WORD` that begins at a place ends. */
function shortFormEnd(text: string, start: number): number {
  let end = start
  while (isLetterOrNumber(text, end)) end++
  while (goesOn(text, end)) {
    end++
    while (isLetter(text, end)) end++
  }
  return end
}

/**
 * Whether a word may be an abbreviation as it is written: in small letters, with a capital before them or not, only where it cannot be
 * a syllable ("bca", not "ca" or "Ca").
 */
function mayAbbreviate(word: string): boolean {
  const rest = word.slice(1)
  return (rest !== '' && rest !== rest.toLowerCase()) || /[./\d]/.test(word) || !hasSyllableShape(fold(word.toLowerCase()))
}

/** A short form and what it stands for. */
interface Meaning {
  /** See `plainForm`. */
  readonly form: string
  readonly long: string
}

/** Looks abbreviations up in texts. */
export class AbbreviationTable {
  /** By the short form without marks. */
  readonly #byKey = new Map<string, Meaning[]>()

  /** Later entries add meanings to earlier ones; an abbreviation may stand for several things. */
  constructor(entries: Iterable<Abbreviation>) {
    for (const { short, long } of entries) {
      for (const form of short.map(plainForm)) {
        const known = this.#byKey.get(fold(form)) ?? []
        if (!known.some((other) => other.form === form && other.long === long)) this.#byKey.set(fold(form), [...known, { form, long }])
      }
    }
  }

  /** A language has few words, and each is looked up in every sentence. */
  readonly #meanings = remembered<readonly string[]>((word) => {
    const plain = plainForm(word)
    const known = mayAbbreviate(word) ? (this.#byKey.get(fold(plain)) ?? []) : []
    return [...new Set(known.filter(({ form }) => isWritten(form, plain)).map(({ long }) => long))]
  }, REMEMBERED_WORDS)

  /** The text with its abbreviations in capitals, where they can be told from syllables in small letters. */
  capitalised(text: string): string {
    return text.replace(WORD, (word) => (this.#meanings(word).length > 0 ? word.toUpperCase() : word))
  }

  /** This table and more entries; this one stays as it is. */
  with(entries: readonly Abbreviation[]): AbbreviationTable {
    if (entries.length === 0) return this
    const known = [...this.#byKey.values()].flat().map(({ form, long }) => ({ short: [form], long }))
    return new AbbreviationTable([...known, ...entries])
  }

  /** The text with every abbreviation written out in its first meaning. */
  writtenOut(text: string): string {
    return text.replace(WORD, (word) => this.#meanings(word)[0] ?? word)
  }

  /** Long forms of the abbreviations in a text, in order; dotted spellings ("T.Ư", "đ/c") count. */
  expansions(text: string): string[] {
    const found: string[] = []
    let at = 0
    while (at < text.length) {
      const end = isLetterOrNumber(text, at) ? shortFormEnd(text, at) : at
      if (end > at) found.push(...this.#meanings(text.slice(at, end)))
      at = Math.max(end, at + 1)
    }
    return found
  }
}

const BRACKETED = /\(\s*([\p{Lu}\p{N}]{2,10})\s*\)/gu
/** What may stand before the bracket. Looked for from the bracket on backwards: from the front every place would have to be tried. */
const BEFORE = /[\p{L}\p{N} ,]{4,80}$/u
const MAX_BEFORE = 160

/** Pairs a text itself defines: "trật tự, an toàn xã hội (TTATXH)" when the capitals are the initials of the words before. */
export function definedAbbreviations(text: string): Abbreviation[] {
  const found: Abbreviation[] = []
  for (const { 1: short = '', index } of text.matchAll(BRACKETED)) {
    const before = BEFORE.exec(text.slice(Math.max(0, index - MAX_BEFORE), index))?.[0]
    if (before === undefined) continue
    const words = syllables(before)
    const wanted = fold(short).toLowerCase()
    const initials = words.map((word) => word.folded[0] ?? '').join('')
    if (!initials.endsWith(wanted) || wanted.length < 2) continue
    const first = words[words.length - wanted.length]
    if (first !== undefined) found.push({ short: [short], long: before.slice(first.start).trim() })
  }
  return found
}
