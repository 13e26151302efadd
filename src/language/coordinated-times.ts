// In: the time phrases of a text that name their year themselves. Out: those too that share a year or a period with one beside
// them: "giữa năm và cuối năm 2021", "6 tháng đầu năm 2021 và 2023". Must not read any date itself.
import type { TimeExpression } from './time-expressions.ts'

/** Reads the time phrases of a folded text. */
type Reader = (folded: string) => readonly TimeExpression[]

const AND = '(?:va|voi|hay|hoac|and|or|&|,)'
const JOINED = new RegExp(`^\\s*${AND}\\s*$`, 'u')
const LEADING = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<period>(?:dau|giua|cuoi)\\s+nam|(?:6|sau)\\s*thang\\s+(?:dau|cuoi)(?:\\s+nam)?|nua\\s+(?:dau|cuoi)(?:\\s+nam)?|qu[yi]\\s+(?:i{1,3}|iv|[1-4])|thang\\s+\\d{1,2})\\s*(?:so\\s+)?${AND}\\s*$`,
  'u',
)
const PARTS_OF_A_YEAR: ReadonlySet<TimeExpression['kind']> = new Set(['half', 'quarter', 'season', 'month'])

/** The phrases in order of their place, with those that lean on a neighbour read in full. */
export function coordinatedTimes(found: readonly TimeExpression[], folded: string, read: Reader): TimeExpression[] {
  const times = found.map((time, i) => asPeriodBefore(time, found[i - 1], folded, read))
  const leading = times.flatMap((time) => sharingYear(time, folded, read) ?? [])
  return [...times, ...leading].sort((a, b) => a.start - b.start)
}

/** "6 tháng đầu năm 2021 và 2023": the bare year is the same part of that year. */
function asPeriodBefore(time: TimeExpression, before: TimeExpression | undefined, folded: string, read: Reader): TimeExpression {
  if (time.kind !== 'year' || before === undefined || !PARTS_OF_A_YEAR.has(before.kind)) return time
  if (!JOINED.test(folded.slice(before.end, time.start))) return time
  const phrase = folded.slice(before.start, before.end).replace(/(?:19|20)\d{2}/, time.from?.slice(0, 4) ?? '')
  const [same] = read(phrase)
  return same?.kind === before.kind ? { ...same, start: time.start, end: time.end, role: before.role } : time
}

/** "giữa năm và cuối năm 2021": the first period is of the same year. */
function sharingYear(time: TimeExpression, folded: string, read: Reader): TimeExpression | undefined {
  if (!PARTS_OF_A_YEAR.has(time.kind)) return undefined
  const before = folded.slice(0, time.start)
  const match = LEADING.exec(before)
  const period = match?.groups?.['period']
  if (match === null || period === undefined) return undefined
  const [same] = read(`${period} ${time.from?.slice(0, 4)}`)
  return same === undefined || !PARTS_OF_A_YEAR.has(same.kind)
    ? undefined
    : { ...same, start: match.index, end: match.index + period.length, role: 'event' }
}
