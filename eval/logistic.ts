// In: rows of features, labels and weights. Out: a logistic regression, and how well scores part two kinds of rows. Pure and
// deterministic.

/** A row to learn from. */
export interface LogisticRow {
  readonly values: readonly number[]
  readonly positive: boolean
  readonly weight: number
}

/** Log odds of a row are `bias` and the sum of its values by `weights`. */
export interface LogisticModel {
  readonly bias: number
  readonly weights: readonly number[]
}

const STEPS = 25

/** The model of the greatest weighted likelihood less `l2` / 2 for the squares of the weights of standardised features (Newton's method). */
export function fitLogistic(rows: readonly LogisticRow[], l2: number): LogisticModel {
  const width = rows[0]?.values.length ?? 0
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  const mean = Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + row.weight * (row.values[i] as number), 0) / total)
  const scale = mean.map((centre, i) => {
    const variance = rows.reduce((sum, row) => sum + row.weight * ((row.values[i] as number) - centre) ** 2, 0) / total
    return variance > 1e-9 ? 1 / Math.sqrt(variance) : 0
  })
  const standard = rows.map(({ values }) => [1, ...values.map((value, i) => (value - (mean[i] as number)) * (scale[i] as number))])
  let model = new Array<number>(width + 1).fill(0)
  for (let step = 0; step < STEPS; step++) {
    const slope = model.map((value, i) => (i === 0 ? 0 : -l2 * value))
    const curve = model.map((_, i) => model.map((__, j) => (i === j ? (i === 0 ? 1e-9 : l2) : 0)))
    for (const [at, row] of standard.entries()) {
      const { positive, weight } = rows[at] as LogisticRow
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, i) => sum + value * (model[i] as number), 0)))
      const share = weight / total
      for (let i = 0; i <= width; i++) {
        slope[i] = (slope[i] as number) + share * ((positive ? 1 : 0) - p) * (row[i] as number)
        const line = curve[i] as number[]
        for (let j = 0; j <= i; j++) line[j] = (line[j] as number) + share * p * (1 - p) * (row[i] as number) * (row[j] as number)
      }
    }
    const moved = solved(curve, slope)
    model = model.map((value, i) => value + (moved[i] as number))
    if (Math.max(...moved.map(Math.abs)) < 1e-6) break
  }
  const weights = scale.map((factor, i) => (model[i + 1] as number) * factor)
  return { bias: (model[0] as number) - weights.reduce((sum, weight, i) => sum + weight * (mean[i] as number), 0), weights }
}

/** Solves a symmetric positive definite system of which the lower half is given (Cholesky). */
function solved(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length
  const factor: number[][] = lower.map((row) => [...row])
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i]?.[j] as number
      for (let k = 0; k < j; k++) sum -= (factor[i]?.[k] as number) * (factor[j]?.[k] as number)
      ;(factor[i] as number[])[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (factor[j]?.[j] as number)
    }
  }
  const forward: number[] = []
  for (let i = 0; i < n; i++) {
    const known = forward.reduce((sum, value, k) => sum + (factor[i]?.[k] as number) * value, 0)
    forward.push(((right[i] as number) - known) / (factor[i]?.[i] as number))
  }
  const result = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let sum = forward[i] as number
    for (let k = i + 1; k < n; k++) sum -= (factor[k]?.[i] as number) * (result[k] as number)
    result[i] = sum / (factor[i]?.[i] as number)
  }
  return result
}

/** Log odds of a row. */
export function logOdds(values: readonly number[], { bias, weights }: LogisticModel): number {
  return values.reduce((sum, value, i) => sum + value * (weights[i] as number), bias)
}

/** Probability that a positive scores higher than a negative; equal scores count half. ½ without either. */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  if (positives.length === 0 || negatives.length === 0) return 0.5
  const sorted = [...negatives].sort((a, b) => a - b)
  const below = (value: number, orEqual: boolean) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] as number
      if (at < value || (orEqual && at === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  const wins = positives.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0)
  return wins / (positives.length * sorted.length)
}
