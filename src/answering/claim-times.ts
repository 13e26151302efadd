// In: a claim and its citation. Out: whether every time the claim names is one the quotation names, or the day of the cited event
// where the quotation names none of its own.
import { type TimeExpression, timeExpressions } from '../language/time-expressions.ts'
import type { Citation } from './answer.ts'

/** Whether all times of a claim are proven. */
export function hasProvenTimes(claim: string, { quote, conference }: Citation): boolean {
  const own = timeExpressions(quote)
  const named = timeExpressions(conference.name)
  const event = { from: conference.from ?? conference.date, to: conference.to ?? conference.date }
  return timeExpressions(claim).every((time) => {
    const same = own.filter((other) => says(other, time, event.from))
    if (same.length > 0) return isToldAlike(time, same)
    if (named.some((other) => says(other, time, event.from))) return true
    return !own.some((other) => isDay(other) === isDay(time) && other.role !== 'baseline' && other.role !== 'horizon') && covers(event, time)
  })
}

const isDay = ({ kind }: TimeExpression) => kind === 'day' || kind === 'month-day'

/** Whether a time of the source says one of the claim; a day without a year is of the year of the event. */
function says(known: TimeExpression, said: TimeExpression, eventDay: string | null): boolean {
  if (isDay(said)) {
    if (known.month !== said.month || known.day !== said.day || known.day === undefined) return false
    const [one, other] = [said.from ?? eventDay, known.from ?? eventDay].map((day) => day?.slice(0, 4))
    return one === other
  }
  if (said.kind === known.kind && said.from === known.from && said.to === known.to) return true
  const isPart = said.kind === 'year' && known.from !== undefined && known.kind !== 'term'
  return isPart && known.from?.slice(0, 4) === said.from?.slice(0, 4)
}

/** What is only compared with, or only aimed at, is not told as what happened. */
function isToldAlike({ role }: TimeExpression, same: readonly TimeExpression[]): boolean {
  const isAside = (other: TimeExpression['role']) => other === 'baseline' || other === 'horizon'
  return same.some((other) => other.role === role || isAside(other.role) === isAside(role))
}

/** Whether the day of the event lies in a time, or is it. */
function covers({ from, to }: { readonly from: string | null; readonly to: string | null }, time: TimeExpression): boolean {
  if (from === null || to === null) return false
  if (time.kind === 'month-day') {
    const [first, last] = [from, to].map((day) => day.slice(5, 10))
    const day = `${String(time.month).padStart(2, '0')}-${String(time.day).padStart(2, '0')}`
    return from.length >= 10 && first !== undefined && last !== undefined && first <= day && day <= last
  }
  if (time.from === undefined || time.to === undefined) return false
  if (isDay(time)) return from.length >= 10 && from <= time.from && time.to <= to
  return time.from.slice(0, from.length) <= from && to <= time.to.slice(0, to.length)
}
