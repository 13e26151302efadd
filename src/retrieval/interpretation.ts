// In: a question and the conferences of the corpus. Out: which conferences, days and years it is about, by its own words.
// What it names and the corpus lacks is said as such; it is never replaced by the nearest thing.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { type AnswerType, answerType } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import type { Span } from '../language/spans.ts'
import { type TimeExpression, timeExpressions } from '../language/time-expressions.ts'
import { comparedSides } from './compared-scopes.ts'
import { relativeScopes } from './relative-scope.ts'

/** A phrase of the question that names a conference or time the corpus does not have. */
export interface UnmatchedPhrase {
  readonly phrase: string
  readonly kind: 'ordinal' | 'time'
}

/** How a question was understood. */
export interface Interpretation {
  readonly answerType: AnswerType
  /** Conferences the answer has to come from; null when the question does not say. */
  readonly conferenceIds: readonly string[] | null
  /** What the question sets side by side, each a group of conferences; empty when it compares none. */
  readonly compared: readonly (readonly string[])[]
  /** ISO days of the period named, both included; null when none is. */
  readonly from: string | null
  readonly to: string | null
  /** Years named in passing: what happened in them comes first, nothing is excluded. */
  readonly years: readonly number[]
  readonly unmatched: readonly UnmatchedPhrase[]
  /** Where the question names its scope; the rest is what is asked about it. */
  readonly scopeSpans: readonly Span[]
}

