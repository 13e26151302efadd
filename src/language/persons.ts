// In: a text with capitals. Out: the people it names, with the titles that introduce them, and who holds an office. A name
// without title and without a Vietnamese surname is not taken for a person here.
import { z } from 'zod'
import { foldAligned, hasAccents } from './folding.ts'
import { type NameSpan, properNameSpans } from './proper-names.ts'
import type { Span } from './spans.ts'

/** The shape of `data/titles.json`. */
export const titleFileSchema = z.object({
  ranks: z.array(z.string().min(1)),
  offices: z.array(z.string().min(1)),
  honorifics: z.array(z.string().min(1)),
  surnames: z.array(z.string().min(1)),
  plainSurnames: z.array(z.string().min(1)),
})

/** A person at a place of a text. */
export interface PersonMention extends Span {
  /** As written, without title. */
  readonly name: string
}

const alternatives = (words: readonly string[]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('|')

/** Most characters between an office and the name it introduces: "Phó Giám đốc Công an tỉnh …". */
const MAX_BETWEEN = 45

/** Finds people in texts by their titles and surnames. */
export class PersonTable {
  readonly #introduced: RegExp
  readonly #office: RegExp
  readonly #which: RegExp
  readonly #titles: ReadonlySet<string>
  readonly #surnames: ReadonlySet<string>

  constructor({ ranks, offices, honorifics, surnames }: z.output<typeof titleFileSchema>) {
    const titles = alternatives([...ranks, ...offices, ...honorifics])
    this.#introduced = new RegExp(`(?<![\\p{L}\\p{N}])(?:${titles})(?:\\s[\\p{L}\\p{N} ]{0,${MAX_BETWEEN}})?[\\s-]*$`, 'iu')
    this.#office = new RegExp(
      `(?<![\\p{L}\\p{N}])(?<office>(?:${alternatives(offices)})(?:\\s+(?!${NO_PART_OF_OFFICE})[\\p{L}]+){0,7})`,
      'iu',
    )
    this.#which = new RegExp(`(?<![\\p{L}\\p{N}])(?<title>${foldAligned(alternatives([...ranks, ...offices]))}) nao(?![\\p{L}\\p{N}])`, 'u')
    this.#titles = new Set([...ranks, ...offices].map((title) => title.toLowerCase()))
    this.#surnames = new Set(surnames)
  }

  /** People in the order of the text. */
  mentions(text: string): PersonMention[] {
    return properNameSpans(text)
      .map((span) => this.#withSurname(span, text))
      .filter(({ name, start }) => {
        const isNamedSo = this.#surnames.has((name.split(/\s/)[0] as string).toLowerCase())
        return isNamedSo || this.#introduced.test(text.slice(Math.max(0, start - 80), start))
      })
  }

  /** A surname that is also the word for a body ("Đoàn") belongs to the name behind it. */
  #withSurname(span: NameSpan, text: string): NameSpan {
    const before = /(\p{Lu}\p{Ll}+) $/u.exec(text.slice(Math.max(0, span.start - 12), span.start))?.[1]
    if (before === undefined || !this.#surnames.has(before.toLowerCase())) return span
    const start = span.start - before.length - 1
    return { name: text.slice(start, span.end), start, end: span.end }
  }

  /** The office a question asks the holder of: "Bộ trưởng Bộ Công an" in "Bộ trưởng Bộ Công an là ai?". */
  officeIn(question: string): string | undefined {
    return this.#office.exec(question)?.groups?.['office']?.trim()
  }

  /**
   * The folded title a question asks for: "thu truong" in "Thứ trưởng nào điều hành?", with or without accents; what has other
   * accents ("sinh viên trường nào") asks for none.
   */
  titleAskedFor(question: string): string | undefined {
    const match = this.#which.exec(foldAligned(question))
    const title = match?.groups?.['title']
    if (match === null || title === undefined) return undefined
    const written = question.slice(match.index, match.index + title.length)
    return hasAccents(written) && !this.#titles.has(written.toLowerCase()) ? undefined : title
  }

  /** Whether someone a text mentions bears a folded title: it stands before the name, or among the titles behind it. */
  isBorne(title: string, text: string): boolean {
    const asked = new RegExp(`^${title}(?![\\p{L}\\p{N}])`, 'u')
    const isTitle = (words: string) => asked.test(foldAligned(words.trim()))
    return this.mentions(text).some((person) => {
      const behind = TITLES_BEHIND.exec(text.slice(person.end))?.[0] ?? ''
      return this.isIntroducedAs(title, text, person) || behind.split(/[,–-]/).some(isTitle)
    })
  }

  /** Whether a folded title stands before someone a text mentions. */
  isIntroducedAs(title: string, text: string, { start }: PersonMention): boolean {
    const before = foldAligned(text.slice(Math.max(0, start - title.length - MAX_BETWEEN), start))
    return new RegExp(`(?<![\\p{L}\\p{N}])${title}(?![\\p{L}\\p{N}])[^,.;:]*$`, 'u').test(before)
  }

  /**
   * Who holds an office by the words of a sentence: the name stands right behind the office, or before it with nothing but
   * other titles between. Undefined when the sentence does not say.
   */
  holderOf(office: string, sentence: string): string | undefined {
    const source = alternatives([office])
    for (const match of sentence.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'giu'))) {
      if (/(?:thay mặt|phó|nguyên|cựu)\s+$/iu.test(sentence.slice(0, match.index))) continue
      const end = match.index + match[0].length
      const behind = this.mentions(sentence).find(({ start }) => /^[\s,]*$/.test(sentence.slice(end, start)) && start >= end)
      if (behind !== undefined && sentence[end] !== ',') return behind.name
      const before = this.mentions(sentence).findLast((mention) => mention.end <= match.index)
      if (before !== undefined && TITLES_BETWEEN.test(sentence.slice(before.end, match.index))) return before.name
    }
    return undefined
  }
}

/** Words that end the name of an office in a question. */
const NO_PART_OF_OFFICE =
  '(?:là|nào|ai|gì|hiện|hồi|hôm|cuối|năm|tháng|ngày|khi|có|đã|được|với|và|hay|ở|tại|trong|do|của\\s+ai|phát|chủ|nói|nêu|yêu|cho|kết|khai|bế|tên|lúc|vào|tham|dự)(?![\\p{L}\\p{N}])'
/** A title behind a name: behind a comma or a dash and with a capital. */
const TITLE_BEHIND = '\\s*[,–-]\\s*\\p{Lu}[^,.;:–]{0,80}'
const TITLES_BEHIND = new RegExp(`^(?:${TITLE_BEHIND})+`, 'u')
/** Between a name and an office behind it: nothing but titles. */
const TITLES_BETWEEN = new RegExp(`^(?:${TITLE_BEHIND})*\\s*[,–-]\\s*$`, 'u')
