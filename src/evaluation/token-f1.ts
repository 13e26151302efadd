// In: two texts. Out: how many of their words they share, as in SQuAD (Rajpurkar et al. 2016). Pure.
import { comparisonKey } from './answer-match.ts'

/** Harmonic mean of precision and recall of the words of `answer` against the best of the references, 0–1; 0 without references. */
export function tokenF1(answer: string, references: readonly string[]): number {
  const words = countsOf(answer)
  return Math.max(0, ...references.map((reference) => overlapOf(words, countsOf(reference))))
}

function overlapOf(words: ReadonlyMap<string, number>, reference: ReadonlyMap<string, number>): number {
  let common = 0
  for (const [word, count] of words) common += Math.min(count, reference.get(word) ?? 0)
  return common === 0 ? 0 : (2 * common) / (total(words) + total(reference))
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of comparisonKey(text).match(/\p{L}+|\d+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
