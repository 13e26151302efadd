// In: ranked passages. Out: the same with near-duplicates of one event put under the best of them: agencies copy each other, and
// ten copies of a paragraph must not crowd out the second best answer.
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import { syllables } from '../language/syllables.ts'

/** Share of common pairs of syllables (Jaccard) from which two passages say the same. */
const SAME_SHARE = 0.8

/** A ranked passage and the copies of it that other reports of the event hold. */
export interface Grouped<T> {
  readonly best: T
  readonly copies: readonly T[]
}

/** Groups in the order of their best; only passages of one conference and of different documents are compared. */
export function groupedCopies<T extends { readonly passage: IndexedPassage }>(ranked: readonly T[], index: CorpusIndex): Grouped<T>[] {
  const groups: { best: T; copies: T[]; conference: string; pairs: ReadonlySet<string> | undefined }[] = []
  for (const found of ranked) {
    const conference = index.conferenceOf(index.documentOf(found.passage))
    const comparable = conference.documentIds.length > 1
    const pairs = comparable ? syllablePairs(found.passage, index) : undefined
    const isSame = (other: (typeof groups)[number], own: ReadonlySet<string>) =>
      other.conference === conference.id &&
      other.best.passage.documentId !== found.passage.documentId &&
      other.pairs !== undefined &&
      jaccard(own, other.pairs) >= SAME_SHARE
    const group = pairs === undefined ? undefined : groups.find((other) => isSame(other, pairs))
    if (group === undefined) groups.push({ best: found, copies: [], conference: conference.id, pairs })
    else group.copies.push(found)
  }
  return groups
}

function syllablePairs(passage: IndexedPassage, index: CorpusIndex): Set<string> {
  const parts = syllables(index.documentOf(passage).text.slice(passage.start, passage.end))
  return new Set(parts.slice(1).map((part, i) => `${parts[i]?.key} ${part.key}`))
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const value of a) if (b.has(value)) common++
  return a.size + b.size === common ? 1 : common / (a.size + b.size - common)
}
