// In: `data/sentence-weights.json`. Out: the learned weights of the sentence features, checked. Must not change them.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'
import { FEATURE_NAMES, type SentenceFeatures } from './feature-rows.ts'

/** The shape of `data/sentence-weights.json`: a weight for every feature, and how they were learned. */
export const sentenceWeightsFileSchema = z.looseObject({ weights: z.record(z.enum(FEATURE_NAMES), z.number()) })

/** A weight for every feature, any sign. */
export type SentenceWeights = Readonly<Record<keyof SentenceFeatures, number>>

/** Reads the learned weights. @throws ThukyError `configuration` when the file is missing or lacks a feature */
export function readSentenceWeights(): SentenceWeights {
  return readDataFile('sentence-weights.json', sentenceWeightsFileSchema).weights
}
