// In: a claim and its citation. Out: whether every time the claim names is one the quotation names, or the name of the cited event.
// The event's day only completes a day the quotation names without its year.
import { type TimeExpression, timeExpressions } from '../language/time-expressions.ts'
import type { Citation } from './answer.ts'

/** Whether all times of a claim are proven. */
export function hasProvenTimes(claim: string, { quote, conference }: Citation): boolean {
  const own = timeExpressions(quote)
  const named = timeExpressions(conference.name)
  const eventDay = conference.from ?? conference.date
  return timeExpressions(claim).every((time) => {
    const same = own.filter((other) => says(other, time, eventDay))
    return same.length > 0 ? isToldAlike(time, same) : named.some((other) => says(other, time, eventDay))
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
