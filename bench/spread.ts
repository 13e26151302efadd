// In: measured values. Out: their middle and spread. Pure arithmetic.
import { median } from 'simple-statistics'

/** Middle, least and most of some values. */
export interface Spread {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** The median with the least and the most. @throws for no values */
export function spreadOf(values: readonly number[]): Spread {
  return { value: median([...values]), low: Math.min(...values), high: Math.max(...values), n: values.length }
}

/** One value for all rounds together, with the spread over the rounds. */
export function overRounds<T>(rounds: readonly (readonly T[])[], of: (items: readonly T[]) => number): Spread {
  const each = rounds.filter((items) => items.length > 0).map(of)
  return { value: of(rounds.flat()), low: Math.min(...each), high: Math.max(...each), n: rounds.flat().length }
}

/** The items in `count` stretches of nearly equal length, in order. */
export function stretches<T>(items: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, i) =>
    items.slice(Math.round((i * items.length) / count), Math.round(((i + 1) * items.length) / count)),
  )
}
