// What the graph of the large index finds beside exact search over the same vectors, and how long it takes. Questions are held-out
// real ones; every vector is a real sentence.
import { median } from 'simple-statistics'
import { readDataSet } from '../eval/data-sets.ts'
import { readManifest } from '../src/indexing/index-manifest.ts'
import { readSegment } from '../src/indexing/index-reader.ts'
import type { VectorMatrix } from '../src/indexing/vector-matrix.ts'
import type { BenchRun, Figure } from './bench-run.ts'
import { spreadOf, stretches } from './spread.ts'

const QUESTIONS = 300
const K = 10
const ROUNDS = 5

/** The `k` nearest of all segments by exact search. */
function exactly(segments: readonly VectorMatrix[], vector: Float32Array, k: number): Set<number> {
  const found = segments.flatMap((matrix) => matrix.nearest(vector, k)).sort((a, b) => b.similarity - a.similarity)
  return new Set(found.slice(0, k).map(({ label }) => label))
}

/** The part; nothing without data. */
export async function graphFigures({ corpora, data, say }: BenchRun): Promise<Figure[]> {
  if (corpora === undefined || data === undefined) return []
  const large = await corpora.large()
  const manifest = await readManifest(large.index)
  if (manifest === undefined) return []
  const assistant = await corpora.assistant(large)
  try {
    const { sentenceVectors } = await assistant.index()
    const { segments, recipe } = manifest
    const stored = await Promise.all(segments.map(async (segment) => (await readSegment(large.index, segment, recipe.dimension)).sentences))
    const questions = readDataSet(data, 'viquad1_dev', 'tune', QUESTIONS).questions.map(({ question }) => question)
    const vectors: Float32Array[] = []
    for (const question of questions) vectors.push((await assistant.embed('query', [question])).vectors)
    const times: number[][] = []
    const recalls: number[][] = []
    for (const [i, round] of stretches(vectors, ROUNDS).entries()) {
      say(`graph: round ${i + 1} of ${ROUNDS}`)
      const [ms, shares]: [number[], number[]] = [[], []]
      for (const vector of round) {
        const exact = exactly(stored, vector, K)
        const started = performance.now()
        const found = await sentenceVectors.nearest(vector, K)
        ms.push(performance.now() - started)
        shares.push(found.filter(({ label }) => exact.has(label)).length / K)
      }
      times.push(ms)
      recalls.push(shares)
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const byRound = recalls.map(mean)
    const part = 'Nearest neighbours'
    return [
      { part, name: 'sentences in the graph', unit: 'texts', value: sentenceVectors.size },
      {
        part,
        name: 'recall@10 against exact search',
        unit: 'share',
        value: mean(recalls.flat()),
        low: Math.min(...byRound),
        high: Math.max(...byRound),
        n: vectors.length,
        least: 0.97,
      },
      {
        part,
        name: 'one search of the graph',
        unit: 'ms',
        ...spreadOf(times.map((list) => median(list))),
        value: median(times.flat()),
        most: 10,
      },
    ]
  } finally {
    await assistant.close()
  }
}
