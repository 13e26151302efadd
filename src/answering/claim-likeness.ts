// In: a claim, what it cites, and the cosine of the two. Out: how much of the claim stands there, as features, and whether that is
// enough by the learned weights of `data/support-weights.json`.
import { z } from 'zod'
import { readDataFile } from '../language/data-file.ts'
import { syllables } from '../language/syllables.ts'

/** Names of the features. */
export const SUPPORT_FEATURES = ['coverage', 'pairs', 'unknownRun', 'cosine'] as const

/** `coverage`, `pairs`: shares in [0, 1] of the claim's words, and of pairs of neighbours, found in the source; `unknownRun`: longest run of words not found, over 10; `cosine` of both. */
export type SupportFeatures = Readonly<Record<(typeof SUPPORT_FEATURES)[number], number>>

/** The shape of `data/support-weights.json`. */
export const supportWeightsFileSchema = z.looseObject({
  bias: z.number(),
  weights: z.record(z.enum(SUPPORT_FEATURES), z.number()),
  /** Least log odds of a claim that is shown. */
  threshold: z.number(),
})

/** Learned weights; log odds are `bias` and the weighted sum. */
export type SupportWeights = z.output<typeof supportWeightsFileSchema>

/** Reads the weights. @throws ThukyError `configuration` when the file is missing or malformed */
export function readSupportWeights(): SupportWeights {
  return readDataFile('support-weights.json', supportWeightsFileSchema)
}

/** How far apart neighbours of the claim may stand in the source, in syllables. */
const WINDOW = 4

/**
 * Features of a claim.
 * @param known more texts whose words are no news: names of the event, abbreviations written out
 */
export function supportFeatures(
  claim: string,
  quote: string,
  { known, functionWords, cosine }: { readonly known: string; readonly functionWords: ReadonlySet<string>; readonly cosine: number },
): SupportFeatures {
  const source = syllables(quote).map(({ key }) => key)
  const own = new Set([...source, ...syllables(known).map(({ key }) => key)])
  const words = syllables(claim).map(({ key }) => key)
  const content = words.filter((key) => !functionWords.has(key))
  const found = content.filter((key) => own.has(key)).length
  return {
    coverage: content.length === 0 ? 0 : found / content.length,
    pairs: sharedPairs(content, source),
    unknownRun: longestRun(content.map((key) => !own.has(key))) / 10,
    cosine,
  }
}

/** Share of neighbouring words that stand near each other, in the same order, in the source. */
function sharedPairs(words: readonly string[], source: readonly string[]): number {
  if (words.length < 2) return 0
  const pairs = words.slice(1).filter((next, i) => {
    const word = words[i] as string
    return source.some((key, at) => key === word && source.slice(at + 1, at + 1 + WINDOW).includes(next))
  })
  return pairs.length / (words.length - 1)
}

function longestRun(flags: readonly boolean[]): number {
  let [run, longest] = [0, 0]
  for (const flag of flags) {
    run = flag ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/** Log odds that a claim is held by what it cites. */
export function supportOdds(features: SupportFeatures, { bias, weights }: SupportWeights): number {
  return SUPPORT_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], bias)
}
