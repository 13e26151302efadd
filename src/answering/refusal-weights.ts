// In: `data/refusal-weights.json`. Out: how likely it is that a question is about the corpus at all, that the best sentence answers it,
// and from which likelihood on it is answered at each strictness. Must not change what was learned.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'
import { REFUSAL_FEATURE_NAMES, type RefusalFeatureName, type RefusalFeatures } from './refusal-feature-names.ts'

const pointSchema = z.looseObject({ strictness: z.number().min(0).max(1), threshold: z.number() })
const curveSchema = z.array(pointSchema).min(2)
const modelSchema = z.object({ bias: z.number(), weights: z.partialRecord(z.enum(REFUSAL_FEATURE_NAMES), z.number()) })

/** The shape of `data/refusal-weights.json`; how all of it was learned stands beside it. */
export const refusalWeightsFileSchema = z.looseObject({
  /** Name of the embedding model whose cosines were learned from. */
  model: z.string(),
  /** Log odds that the best sentence answers a question that is answerable. */
  answering: modelSchema,
  /** Log odds that a question is about what the corpus is about. */
  belonging: modelSchema,
  /** Usual cosines: they stand for those of an embedding model nothing was learned about. */
  usualCosines: z.partialRecord(z.enum(REFUSAL_FEATURE_NAMES), z.number()),
  /** Rising in strictness from 0 to 1: for reports of events, whose words are all of one matter, and for other texts. */
  curves: z.object({ reports: curveSchema, texts: curveSchema }),
})

/** What was learned about refusing. */
export type RefusalWeights = Pick<
  z.output<typeof refusalWeightsFileSchema>,
  'model' | 'answering' | 'belonging' | 'usualCosines' | 'curves'
>

/** A linear model over the features; a feature without a weight does not count. */
export type RefusalModel = RefusalWeights['answering']

/** Reads what was learned. @throws ThukyError `configuration` when the file is missing or of another shape */
export function readRefusalWeights(): RefusalWeights {
  return readDataFile('refusal-weights.json', refusalWeightsFileSchema)
}

/** Log odds by a model. */
export function refusalOdds(features: RefusalFeatures, { bias, weights }: RefusalModel): number {
  return Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * features[name as RefusalFeatureName], bias)
}

/** Least log odds from which a question is answered, on the straight lines between the points of a curve. */
export function leastOdds(strictness: number, curve: RefusalWeights['curves']['reports']): number {
  const after = curve.findIndex((point) => point.strictness >= strictness)
  const right = curve[Math.max(after, 0)] as (typeof curve)[number]
  const left = curve[Math.max(after - 1, 0)] as (typeof curve)[number]
  const width = right.strictness - left.strictness
  return width <= 0 ? right.threshold : left.threshold + ((right.threshold - left.threshold) * (strictness - left.strictness)) / width
}
