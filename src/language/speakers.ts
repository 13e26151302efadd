// In: a text with capitals. Out: who says something in it, by where names and titles stand before verbs of saying. What a pronoun
// stands for is not known here.
import type { LanguageKnowledge } from './knowledge.ts'
import { SAYING } from './saying.ts'
import type { Span } from './spans.ts'
import { keyOf } from './titles.ts'

/** Somebody by name, by titles, or both. */
export interface Actor extends Span {
  /** Comparison key of the name (`keyOf`); undefined where only a title is told. */
  readonly name: string | undefined
  /** Comparison keys of ranks and offices, see `Titles`. */
  readonly titles: ReadonlySet<string>
}

type Tables = Pick<LanguageKnowledge, 'persons' | 'titles'>

/** Whether two keys of names mean one person: names are shortened from the front, "Tô Lâm" to "Lâm". */
export function isSameName(a: string, b: string): boolean {
  return a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`)
}

/** Between a name and what its bearer does: titles behind the name, then a few small words ("đã", "cũng nhấn mạnh và"). */
const NAME_TO_VERB = /^(?:\s*[,–-]\s*\p{Lu}[^.;:–]{0,160})?[\s,]*(?:\p{Ll}+\s+){0,3}$/u
/** Between a title that stands for somebody and the verb: the rest of the office, a few small words. */
const TITLE_TO_VERB = /^[\p{L} ]{0,30}$/u
/** "phát biểu chỉ đạo của …" */
const OF = /^[\p{L} ]{0,30}\scủa\s+$/u

/** People and offices named in a text, in its order; a title that belongs to a name is not told again. */
export function actorsIn(text: string, { persons, titles }: Tables): Actor[] {
  const owned = titles.byPerson(text, true)
  const mentioned = persons.mentions(`; ${text}`).map(({ name, start, end }) => ({ start: start - 2, end: end - 2, name: keyOf(name) }))
  const people = mentioned.map((person, i) => {
    const behind = titles.in(titlesBehind(text.slice(person.end, mentioned[i + 1]?.start), i + 1 < mentioned.length)).map(({ key }) => key)
    return { ...person, titles: new Set([...(owned.get(person.name) ?? []), ...behind]) }
  })
  const bare = titles
    .in(text)
    .filter((title) => !people.some((person) => isOfPerson(text, title, person)))
    .map(({ key, start, end }) => ({ start, end, name: undefined, titles: new Set([key]) }))
  return [...people, ...bare].sort((a, b) => a.start - b.start)
}

/** ", Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an" behind a name. What introduces the next person, if the text goes up to one, is not part of it. */
function titlesBehind(text: string, isUpToPerson: boolean): string {
  const [right = '', ...parts] = text.slice(0, SAYING.matches(text)[0]?.index).split(/[,–-]/)
  if (right.trim() !== '') return ''
  const behind = isUpToPerson ? parts.slice(0, -1) : parts
  const end = behind.findIndex((part) => !/^\s*\p{Lu}[^.;:]*$/u.test(part))
  const last = /^\s*\p{Lu}[^.;:]*/u.exec(behind[end] ?? '')?.[0] ?? ''
  return [...behind.slice(0, end < 0 ? behind.length : end), last].join(', ')
}

/** Farthest, in UTF-16 units, that a title stands from the name it belongs to: others stand between them. */
const BESIDE = 90

function isOfPerson(text: string, title: Span, person: Span): boolean {
  const between = title.end <= person.start ? text.slice(title.end, person.start) : text.slice(person.end, title.start)
  return between.length <= BESIDE && !/[.;:]/.test(between) && !SAYING.test(between)
}

/** Those who say something, in the order of what they say. */
export function speakersIn(text: string, tables: Tables): Actor[] {
  const verbs = SAYING.matches(text)
  if (verbs.length === 0) return []
  const actors = actorsIn(text, tables)
  return verbs.flatMap(({ index }) => {
    const actor = actors.findLast(({ end }) => end <= index)
    if (actor === undefined) return []
    const between = text.slice(actor.end, index)
    return (actor.name === undefined ? TITLE_TO_VERB : NAME_TO_VERB).test(between) ? [actor] : []
  })
}

/** Whose words a text speaks of: who says something in it, or "phát biểu của" whom. */
export function quotedIn(text: string, tables: Tables): Actor[] {
  const speakers = speakersIn(text, tables)
  if (speakers.length > 0) return speakers
  const actors = actorsIn(text, tables)
  return SAYING.matches(text).flatMap(({ 0: verb, index }) => {
    const end = index + verb.length
    const actor = actors.find(({ start }) => start >= end && OF.test(text.slice(end, firstTitle(text, start, end))))
    return actor === undefined ? [] : [actor]
  })
}

/** Where the titles before a name begin. */
function firstTitle(text: string, start: number, from: number): number {
  const of = text.lastIndexOf('của ', start)
  return of >= from ? of + 'của '.length : start
}
