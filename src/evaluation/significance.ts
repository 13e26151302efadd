// In: paired outcomes of the same questions. Out: whether a difference is more than chance. Pure; the same seed gives the same.
import { quantileSorted } from 'simple-statistics'
import { randomNumbers } from './random-numbers.ts'
import { averageOf } from './ranking-metrics.ts'

/** Outcome of a paired comparison of two methods on the same questions. */
export interface PairedTest {
  /** Questions only the first method gets right. */
  readonly onlyFirst: number
  /** Questions only the second method gets right. */
  readonly onlySecond: number
  /** Two-sided exact p-value. */
  readonly p: number
}

/** McNemar's exact test: whether one method is right more often than the other, on questions where they differ. */
export function mcNemar(first: readonly boolean[], second: readonly boolean[]): PairedTest {
  const onlyFirst = first.filter((right, i) => right && second[i] === false).length
  const onlySecond = second.filter((right, i) => right && first[i] === false).length
  return { onlyFirst, onlySecond, p: binomialTwoSided(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond) }
}

/** Two-sided probability of at most `k` successes among `n` fair coin tosses; in logarithms, for large `n` too. */
function binomialTwoSided(k: number, n: number): number {
  if (n === 0) return 1
  let logTerm = -n * Math.LN2
  let sum = 0
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(n - i) - Math.log(i + 1)
  }
  return Math.min(1, 2 * sum)
}

/** Settings of what is drawn at random. */
export interface SamplingOptions {
  /** Samples drawn. Default 2,000 for intervals, 10,000 for tests. */
  readonly samples?: number
  /** Default 1. */
  readonly seed?: number
}

/** A range a figure lies in with 95 % confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Percentile bootstrap of the mean, 95 % (Efron 1979): questions are drawn anew, with repetition. Of nothing: 0 to 0. */
export function bootstrapInterval(values: readonly number[], { samples = 2000, seed = 1 }: SamplingOptions = {}): Interval {
  if (values.length === 0) return { low: 0, high: 0 }
  const random = randomNumbers(seed)
  const means: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] as number
    means.push(sum / values.length)
  }
  means.sort((a, b) => a - b)
  return { low: quantileSorted(means, 0.025), high: quantileSorted(means, 0.975) }
}

/** A difference of means and how likely chance alone gives one as large. */
export interface MeanChange {
  /** Mean of the second minus mean of the first. */
  readonly change: number
  /** Two-sided p-value. */
  readonly p: number
}

/** Differences up to this many are tried in all ways; more are sampled. */
const EXACT_LIMIT = 12

/**
 * Paired randomisation test of a difference of means (Smucker, Allan and Carterette 2007): the signs of the differences are
 * turned at random. For outcomes of 0 and 1 it is McNemar's exact test. @param first one value a question, like `second`
 */
export function randomisationTest(
  first: readonly number[],
  second: readonly number[],
  { samples = 10_000, seed = 1 }: SamplingOptions = {},
): MeanChange {
  const differences = second.map((value, i) => value - (first[i] ?? 0)).filter((difference) => Math.abs(difference) > 1e-12)
  const observed = differences.reduce((sum, difference) => sum + difference, 0)
  const change = averageOf(second) - averageOf(first)
  if (differences.length === 0) return { change, p: 1 }
  const atLeast = (sum: number) => Math.abs(sum) >= Math.abs(observed) - 1e-9
  if (differences.length <= EXACT_LIMIT) {
    const ways = 2 ** differences.length
    let extreme = 0
    for (let way = 0; way < ways; way++) {
      if (atLeast(differences.reduce((sum, difference, i) => sum + ((way >> i) & 1 ? difference : -difference), 0))) extreme++
    }
    return { change, p: extreme / ways }
  }
  const random = randomNumbers(seed)
  let extreme = 1
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0
    for (const difference of differences) sum += random() < 0.5 ? difference : -difference
    if (atLeast(sum)) extreme++
  }
  return { change, p: extreme / (samples + 1) }
}