interface Scope extends Span {
  readonly conferenceIds: ReadonlySet<string>
  readonly phrase: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Reads scope and answer type out of a question. */
export function interpret(question: string, index: CorpusIndex): Interpretation {
  const conferences = index.events
  const times = timeExpressions(question)
  const ordinals = ordinalScopes(question, conferences, index)
  const dated = times.flatMap((time) => timeScope(time, question, conferences, index) ?? [])
  const latest = latestScope(question, conferences)
  const named = [...ordinals, ...dated, ...latest]
  const relative = relativeToNamed(question, named, index)
  const scopes = [...named, ...relative]
  const unmatched = [...ordinals, ...dated, ...relative]
    .filter(({ conferenceIds }) => conferenceIds.size === 0)
    .map(({ phrase }) => ({ phrase, kind: ordinals.some((o) => o.phrase === phrase) ? ('ordinal' as const) : ('time' as const) }))
  const matched = scopes.filter(({ conferenceIds }) => conferenceIds.size > 0)
  const type = answerType(question)
  const years = times.filter(({ kind, role }) => kind === 'year' && role === 'event')
  const bareYears = years.filter(({ start }) => !dated.some((scope) => scope.start === start))
  const compared = comparedSides(matched, { question, answerType: type, years: bareYears, conferences })
  const periods = dated.filter(({ from }) => from !== undefined)
  return {
    answerType: type,
    conferenceIds: boundTo(matched, compared),
    compared: compared.map((side) => [...side]),
    from: periods.map(({ from }) => from as string).sort()[0] ?? null,
    to:
      periods
        .map(({ to }) => to as string)
        .sort()
        .at(-1) ?? null,
    years: years.map(({ from = '' }) => Number(from.slice(0, 4))),
    unmatched,
    scopeSpans: scopes.map(({ start, end }) => ({ start, end })),
  }
}

/** Conferences the answer has to come from: of what is compared all, else what the phrases agree on. */
function boundTo(matched: readonly Scope[], compared: readonly ReadonlySet<string>[]): string[] | null {
  if (compared.length > 0) return [...new Set(compared.flatMap((side) => [...side]))]
  return matched.length === 0 ? null : combined(matched.map(({ conferenceIds }) => conferenceIds))
}

/** Phrases relative to the one conference the question names. */
function relativeToNamed(question: string, named: readonly Scope[], index: CorpusIndex): Scope[] {
  const ids = combined(named.filter(({ conferenceIds }) => conferenceIds.size > 0).map(({ conferenceIds }) => conferenceIds))
  const anchor = ids.length === 1 ? index.conferences.get(ids[0] as string) : undefined
  return anchor === undefined ? [] : relativeScopes(question, anchor, [...index.conferences.values()])
}

/** What all phrases agree on; when they contradict each other (a comparison names several), what any of them names. */
function combined(sets: readonly ReadonlySet<string>[]): string[] {
  const [first = new Set<string>(), ...others] = sets
  const common = [...first].filter((id) => others.every((set) => set.has(id)))
  return common.length > 0 ? common : [...new Set(sets.flatMap((set) => [...set]))]
}

/** A number bound to a conference is binding, once the corpus counts its conferences at all. */
function ordinalScopes(question: string, conferences: readonly Conference[], index: CorpusIndex): Scope[] {
  if (conferences.every(({ ordinal }) => ordinal === null)) return []
  return ordinalMentions(question)
    .filter(({ noun }) => noun === 'conference')
    .flatMap(({ value, start, end }) => {
      const conferenceIds = new Set(conferences.filter(({ ordinal }) => ordinal === value).map(({ id }) => id))
      if (conferenceIds.size === 0 && index.lexical.documentFrequency(`tord:conference:${value}`) > 0) return []
      return [{ conferenceIds, phrase: question.slice(start, end), start, end }]
    })
}

const BOUND_TO_CONFERENCE =
  /(?:hoi nghi|(?<![a-z])hn|conference)(?:\s+(?:cong an|toan quoc|so ket|tong ket|cong tac|cua|bo|trong|nganh|thuong nien|to chuc|dien ra|hop|truc tuyen|vao|lan|thu|\d+|in|held|of))*\s*$/

/** Share of events among the documents from which a date in a question is taken for the date of an event. */
const EVENT_CORPUS_SHARE = 0.5
const EVENT_NOUN = /(?<!\p{L})(?:hội nghị|hn|họp|hội thảo|đại hội|lễ(?! hội)|buổi|sơ kết|tổng kết|conference|meeting)(?!\p{L})/iu
const EVENT_NOUN_WITHOUT_ACCENTS =
  /(?<![a-z])(?:hoi nghi|hn|cuoc hop|phien hop|ky hop|hoi thao|so ket|tong ket|conference|meeting)(?![a-z])/

/** Whether a question speaks of an event; with accents they have to be right ("họp", not "hợp"). */
export function speaksOfEvent(question: string): boolean {
  return EVENT_NOUN.test(question) || EVENT_NOUN_WITHOUT_ACCENTS.test(foldAligned(question))
}

/** Whether a time phrase may stand for an event: always a period that is reviewed; others where events are the matter. */
function isBinding({ kind }: TimeExpression, question: string, events: readonly Conference[], index: CorpusIndex): boolean {
  if (kind === 'half' || events.length >= EVENT_CORPUS_SHARE * index.conferences.size) return true
  return kind !== 'month-day' && speaksOfEvent(question)
}

/**
 * Days, months and half-years are binding, and so is a year bound to the word conference. They hold for a conference whose
 * dates or publication touch them and for documents that name them. A bare year binds nothing, unless the corpus knows
 * nothing of it at all.
 */
function timeScope(time: TimeExpression, question: string, conferences: readonly Conference[], index: CorpusIndex): Scope | undefined {
  if (time.role !== 'event' || time.kind === 'term' || conferences.every(({ from }) => from === null)) return undefined
  const phrase = question.slice(time.start, time.end)
  if (!isBinding(time, question, conferences, index)) return undefined
  const touching = new Set(touchedBy(time, conferences, index).map(({ id }) => id))
  const { from, to } = time
  if (
    time.kind === 'year' &&
    !BOUND_TO_CONFERENCE.test(
      foldAligned(question)
        .slice(0, time.start)
        .replace(/nam\s*$/, ''),
    )
  ) {
    const known = touching.size > 0 || index.lexical.documentFrequency(`tyear:${from?.slice(0, 4)}`) > 0
    return known ? undefined : { conferenceIds: touching, phrase, start: time.start, end: time.end }
  }
  if (touching.size === 0 && isNamedInText(time, index)) return undefined
  return { conferenceIds: touching, phrase, from, to, start: time.start, end: time.end }
}

/** Conferences named after a period; when there are none, those held or published in it. */
function touchedBy(time: TimeExpression, conferences: readonly Conference[], index: CorpusIndex): readonly Conference[] {
  const named = conferences.filter((conference) => isNamedAfter(time, conference))
  return named.length > 0 ? named : conferences.filter((conference) => touches(time, conference, index))
}

function touches(time: TimeExpression, conference: Conference, index: CorpusIndex): boolean {
  if (conference.from === null || conference.to === null) return false
  if (time.kind === 'month-day') {
    const monthDay = `-${String(time.month).padStart(2, '0')}-${String(time.day).padStart(2, '0')}`
    return conference.from.endsWith(monthDay) || conference.to.endsWith(monthDay)
  }
  const { from = '', to = '' } = time
  if (time.kind === 'day' && conference.date !== null && conference.date.length < 10) {
    return conference.documentIds.some((id) => index.documents.get(id)?.metadata.publishedAt?.startsWith(from) === true)
  }
  return conference.from <= to && conference.to >= from
}

/** A review carries the period it looks back on in its name, and is often held after it. */
function isNamedAfter({ kind, from }: TimeExpression, { name }: Conference): boolean {
  return ['half', 'quarter', 'month'].includes(kind) && timeExpressions(name).some((named) => named.kind === kind && named.from === from)
}

function isNamedInText({ kind, from = '', month, day }: TimeExpression, index: CorpusIndex): boolean {
  const token = {
    day: `day:${from}`,
    'month-day': `md:${month}-${day}`,
    month: `month:${from.slice(0, 7)}`,
    half: `half:${from.slice(0, 7)}`,
  }[kind as string]
  return token !== undefined && index.lexical.documentFrequency(`t${token}`) > 0
}

const LATEST = /(?<![\p{L}\p{N}])(?:moi nhat|gan (?:day|nhat)(?: nhat)?|vua (?:roi|qua)|moi day|latest|most recent)(?![\p{L}\p{N}])/u

function latestScope(question: string, conferences: readonly Conference[]): Scope[] {
  const folded = foldAligned(question)
  const match = LATEST.exec(folded)
  const dated = conferences.filter(({ from }) => from !== null)
  if (match === null || dated.length === 0 || !speaksOfEvent(question)) return []
  const newest = dated.reduce((best, conference) => ((conference.to as string) > (best.to as string) ? conference : best))
  return [{ conferenceIds: new Set([newest.id]), phrase: match[0], start: match.index, end: match.index + match[0].length }]
}
