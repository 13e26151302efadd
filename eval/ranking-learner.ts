// In: lists of candidates with features, some of them right. Out: linear weights under which right ones come first. Pure and
// deterministic: the same lists and settings give the same weights.
import { randomNumbers } from '../src/evaluation/random-numbers.ts'

/** Candidates of one question. */
export interface RankedList {
  readonly id: string
  /** What it is reported under. */
  readonly group: string
  readonly right: readonly boolean[]
  /** Features, row-major, one row for each candidate. */
  readonly values: Float64Array
}

/** Settings of the learner. */
export interface LearnerOptions {
  /** Strength of the pull towards the prior, on weights of standardised features. Default 0.001. */
  readonly l2: number
  /** Passes over the lists. Default 30. */
  readonly epochs: number
  /** Length of the first steps; it falls to a tenth. Default 0.05. */
  readonly rate: number
  /** Weights to begin with and to be pulled to, of features as they are. 0 when absent. */
  readonly prior?: readonly number[]
  /** Which features may have a weight. All when absent. */
  readonly used?: readonly boolean[]
  /** Default 1. */
  readonly seed: number
}

/** Defaults of the learner. */
export const LEARNER_DEFAULTS: LearnerOptions = { l2: 0.001, epochs: 30, rate: 0.05, seed: 1 }

/** Lists in a step. */
const BATCH = 32

/**
 * Weights that minimise −log of the probability (softmax over the candidates of a list) of the right candidates together, by Adam
 * (Kingma and Ba 2015). Lists without a right candidate, or with nothing else, teach nothing and are left out.
 */
export function learnWeights(lists: readonly RankedList[], width: number, overrides: Partial<LearnerOptions> = {}): Float64Array {
  const { l2, epochs, rate, prior, used, seed } = { ...LEARNER_DEFAULTS, ...overrides }
  const teaching = lists.filter(({ right }) => right.includes(true) && right.includes(false))
  const scale = deviations(teaching, width).map((deviation, i) => (deviation > 1e-9 && used?.[i] !== false ? 1 / deviation : 0))
  const held = Float64Array.from(scale, (factor, i) => (factor === 0 ? 0 : (prior?.[i] ?? 0) / factor))
  const weights = held.slice()
  const [mean, square] = [new Float64Array(width), new Float64Array(width)]
  const random = randomNumbers(seed)
  const steps = epochs * Math.ceil(teaching.length / BATCH)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(teaching, random)
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH)
      const slope = new Float64Array(width)
      for (const list of batch) addSlope(slope, list, weights, scale)
      step++
      const length = rate * (1 - (0.9 * step) / steps)
      for (let i = 0; i < width; i++) {
        const g = (slope[i] as number) / batch.length + l2 * ((weights[i] as number) - (held[i] as number))
        mean[i] = 0.9 * (mean[i] as number) + 0.1 * g
        square[i] = 0.999 * (square[i] as number) + 0.001 * g * g
        const centre = (mean[i] as number) / (1 - 0.9 ** step)
        const spread = Math.sqrt((square[i] as number) / (1 - 0.999 ** step))
        weights[i] = (weights[i] as number) - (length * centre) / (spread + 1e-8)
      }
    }
  }
  return weights.map((weight, i) => (scale[i] === 0 && used?.[i] !== false ? (prior?.[i] ?? 0) : weight * (scale[i] as number)))
}

/** Place of the first best candidate of a list; −1 of none. */
export function bestCandidate({ right, values }: RankedList, weights: Float64Array): number {
  let best = -1
  let highest = Number.NEGATIVE_INFINITY
  for (let row = 0; row < right.length; row++) {
    const sum = dotRow(values, row, weights)
    if (sum > highest) [best, highest] = [row, sum]
  }
  return best
}

/** For each list whether its best candidate is right. */
export function outcomes(lists: readonly RankedList[], weights: Float64Array): boolean[] {
  return lists.map((list) => list.right[bestCandidate(list, weights)] === true)
}

function addSlope(
  slope: Float64Array,
  { right, values }: RankedList,
  weights: Float64Array,
  scale: readonly number[] | Float64Array,
): void {
  const width = weights.length
  const scaled = weights.map((weight, i) => weight * (scale[i] as number))
  const sums = right.map((_, row) => dotRow(values, row, scaled))
  const highest = Math.max(...sums)
  const odds = sums.map((sum) => Math.exp(sum - highest))
  const all = odds.reduce((sum, value) => sum + value, 0)
  const good = Math.max(
    1e-300,
    odds.reduce((sum, value, row) => sum + (right[row] ? value : 0), 0),
  )
  for (let row = 0; row < right.length; row++) {
    const pull = (odds[row] as number) / all - (right[row] ? (odds[row] as number) / good : 0)
    if (Math.abs(pull) < 1e-6) continue
    for (let i = 0; i < width; i++) slope[i] = (slope[i] as number) + pull * (values[row * width + i] as number) * (scale[i] as number)
  }
}

function dotRow(values: Float64Array, row: number, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (values[row * weights.length + i] as number) * (weights[i] as number)
  return sum
}

/** Standard deviation of each feature within lists, which is all a ranking can use. */
function deviations(lists: readonly RankedList[], width: number): Float64Array {
  const squares = new Float64Array(width)
  let rows = 0
  for (const { right, values } of lists) {
    rows += right.length
    for (let i = 0; i < width; i++) {
      let sum = 0
      let square = 0
      for (let at = i; at < values.length; at += width) {
        const value = values[at] as number
        sum += value
        square += value * value
      }
      squares[i] = (squares[i] as number) + square - (sum * sum) / right.length
    }
  }
  return squares.map((square) => Math.sqrt(Math.max(0, square) / Math.max(1, rows)))
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = order[i] as T
    order[i] = order[j] as T
    order[j] = item
  }
  return order
}
