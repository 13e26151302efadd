// In: a document's text and blocks, nothing else. Out: what the text itself says about the event it reports.
// Rules over wording and layout; what they do not find stays null.
import { traditionalTonePlacement } from '../language/canonical.ts'
import { fold, foldAligned, hasAccents } from '../language/folding.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import { syllableCount } from '../language/syllables.ts'
import { type TimeExpression, timeExpressions } from '../language/time-expressions.ts'
import type { Block } from './blocks.ts'
import type { CorpusRules } from './corpus-rules.ts'

/** Values read from the text; null where it does not say. */
export interface EventMetadata {
  readonly headline: string | null
  readonly eventName: string | null
  readonly ordinal: number | null
  /** ISO, as precise as the text. */
  readonly date: string | null
  readonly publisher: string | null
  readonly publishedAt: string | null
}

/** Reads headline, event, ordinal, date, publisher and time of publication out of a report. */
export function eventMetadata(text: string, blocks: readonly Block[], rules: CorpusRules): EventMetadata {
  const own = blocks.some(({ kind }) => kind === 'body') ? 'body' : 'heading'
  const body = blocks.filter(({ kind }) => kind === own).map((block) => text.slice(block.start, block.end))
  const headline = blocks.find((block) => block.kind === 'headline')
  const publishedAt = publicationTime(text, blocks)
  const eventName = bestEventName([headline === undefined ? '' : text.slice(headline.start, headline.end), ...body.slice(0, 4)], rules)
  return {
    headline: headline === undefined ? null : text.slice(headline.start, headline.end),
    eventName,
    ordinal: eventName === null ? null : eventOrdinal(eventName),
    date: eventDate(text, body, publishedAt),
    publisher: dateline(body),
    publishedAt,
  }
}

/** The number an event has in its series by its name; null without one. */
export function eventOrdinal(name: string): number | null {
  return ordinalMentions(name).find(({ noun }) => noun !== 'congress' && noun !== 'legislature')?.value ?? null
}

const DATELINE =
  /^(?:\(\s*([\p{Lu}][^()]{1,30}?)\s*\)|([\p{Lu}\d]{2,8}(?:\.[\p{Lu}]{2})?|[\p{Lu}]\p{L}+(?:\.vn|\.com(?:\.vn)?)))\s*[-–—]\s+/u

/** The source named before the first sentence: "ANTD.VN - …", "(Dân trí) - …". */
function dateline(body: readonly string[]): string | null {
  const match = body
    .slice(0, 3)
    .map((paragraph) => DATELINE.exec(paragraph))
    .find((found) => found !== null)
  return match?.[1] ?? match?.[2] ?? null
}

const PUBLISHED = /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D{1,6}(\d{1,2})[:h](\d{2}))?/

