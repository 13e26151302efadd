// In: `data/reading-weights.json`. Out: the learned weights of the features beside a reader, checked. Must not change them.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'
import { READING_FEATURES, type ReadingFeatures } from './reading-features.ts'

/** The shape of `data/reading-weights.json`: a weight for every feature, and how they were learned. */
export const readingWeightsFileSchema = z.looseObject({ weights: z.record(z.enum(READING_FEATURES), z.number()) })

/** A weight for every feature, any sign. */
export type ReadingWeights = Readonly<Record<keyof ReadingFeatures, number>>

/** Reads the learned weights. @throws ThukyError `configuration` when the file is missing or lacks a feature */
export function readReadingWeights(): ReadingWeights {
  return readDataFile('reading-weights.json', readingWeightsFileSchema).weights
}
