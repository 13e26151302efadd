// In: the terms of a question and of a text. Out: how much of the question the text has, in which order and how near to what is new
// in it. Pure arithmetic over numbers; runs for every candidate sentence, so it keeps allocations few.
import { pairKey, type WeightedTerms } from './sentence-features-question.ts'

/** A question term in a text. */
interface Hit {
  readonly at: number
  readonly place: number
}

/** What of a question a text has. */
export interface TermMatch {
  /** For each term of the question, how often the text has it. */
  readonly counts: Uint8Array
  readonly hits: readonly Hit[]
}

/** Finds the terms of a question in a text. */
export function matchTerms(wanted: WeightedTerms, ids: Int32Array): TermMatch {
  const counts = new Uint8Array(wanted.weights.length)
  const hits: Hit[] = []
  for (let at = 0; at < ids.length; at++) {
    const place = wanted.placeOf.get(ids[at] as number)
    if (place === undefined) continue
    counts[place] = Math.min(255, (counts[place] as number) + 1)
    hits.push({ at, place })
  }
  return { counts, hits }
}

/** Weighted share of the terms that at least one of the texts has; 0 when nothing is wanted. */
export function covered({ weights, total }: WeightedTerms, ...counts: readonly (Uint8Array | undefined)[]): number {
  if (total === 0) return 0
  let found = 0
  for (let place = 0; place < weights.length; place++) {
    for (const own of counts) {
      if (own === undefined || own[place] === 0) continue
      found += weights[place] as number
      break
    }
  }
  return found / total
}

/** Weighted share of the question's pairs of neighbours that stand in the text at most `gap` syllables apart, in the same order. */
export function coveredPairs({ pairs, pairTotal }: WeightedTerms, { hits }: TermMatch, gap: number): number {
  if (pairTotal === 0) return 0
  const found = new Set<number>()
  let weight = 0
  for (let i = 0; i < hits.length; i++) {
    const left = hits[i] as Hit
    for (let j = i + 1; j < hits.length; j++) {
      const right = hits[j] as Hit
      if (right.at - left.at > gap) break
      const key = pairKey(left.place, right.place)
      const own = pairs.get(key)
      if (own === undefined || found.has(key)) continue
      found.add(key)
      weight += own
    }
  }
  return weight / pairTotal
}

/** Weighted share of the longest run of question terms that the text has in the same order, with anything between them. */
export function sequenceShare({ order, weights }: WeightedTerms, { hits }: TermMatch): number {
  const best = new Float64Array(order.length + 1)
  for (const { place } of hits) {
    let diagonal = 0
    for (let i = 1; i <= order.length; i++) {
      const above = best[i] as number
      const taken = order[i - 1] === place ? diagonal + (weights[place] as number) : 0
      best[i] = Math.max(above, best[i - 1] as number, taken)
      diagonal = above
    }
  }
  const whole = order.reduce((sum, place) => sum + (weights[place] as number), 0)
  return whole === 0 ? 0 : (best[order.length] as number) / whole
}

/** Saturation and length normalisation of BM25 within sentences; length of a usual sentence in syllables. */
const K1 = 1.2
const B = 0.75
const USUAL_LENGTH = 30

/** BM25 of a sentence, as a share of what a sentence of usual length with every term once has; may pass 1 a little. */
export function sentenceBm25({ weights, total }: WeightedTerms, { counts }: TermMatch, length: number): number {
  if (total === 0) return 0
  const norm = K1 * (1 - B + (B * length) / USUAL_LENGTH)
  let score = 0
  for (let place = 0; place < weights.length; place++) {
    const count = counts[place] as number
    if (count > 0) score += ((weights[place] as number) * count * (K1 + 1)) / (count + norm)
  }
  return score / total
}

/** Distance in syllables at which a term counts 1/e. */
const REACH = 8

/** How near the question's terms stand to the best of some places: 0 none, 1 all at the place. */
export function nearness({ weights, total }: WeightedTerms, { hits, counts }: TermMatch, places: readonly number[]): number {
  if (total === 0 || places.length === 0 || hits.length === 0) return 0
  let best = 0
  const nearest = new Float64Array(counts.length)
  for (const place of places) {
    nearest.fill(0)
    for (const hit of hits) {
      const closeness = CLOSENESS[Math.abs(hit.at - place)] ?? 0
      if (closeness > (nearest[hit.place] as number)) nearest[hit.place] = closeness
    }
    let sum = 0
    for (let term = 0; term < nearest.length; term++) sum += (weights[term] as number) * (nearest[term] as number)
    best = Math.max(best, sum)
  }
  return best / total
}

const CLOSENESS = Float64Array.from({ length: 64 }, (_, distance) => Math.exp(-distance / REACH))

/** Syllables put between two texts that are joined: more than any pair may reach over. */
const BETWEEN_TEXTS = 1000

/** What several texts have together; no pair reaches from one into another. */
export function joinedMatches({ weights }: WeightedTerms, matches: readonly TermMatch[]): TermMatch {
  const counts = new Uint8Array(weights.length)
  const hits: Hit[] = []
  let offset = 0
  for (const match of matches) {
    for (const { at, place } of match.hits) {
      hits.push({ at: at + offset, place })
      counts[place] = 1
    }
    offset = (hits.at(-1)?.at ?? offset) + BETWEEN_TEXTS
  }
  return { counts, hits }
}
