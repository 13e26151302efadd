// In: a question, the conference it names, and all conferences. Out: the conference it names relative to that one: the one
// before, the one after, the same period a year earlier. Without a conference to start from nothing is relative.
import type { Conference } from '../indexing/conferences.ts'
import { fold, foldAligned } from '../language/folding.ts'
import type { Span } from '../language/spans.ts'
import { timeExpressions } from '../language/time-expressions.ts'

/** A relative phrase and the conferences it stands for; none when the corpus lacks them. */
export interface RelativeScope extends Span {
  readonly conferenceIds: ReadonlySet<string>
  readonly phrase: string
}

const BEFORE = /(?<![\p{L}\p{N}])(?:(?:hoi nghi|lan|ky|dot)\s+(?:lien )?truoc(?: do)?|previous (?:conference|one))(?![\p{L}\p{N}])/u
const AFTER =
  /(?<![\p{L}\p{N}])(?:(?:hoi nghi|lan|ky|dot)\s+(?:ngay )?(?:sau do|sau|tiep theo|ke tiep)|next (?:conference|one))(?![\p{L}\p{N}])/u
const SAME_PERIOD = /(?<![\p{L}\p{N}])cung ky(?: nam (?:truoc|ngoai))?(?!\s+(?:nam\s+)?\d)(?![\p{L}\p{N}])/u

/** Resolves "lần trước", "hội nghị sau đó", "cùng kỳ năm trước" against the conference named in the question or the talk. */
export function relativeScopes(question: string, anchor: Conference, conferences: readonly Conference[]): RelativeScope[] {
  const folded = foldAligned(question)
  const neighbour = (step: number) => {
    const series = inSeries(anchor, conferences)
    return series[series.findIndex(({ id }) => id === anchor.id) + step]
  }
  const found: RelativeScope[] = []
  const add = (pattern: RegExp, find: () => Conference | undefined) => {
    const match = pattern.exec(folded)
    if (match === null) return
    const conference = find()
    const span = { start: match.index, end: match.index + match[0].length }
    found.push({
      ...span,
      conferenceIds: new Set(conference === undefined ? [] : [conference.id]),
      phrase: question.slice(span.start, span.end),
    })
  }
  add(BEFORE, () => neighbour(-1))
  add(AFTER, () => neighbour(1))
  if (periodOf(anchor) !== undefined) add(SAME_PERIOD, () => conferences.find((conference) => isYearEarlier(conference, anchor)))
  return found
}

/** Conferences of the same series in order: those whose names differ in numbers only; all by date when the series has just one. */
function inSeries(anchor: Conference, conferences: readonly Conference[]): Conference[] {
  const dated = conferences.filter(({ from }) => from !== null).sort((a, b) => ((a.from as string) < (b.from as string) ? -1 : 1))
  const own = dated.filter((conference) => seriesKey(conference) === seriesKey(anchor))
  return own.length > 1 ? own : dated
}

const seriesKey = ({ name }: Conference) =>
  fold(name)
    .toLowerCase()
    .replace(/\d+|(?:^|\s)[ivxlc]+(?=\s|$)/g, '#')

function periodOf({ name }: Conference): string | undefined {
  return timeExpressions(name).find(({ kind }) => ['half', 'quarter', 'month', 'year'].includes(kind))?.from
}

function isYearEarlier(conference: Conference, anchor: Conference): boolean {
  const [earlier, later] = [periodOf(conference), periodOf(anchor)]
  if (earlier === undefined || later === undefined) return false
  return Number(earlier.slice(0, 4)) === Number(later.slice(0, 4)) - 1 && earlier.slice(4) === later.slice(4)
}
