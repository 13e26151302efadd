// In: a question, its candidate sentences and a reader. Out: the candidates in the order that both together give them, each with
// what the reader says of it. Without a reader nobody calls this, and the order stays as it was.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { WindowReading } from '../inference/window-reading.ts'
import type { AnswerType } from '../language/answer-type.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { closerReadings, READING_FEATURES, type ReadingFeatures, readingFeatures } from './reading-features.ts'
import { type ReadingWeights, readReadingWeights } from './reading-weights.ts'
import { type ReadingLimits, type ReadingWindow, readingWindows } from './reading-windows.ts'

/** A model that points at answers, such as `EmbeddingClient` with a reader. */
export interface Reader {
  read(question: string, windows: readonly (readonly string[])[], signal?: AbortSignal): Promise<readonly WindowReading[]>
}

/** What is read of a question's candidates: see docs/reader.md for what more costs and brings. */
export const READING_LIMITS: ReadingLimits = { windows: 6, characters: 420 }

/** Reads candidates closely and orders them anew. */
export class CloserReader {
  constructor(
    private readonly reader: Reader,
    private readonly index: CorpusIndex,
    private readonly weights: ReadingWeights = readReadingWeights(),
  ) {}

  /**
   * The candidates, likeliest first, their scores again probabilities that make 1. Questions in English are not read: the reader has
   * learned none. Nor are questions for lists and comparisons, which no one stretch of words answers, nor questions bound to events: reports have words of their own for who does what there, which the features
   * know and the reader does not (docs/reader.md has the figures).
   * @throws what the reader throws, and the signal's reason
   */
  async reordered(
    understood: UnderstoodQuestion,
    candidates: readonly CandidateSentence[],
    signal?: AbortSignal,
  ): Promise<CandidateSentence[]> {
    const read = await readCandidates(understood, candidates, this.reader, this.index, signal)
    if (read === undefined) return [...candidates]
    const sums = read.features.map((features) => READING_FEATURES.reduce((sum, name) => sum + this.weights[name] * features[name], 0))
    const highest = Math.max(...sums)
    const odds = sums.map((sum) => Math.exp(sum - highest))
    const total = odds.reduce((sum, value) => sum + value, 0)
    return read.candidates.map((candidate, i) => ({ ...candidate, score: (odds[i] as number) / total })).sort((a, b) => b.score - a.score)
  }
}

/** What one stretch of words does not answer. */
const SEVERAL: ReadonlySet<AnswerType> = new Set(['list', 'comparison'])

/** Candidates with what the reader says of them, and their features; undefined when there was nothing to read. */
export async function readCandidates(
  { language, embedText, interpretation, aboutEvent }: UnderstoodQuestion,
  candidates: readonly CandidateSentence[],
  reader: Reader,
  index: CorpusIndex,
  signal?: AbortSignal,
): Promise<{ candidates: CandidateSentence[]; features: ReadingFeatures[] } | undefined> {
  const readable = language === 'vi' && interpretation.conferenceIds === null && !aboutEvent && !SEVERAL.has(interpretation.answerType)
  const windows = readable ? readingWindows(candidates, READING_LIMITS) : []
  if (windows.length === 0) return undefined
  const readings = await reader.read(
    embedText,
    windows.map((window) => sentencesOf(window, index)),
    signal,
  )
  const closer = closerReadings(candidates, windows, readings)
  if (closer.every((reading) => reading === undefined)) return undefined
  const features = readingFeatures(candidates, closer)
  return { candidates: candidates.map((candidate, i) => ({ ...candidate, reading: closer[i] })), features }
}

function sentencesOf({ passage, from, to }: ReadingWindow, index: CorpusIndex): string[] {
  const { text } = index.documentOf(passage)
  return passage.sentences.slice(from, to + 1).map(({ start, end }) => text.slice(start, end))
}

/**
 * How surely the corpus answers the question, as the reader sees it: the highest `answerable` of the candidates read, in natural-log
 * units; undefined without a reader. Above 0 it would rather answer than not.
 */
export function answerability(candidates: readonly CandidateSentence[]): number | undefined {
  const values = candidates.flatMap(({ reading }) => (reading === undefined ? [] : [reading.answerable]))
  return values.length === 0 ? undefined : Math.max(...values)
}
