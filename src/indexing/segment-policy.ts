// In: how large the segments of an index are and how much is added. Out: which of them are joined with what is added. Pure arithmetic.

/** A segment before an update. */
export interface SegmentLoad {
  /** Vectors that stay. */
  readonly kept: number
}

/** A segment at most so many times as large as what it would be joined with is joined: each vector is linked anew a few times at most. */
const JOIN_FACTOR = 2
/** With more segments than this the smallest are joined: every question searches all of them. */
const MAX_SEGMENTS = 8

/**
 * Places of the segments that are joined with what is added: the smallest as long as they are hardly larger than what has been
 * joined so far, so that the sizes of those that stay grow from one to the next and their number with the logarithm of the whole.
 * @param added vectors that are added; with 0 nothing is joined but empty segments
 */
export function joinedSegments(segments: readonly SegmentLoad[], added: number): Set<number> {
  const joined = new Set(segments.flatMap(({ kept }, place) => (kept === 0 ? [place] : [])))
  if (added === 0) return joined
  const bySize = segments
    .map(({ kept }, place) => ({ kept, place }))
    .filter(({ kept }) => kept > 0)
    .sort((a, b) => a.kept - b.kept)
  let size = added
  for (const [i, { kept, place }] of bySize.entries()) {
    const left = bySize.length - i
    if (kept > JOIN_FACTOR * size && left < MAX_SEGMENTS) break
    joined.add(place)
    size += kept
  }
  return joined
}
