// In: candidate sentences, likeliest first. Out: the few stretches of neighbouring sentences that are worth reading closely.
import type { IndexedPassage } from '../indexing/corpus-index.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** Sentences `from` to `to` (both included) of a passage. */
export interface ReadingWindow {
  readonly passage: IndexedPassage
  readonly from: number
  readonly to: number
}

/** How much is read; more costs time in proportion. */
export interface ReadingLimits {
  /** Most windows. */
  readonly windows: number
  /** Characters a window is filled up to with sentences around the candidate. */
  readonly characters: number
}

/** Windows around the likeliest sentences, each of which lies in exactly one; neighbours in a window are not read again. */
export function readingWindows(candidates: readonly CandidateSentence[], { windows, characters }: ReadingLimits): ReadingWindow[] {
  const chosen: ReadingWindow[] = []
  for (const { retrieved, start } of candidates) {
    if (chosen.length >= windows) break
    const { passage } = retrieved
    const place = passage.sentences.findIndex((sentence) => sentence.start === start)
    if (place < 0 || chosen.some((window) => covers(window, passage, place))) continue
    chosen.push(grown({ passage, from: place, to: place }, characters, chosen))
  }
  return chosen
}

/** Whether a sentence of a passage lies in a window. */
export function covers({ passage: own, from, to }: ReadingWindow, passage: IndexedPassage, place: number): boolean {
  return own.label === passage.label && from <= place && place <= to
}

/** The window with neighbours before and behind in turn, as many as fit and lie in no other. */
function grown(seed: ReadingWindow, characters: number, taken: readonly ReadingWindow[]): ReadingWindow {
  const { passage } = seed
  const { sentences } = passage
  const length = (from: number, to: number) => (sentences[to]?.end ?? 0) - (sentences[from]?.start ?? 0)
  const fits = (from: number, to: number, added: number) =>
    sentences[added] !== undefined && length(from, to) <= characters && !taken.some((window) => covers(window, passage, added))
  let { from, to } = seed
  for (let growing = true; growing; ) {
    const before = fits(from - 1, to, from - 1)
    if (before) from--
    const behind = fits(from, to + 1, to + 1)
    if (behind) to++
    growing = before || behind
  }
  return { passage, from, to }
}
