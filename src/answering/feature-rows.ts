// In: the features of sentences as rows of numbers. Out: the same by name. A question has hundreds of sentences with fifty features
// each: numbers in one block are filled, weighed and thrown away faster than objects. Knows nothing of what they mean.
import { FEATURE_GROUPS } from './sentence-feature-names.ts'

/** Name of a feature. */
export type FeatureName = (typeof FEATURE_GROUPS)[keyof typeof FEATURE_GROUPS][number]

/** Names of the features, in the order of their groups. */
export const FEATURE_NAMES: readonly FeatureName[] = Object.values(FEATURE_GROUPS).flat()

/** Place of each feature in a row. */
export const FEATURE_PLACES = Object.fromEntries(FEATURE_NAMES.map((name, place) => [name, place])) as Readonly<Record<FeatureName, number>>

/** What speaks for a sentence; what each feature means and where it lies is told in `FEATURE_GROUPS`. */
export type SentenceFeatures = Readonly<Record<FeatureName, number>>

/** One row of a block. */
class FeatureRow {
  constructor(
    /** Row-major, as many numbers a row as there are features. */
    readonly block: Float64Array,
    /** Where the row begins. */
    readonly start: number,
  ) {}
}

for (const [place, name] of FEATURE_NAMES.entries()) {
  Object.defineProperty(FeatureRow.prototype, name, {
    get(this: FeatureRow) {
      return this.block[this.start + place]
    },
  })
}

/** Rows by name: what is written into the block is seen in them. */
export function featureRows(block: Float64Array): SentenceFeatures[] {
  const rows: FeatureRow[] = []
  for (let start = 0; start < block.length; start += FEATURE_NAMES.length) rows.push(new FeatureRow(block, start))
  return rows as unknown as SentenceFeatures[]
}

/** Weighted sum of every row: larger is likelier to answer; differences within one question are log odds. */
export function weightedSums(block: Float64Array, weights: SentenceFeatures): number[] {
  const factors = Float64Array.from(FEATURE_NAMES, (name) => weights[name])
  const sums: number[] = []
  for (let start = 0; start < block.length; start += factors.length) {
    let sum = 0
    for (let place = 0; place < factors.length; place++) sum += (factors[place] as number) * (block[start + place] as number)
    sums.push(sum)
  }
  return sums
}
