// In: the scores a reader gives the tokens of a window. Out: for each sentence its best answer span, and how far the window answers.
// Pure arithmetic. All scores are differences to "no answer here", in natural-log units: above 0 the reader would rather answer.
import type { WordTokens } from './word-tokens.ts'

/** The best answer in a sentence. */
export interface SentenceReading {
  /** Score of the span; any real number. */
  readonly score: number
  /** UTF-16 offsets [start, end) in the sentence; whole words. */
  readonly start: number
  readonly end: number
}

/** What the reader says of a window. */
export interface WindowReading {
  /** How far the window answers at all: the score of all its spans together. Comparable between questions. */
  readonly answerable: number
  /** One for each sentence, in order; undefined for a sentence that was not read (the window was too long, or it has no word). */
  readonly sentences: readonly (SentenceReading | undefined)[]
}

/** Scores of the tokens of a window as start and as end of the answer. */
export interface TokenScores {
  /** Row-major, tokens × 2. Token 0 stands for "no answer". */
  readonly scores: Float32Array
  /** Place of the first token of the window. */
  readonly offset: number
}

/** Most tokens of an answer. */
const LONGEST_ANSWER = 48

/** Reads the scores of the sentences' tokens, which follow each other from `offset` on. */
export function windowReading(sentences: readonly WordTokens[], { scores, offset }: TokenScores): WindowReading {
  const start = (token: number) => (scores[2 * token] as number) - (scores[0] as number)
  const end = (token: number) => (scores[2 * token + 1] as number) - (scores[1] as number)
  const tokens = sentences.reduce((sum, { ids }) => sum + ids.length, 0)
  const all = Array.from({ length: tokens }, (_, i) => offset + i)
  let at = offset
  const readings = sentences.map((sentence) => {
    const reading = bestSpan(sentence, at, start, end)
    at += sentence.ids.length
    return reading
  })
  return { answerable: tokens === 0 ? 0 : logSum(all.map(start)) + logSum(all.map(end)), sentences: readings }
}

type Score = (token: number) => number

function bestSpan({ ids, starts, ends }: WordTokens, at: number, start: Score, end: Score): SentenceReading | undefined {
  let best: SentenceReading | undefined
  for (let first = 0; first < ids.length; first++) {
    for (let last = first; last < Math.min(ids.length, first + LONGEST_ANSWER); last++) {
      const score = start(at + first) + end(at + last)
      if (best === undefined || score > best.score) best = { score, start: starts[first] as number, end: ends[last] as number }
    }
  }
  return best
}

/** Logarithm of the sum of the exponentials. */
function logSum(values: readonly number[]): number {
  const highest = Math.max(...values)
  return highest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - highest), 0))
}
