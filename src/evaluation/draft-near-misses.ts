// In: the events of a corpus. Out: drafts of questions it does not answer though they look as if: an event that was never
// reported, a person who was at another one, a number nobody stated. Pure.
import { holdsWords } from './answer-match.ts'
import type { Draft } from './draft-questions.ts'
import type { DraftEvent, DraftSource } from './draft-source.ts'
import { filled } from './draft-templates.ts'

const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/

/** Near-misses about an event. */
export function nearMissDrafts(event: DraftEvent, source: DraftSource): Draft[] {
  return [...absentEvents(event, source), ...absentPeople(event, source), ...absentFacts(event, source)]
}

const draft = (question: string, reason: string): Draft => ({
  category: 'near_miss',
  question,
  reason,
  mustInclude: [],
  evidence: [],
  sources: [],
})

const isSaid = (words: string, { events }: DraftSource) =>
  events.some(({ name, sentences }) => holdsWords(name, words) || sentences.some(({ text }) => holdsWords(text, words)))

/** The next number or year of its series that the corpus does not mention. */
function absentEvents(event: DraftEvent, source: DraftSource): Draft[] {
  const { templates } = source
  const other = event.ordinal === null ? withOtherYear(event, source) : withOtherOrdinal(event, event.ordinal, source)
  if (other === undefined) return []
  return templates.nearMiss.event.map((template) => draft(filled(template, { other }), 'unknown-conference'))
}

function withOtherOrdinal({ name, ordinal: own }: DraftEvent, ordinal: number, source: DraftSource): string | undefined {
  const taken = new Set(source.events.map((event) => event.ordinal))
  const step = own !== null && own % 2 === 0 ? -1 : 1
  for (let other = ordinal + step; other > 0 && other < ordinal + 50; other += step) {
    const changed = name.replace(new RegExp(`(?<!\\d)${ordinal}(?!\\d)`), String(other))
    if (!taken.has(other) && changed !== name && !isSaid(changed, source)) return changed
  }
  return undefined
}

function withOtherYear({ name }: DraftEvent, source: DraftSource): string | undefined {
  const year = Number(YEAR.exec(name)?.[0])
  if (Number.isNaN(year)) return undefined
  for (let other = year - 1; other > year - 20; other--) {
    const changed = name.replace(YEAR, String(other))
    if (!source.events.some((event) => event.name.toLowerCase() === changed.toLowerCase())) return changed
  }
  return undefined
}

/** People of other events whom no report of this one names, two at most. */
function absentPeople(event: DraftEvent, { events, persons, templates }: DraftSource): Draft[] {
  const own = event.sentences.map(({ text }) => text).join('\n')
  const names = new Set(
    events
      .filter(({ id }) => id !== event.id)
      .flatMap(({ sentences }) =>
        sentences.filter(({ text }) => /^\p{Lu}/u.test(text)).flatMap(({ text }) => introducedNames(text, persons)),
      ),
  )
  const absent = [...names].filter((name) => !holdsWords(own, name)).slice(0, 2)
  return absent.map((name) => draft(filled(templates.nearMiss.person, { name, event: event.name }), 'not-stated'))
}

/** Only names right behind a title are surely people. */
function introducedNames(text: string, persons: DraftSource['persons']): string[] {
  return persons
    .mentions(text)
    .flatMap(({ name, start }) => (/(?:tướng|trưởng|tá|tịch|bí thư)\s$/iu.test(text.slice(0, start)) ? [name] : []))
}

/** A number nobody states, where the text has no number beside the thing. */
function absentFacts(event: DraftEvent, { templates }: DraftSource): Draft[] {
  return (['delegates', 'budget'] as const).flatMap((fact) => {
    const thing = templates.stated[fact]
    const stated = event.sentences.some(({ text }) => holdsWords(text, thing) && /\d/.test(text.replace(YEAR, '')))
    return stated ? [] : [draft(filled(templates.nearMiss[fact], { event: event.name }), 'not-stated')]
  })
}
