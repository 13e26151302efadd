// In: the scores of two legs for the same passages. Out: one score each. Pure arithmetic.

/** Scores of one passage by leg; a leg that did not find it gives undefined. */
export interface LegScores {
  readonly dense: number | undefined
  readonly lexical: number | undefined
}

/** How the legs are put together. */
export type FusionMethod = 'min-max' | 'rrf' | 'dense' | 'lexical'

/** Settings of the fusion. */
export interface FusionOptions {
  /** Default `min-max`: it beat rank fusion in 136 of 140 settings on Vietnamese data (ViRE, EACL 2026). */
  readonly method: FusionMethod
  /** Share of the dense leg, 0–1. Default 0.6, tuned on viquad1_dev, uit_wiki and tvpl_faq_dev (tune). */
  readonly alpha: number
}

const DEFAULT_FUSION: FusionOptions = { method: 'min-max', alpha: 0.6 }

/** Cosines of a few passages of one event lie close together; their small differences say little and are not blown up. */
const MIN_DENSE_RANGE = 0.06

/** Constant of reciprocal rank fusion (Cormack et al. 2009). */
const RRF_K = 60

/** A passage's scores in [0, 1] (for `rrf`: in (0, 1/30]) by leg and together. */
export interface FusedScores {
  readonly dense: number
  readonly lexical: number
  readonly fused: number
}

/** Fuses the legs over all candidates; the result is in the order of the input. */
export function fuse(candidates: readonly LegScores[], options: Partial<FusionOptions> = {}): FusedScores[] {
  const { method, alpha } = { ...DEFAULT_FUSION, ...options }
  const dense = minMax(
    candidates.map((candidate) => candidate.dense),
    MIN_DENSE_RANGE,
  )
  const lexical = minMax(candidates.map((candidate) => candidate.lexical))
  const ranks =
    method === 'rrf' ? { dense: ranksOf(candidates.map((c) => c.dense)), lexical: ranksOf(candidates.map((c) => c.lexical)) } : undefined
  return candidates.map((_, i) => {
    const [d, l] = [dense[i] as number, lexical[i] as number]
    const fused = {
      'min-max': alpha * d + (1 - alpha) * l,
      rrf: reciprocal(ranks?.dense[i]) + reciprocal(ranks?.lexical[i]),
      dense: d,
      lexical: l,
    }[method]
    return { dense: d, lexical: l, fused }
  })
}

/**
 * Scales to [0, 1], the best to 1; a missing score counts as the lowest. All equal gives 1 for those present.
 * @param minRange a narrower range of scores is not stretched further than this one would be
 */
export function minMax(scores: readonly (number | undefined)[], minRange = 0): number[] {
  const present = scores.filter((score) => score !== undefined)
  const low = present.length < scores.length ? Math.min(...present, 0) : Math.min(...present)
  const high = Math.max(...present)
  const range = Math.max(high - low, minRange)
  return scores.map((score) => (score === undefined ? 0 : range > 0 ? 1 - (high - score) / range : 1))
}

function reciprocal(rank: number | undefined): number {
  return rank === undefined ? 0 : 1 / (RRF_K + rank)
}

function ranksOf(scores: readonly (number | undefined)[]): (number | undefined)[] {
  const order = scores.map((score, i) => ({ score, i })).filter(({ score }) => score !== undefined)
  order.sort((a, b) => (b.score as number) - (a.score as number))
  const ranks: (number | undefined)[] = scores.map(() => undefined)
  order.forEach(({ i }, rank) => {
    ranks[i] = rank + 1
  })
  return ranks
}
