// In: candidate sentences and what a reader said of windows of them. Out: the features by which both together choose an answer.
import type { WindowReading } from '../inference/window-reading.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { covers, type ReadingWindow } from './reading-windows.ts'

/**
 * Features of a sentence beside a reader; all in natural-log units but `unread`.
 * `odds`: logarithm of the probability the sentence had before. `span`: score of its best span against "no answer here".
 * `share`: the same against the spans of all sentences read. `window`: how far its window answers at all. `unread`: 1 when it was
 * not read; the others are then those of the worst sentence read.
 */
export const READING_FEATURES = ['odds', 'span', 'share', 'window', 'unread'] as const

/** Features by name. */
export type ReadingFeatures = Readonly<Record<(typeof READING_FEATURES)[number], number>>

/** What the reader says of a candidate. */
export interface CloserReading {
  /** Score of the best span in the sentence against "no answer here", in natural-log units; above 0 it is an answer. */
  readonly score: number
  /**
   * How far the window the sentence stands in answers the question at all, in natural-log units and comparable between questions.
   * The highest of all candidates tells answerable questions from others: see `answerability`.
   */
  readonly answerable: number
  /** UTF-16 offsets [start, end) of the span in the document. */
  readonly start: number
  readonly end: number
}

/** What the reader said of each candidate; undefined for those not read. */
export function closerReadings(
  candidates: readonly CandidateSentence[],
  windows: readonly ReadingWindow[],
  readings: readonly WindowReading[],
): (CloserReading | undefined)[] {
  return candidates.map(({ retrieved: { passage }, start }) => {
    const place = passage.sentences.findIndex((sentence) => sentence.start === start)
    const at = windows.findIndex((window) => covers(window, passage, place))
    const { answerable, sentences } = readings[at] ?? { answerable: 0, sentences: [] }
    const found = sentences[place - (windows[at]?.from ?? 0)]
    return found === undefined ? undefined : { score: found.score, answerable, start: start + found.start, end: start + found.end }
  })
}

/** Scores beyond this tell no more. */
const FAR = 12

/** Features of the candidates, in their order. */
export function readingFeatures(
  candidates: readonly Pick<CandidateSentence, 'score'>[],
  readings: readonly (CloserReading | undefined)[],
): ReadingFeatures[] {
  const read = readings.filter((reading) => reading !== undefined)
  const spans = read.map(({ score }) => score)
  const highest = Math.max(...spans)
  const together = highest + Math.log(spans.reduce((sum, span) => sum + Math.exp(span - highest), 0))
  const lowest = { score: Math.min(...spans), answerable: Math.min(...read.map(({ answerable }) => answerable)) }
  return candidates.map(({ score }, i) => {
    const reading = readings[i] ?? lowest
    return {
      odds: Math.log(score),
      span: clipped(reading.score),
      share: clipped(reading.score - together),
      window: clipped(reading.answerable),
      unread: readings[i] === undefined ? 1 : 0,
    }
  })
}

const clipped = (value: number) => Math.max(-FAR, Math.min(FAR, value))
