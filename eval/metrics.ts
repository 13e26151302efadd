// In: ranks and outcomes of questions. Out: the usual figures and tests. Pure arithmetic, no input or output.

/** Share of questions whose first relevant result stands at rank `k` or better; `ranks` are 1-based, undefined when not found. */
export function recallAt(ranks: readonly (number | undefined)[], k: number): number {
  return mean(ranks.map((rank) => (rank !== undefined && rank <= k ? 1 : 0)))
}

/** Mean reciprocal rank of the first relevant result among the first `k`. */
export function meanReciprocalRank(ranks: readonly (number | undefined)[], k: number): number {
  return mean(ranks.map((rank) => (rank !== undefined && rank <= k ? 1 / rank : 0)))
}

/** Mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

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

/** Two-sided probability of at most `k` successes among `n` fair coin tosses. */
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

/** Median; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