/** Time of publication from a short line with a full date near the top. */
function publicationTime(text: string, blocks: readonly Block[]): string | null {
  for (const block of blocks.slice(0, 10)) {
    const line = text.slice(block.start, block.end)
    if (block.kind !== 'noise' || syllableCount(line) > 12) continue
    const match = PUBLISHED.exec(line)
    if (match === null) continue
    const [, day = '', month = '', year = '', hour, minute] = match
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    if (Number.isNaN(Date.parse(date))) continue
    return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}`
  }
  return null
}

const REVIEWED_YEAR =
  /(?:so ket|tong ket|ket qua|thanh tich|chien cong|dat duoc|tinh hinh|6 thang (?:dau|cuoi)|thang (?:dau|cuoi)|dip|ngay \S+ thang \S+)[^.;]{0,60}$/

/**
 * The day or month of the event: a technical mark at the start of the text, a full date in the first paragraphs, or a day
 * without year completed by the year the report looks back on. A report with a time of publication only is dated to that
 * month: it tells of what has just happened.
 */
function eventDate(text: string, body: readonly string[], publishedAt: string | null): string | null {
  const mark = /^\s*date (\d{4}-\d{2}(?:-\d{2})?)\s/.exec(text)?.[1]
  if (mark !== undefined && mark.length === 10) return mark
  const lead = body.slice(0, 2).join('\n')
  const folded = foldAligned(lead)
  const times = timeExpressions(lead).filter(
    ({ role, start }) => role === 'event' && !OTHER_DAY.test(folded.slice(Math.max(0, start - 80), start)),
  )
  const partial = times.find(({ kind }) => kind === 'month-day')
  const full = times.find(({ kind }) => kind === 'day')
  if (full?.from !== undefined && (partial === undefined || full.start < partial.start)) return full.from
  if (partial !== undefined) {
    const { month = 0, day = 0 } = partial
    const year = mark?.slice(0, 4) ?? publishedAt?.slice(0, 4) ?? reviewedYear(body.join('\n').slice(0, MAX_REVIEWED_LENGTH), month)
    if (year !== undefined) return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  }
  const month = partial === undefined ? times.find(({ kind }) => kind === 'month')?.from?.slice(0, 7) : undefined
  return mark ?? month ?? publishedAt?.slice(0, 7) ?? null
}

/** Before a day that is still to come, or that is only remembered. */
const OTHER_DAY = /(?<![a-z])(?:du kien|se|sap|huong toi|tien toi|chao mung|ky niem|thanh lap)(?![a-z])[^.;]{0,70}$/

/** How much of a long document is read for the year it looks back on, in UTF-16 units. */
const MAX_REVIEWED_LENGTH = 20_000

/** Years a report looks back at the most; what lies farther back is remembered, not reviewed. */
const MAX_YEARS_BACK = 10
/** Until this month a report looks back on the year before. */
const LAST_MONTH_OF_LOOKING_BACK = 2

/**
 * The year of an event in a month, by the year whose results are reported, as against the years tasks and targets are set for;
 * none when no result is reported.
 */
function reviewedYear(text: string, month: number): string | undefined {
  const folded = foldAligned(text)
  const weights = new Map<string, number>()
  const reviewed = new Set<string>()
  for (const time of timeExpressions(text)) {
    const year = time.from?.slice(0, 4)
    if (year === undefined || time.kind === 'term' || time.role !== 'event') continue
    if (isReviewed(folded, time)) reviewed.add(year)
    weights.set(year, (weights.get(year) ?? 0) + (isReviewed(folded, time) ? 3 : 1) / (1 + weights.size / 10))
  }
  const latest = Math.max(...[...weights.keys()].map(Number))
  const recent = [...weights].filter(([year]) => reviewed.has(year) && Number(year) >= latest - MAX_YEARS_BACK)
  const best = recent.sort((a, b) => b[1] - a[1])[0]?.[0]
  const next = String(Number(best) + 1)
  return best !== undefined && month <= LAST_MONTH_OF_LOOKING_BACK && weights.has(next) ? next : best
}

function isReviewed(folded: string, time: TimeExpression): boolean {
  return time.kind === 'half' || REVIEWED_YEAR.test(folded.slice(Math.max(0, time.start - 80), time.start))
}

const MAX_NAME_SYLLABLES = 28
/** A report names its event early; of a longer paragraph only so many UTF-16 units are read. */
const MAX_NAMING_LENGTH = 2000

/** A number so many units into a paragraph may well be that of another event of the series. */
const LATE = 600

/** The phrase that names the event, out of headline and first paragraphs, best candidate first. */
function bestEventName(paragraphs: readonly string[], rules: CorpusRules): string | null {
  const candidates = paragraphs.flatMap((paragraph, index) =>
    eventNames(paragraph.slice(0, MAX_NAMING_LENGTH), rules).map(({ name, at }) => ({
      name,
      score: nameScore(name, rules, at < LATE) - index * 0.5 - (at < LATE ? 0 : 1),
    })),
  )
  const best = candidates.sort((a, b) => b.score - a.score)[0]
  return best === undefined || best.score < 1 ? null : best.name
}

function nameScore(name: string, { eventReviews }: CorpusRules, early: boolean): number {
  const folded = fold(name).toLowerCase()
  const words = syllableCount(name)
  const ordinal = early && ordinalMentions(name).length > 0 ? 3 : 0
  const review = eventReviews.some((word) => new RegExp(`\\b${word}\\b`).test(folded)) ? 1.5 : 0
  const dated = timeExpressions(name).length > 0 ? 1 : 0
  const capital = /^\p{Lu}/u.test(name) ? 0.5 : 0
  return ordinal + review + dated + capital + (words >= 5 ? 1 : words >= 4 ? 0.25 : -2)
}

/** Lower case and one tone placement, every unit at the place of its source unit. */
function traditionalAligned(text: string): string {
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const key = traditionalTonePlacement(word.toLowerCase())
    return key.length === word.length ? key : word
  })
}

/** Words before an event that is not the one reported: the source of a resolution, or something still to come. */
const NAMED_IN_PASSING =
  /(?<![a-z])(?:nghi quyet|van kien|nhiem ky|muc tieu|thanh cong|chuan bi|tien toi|huong toi|chao mung|truoc them)(?: cua| cac| tien toi)*\s+$/
/** A connecting word that a cut left at the end of a name. */
const DANGLING = /(?:\s+(?:của|và|về|cho|theo|trong|trên|các|những|ở|cùng|đối))+\s*$/iu

/** Event phrases of a paragraph: from an event noun to the first word or mark that ends a name. */
function eventNames(paragraph: string, rules: CorpusRules): { name: string; at: number }[] {
  const accented = hasAccents(paragraph)
  const spelled = (phrases: readonly string[]) => (accented ? phrases : phrases.map(fold)).join('|')
  const comparable = accented ? traditionalAligned(paragraph) : foldAligned(paragraph)
  const opening = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spelled(rules.eventNouns)})(?![\\p{L}\\p{N}])`, 'gu')
  const stop = new RegExp(`[,.;:!?()“”"\\n]|\\s[-–—]\\s|\\s(?:${spelled(rules.eventStops)})(?![\\p{L}\\p{N}])`, 'u')
  const names: { name: string; at: number }[] = []
  for (const match of comparable.matchAll(opening)) {
    if (NAMED_IN_PASSING.test(foldAligned(paragraph.slice(Math.max(0, match.index - 40), match.index)))) continue
    const rest = comparable.slice(match.index + match[0].length)
    const end = match.index + match[0].length + (stop.exec(rest)?.index ?? rest.length)
    names.push({ name: shortened(paragraph.slice(match.index, end)).replace(DANGLING, '').trim(), at: match.index })
  }
  return names
}

/** Cuts an overlong name before its last connecting word that leaves it short enough. */
function shortened(name: string): string {
  if (syllableCount(name) <= MAX_NAME_SYLLABLES) return name
  const parts = name.split(/\s+(?=(?:về|và|của|theo|trong|trên)\s)/u)
  let short = parts[0] ?? name
  for (const part of parts.slice(1)) {
    if (syllableCount(`${short} ${part}`) > MAX_NAME_SYLLABLES) break
    short = `${short} ${part}`
  }
  return syllableCount(short) <= MAX_NAME_SYLLABLES ? short : short.split(/\s+/).slice(0, MAX_NAME_SYLLABLES).join(' ')
}
