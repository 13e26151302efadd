// npm run eval:scale -- --data DIR: how the lexical index and the graph behave with a hundred thousand texts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { median } from 'simple-statistics'
import { documentBlocks } from '../src/corpus/blocks.ts'
import { loadCorpusRules } from '../src/corpus/corpus-rules.ts'
import { documentPassages } from '../src/corpus/passages.ts'
import { averageOf } from '../src/evaluation/ranking-metrics.ts'
import { HnswGraph } from '../src/indexing/hnsw-graph.ts'
import { LexicalIndex } from '../src/indexing/lexical-index.ts'
import { type LabelledTerms, LexicalSegment } from '../src/indexing/lexical-segment.ts'
import { VectorMatrix } from '../src/indexing/vector-matrix.ts'
import { AbbreviationTable } from '../src/language/abbreviations.ts'
import { canonicalText } from '../src/language/canonical.ts'
import { ACCENTED_WEIGHTS, type TermFamily, termFrequencies } from '../src/language/lexical-terms.ts'
import { syllableCount } from '../src/language/syllables.ts'
import { readDataSet } from './data-sets.ts'

const TEXT_SETS = ['viquad1_train', 'viquad1_dev', 'alqac', 'legal_police', 'news_baomoi', 'news_24h', 'tvpl_faq_dev', 'person_qa']
/** Bytes before the vector in a record of the vector cache. */
const KEY_BYTES = 16
const DIMENSION = 384

interface Options {
  readonly data: string
  readonly passages: string
  readonly vectors: string
  readonly graph: string
}

/** Passages and sentences of the sets' texts until there are enough of them. */
function texts(data: string, wanted: number): string[] {
  const rules = loadCorpusRules()
  const found: string[] = []
  for (const name of TEXT_SETS) {
    for (const passage of readDataSet(data, name, 'tune', 0).passages) {
      const text = canonicalText(passage.text)
      for (const { start, end, sentences } of documentPassages(text, documentBlocks(text, rules))) {
        found.push(text.slice(start, end))
        if (found.length + sentences.length < wanted && sentences.length > 1)
          for (const s of sentences) found.push(text.slice(s.start, s.end))
      }
      if (found.length >= wanted) return found.slice(0, wanted)
    }
  }
  return found
}

function lexicalScale({ data, passages }: Options): void {
  const abbreviations = new AbbreviationTable([])
  const all = texts(data, Number(passages))
  const built = performance.now()
  const labelled = all.map(
    (text, label): LabelledTerms => ({ label, length: syllableCount(text), frequencies: termFrequencies(text, abbreviations) }),
  )
  const path = join(tmpdir(), 'thuky-scale.bin')
  writeFileSync(path, LexicalSegment.build(labelled).toBuffer())
  const buildMs = performance.now() - built
  labelled.length = 0
  const opened = performance.now()
  const index = new LexicalIndex([LexicalSegment.fromBuffer(readFileSync(path))])
  const openMs = performance.now() - opened
  const questions = readDataSet(data, 'viquad1_dev', 'tune', 300).questions
  const times = questions.map(({ question }) => {
    const started = performance.now()
    const terms = new Map(
      [...termFrequencies(question, abbreviations).keys()].map((term) => [term, ACCENTED_WEIGHTS[term[0] as TermFamily]]),
    )
    index.search(terms, 50)
    return performance.now() - started
  })
  console.log(`lexical: ${index.size} texts, built in ${(buildMs / 1000).toFixed(1)} s, opened in ${openMs.toFixed(0)} ms`)
  console.log(
    `lexical: a question takes ${median(times).toFixed(2)} ms at the median of ${times.length}, ${Math.max(...times).toFixed(1)} ms at most`,
  )
}

/** Recall of the graph against exact search on the vectors of an evaluation's cache. */
function graphRecall({ vectors, graph: limit }: Options): void {
  if (!existsSync(vectors)) {
    console.log(`graph: no vectors in ${vectors}; run npm run eval:retrieval first`)
    return
  }
  const bytes = readFileSync(vectors)
  const size = KEY_BYTES + DIMENSION * 4
  const rows = Array.from({ length: Math.min(Number(limit), Math.floor(bytes.length / size)) }, (_, i) => {
    const at = i * size + KEY_BYTES
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + DIMENSION * 4))
  })
  const held = 200
  const indexed = rows.slice(held)
  const graph = HnswGraph.empty(DIMENSION, indexed.length)
  const started = performance.now()
  for (const [label, row] of indexed.entries()) graph.add(row, label)
  const buildSeconds = (performance.now() - started) / 1000
  const values = new Float32Array(indexed.length * DIMENSION)
  for (const [i, row] of indexed.entries()) values.set(row, i * DIMENSION)
  const matrix = new VectorMatrix(DIMENSION, Uint32Array.from(indexed.keys()), values)
  const times: number[] = []
  const recalls = rows.slice(0, held).map((query) => {
    const exact = new Set(matrix.nearest(query, 10).map(({ label }) => label))
    const before = performance.now()
    const found = graph.nearest(query, 10)
    times.push(performance.now() - before)
    return found.filter(({ label }) => exact.has(label)).length / 10
  })
  console.log(`graph: ${indexed.length} vectors of real texts, linked in ${buildSeconds.toFixed(0)} s`)
  console.log(`graph: recall@10 against exact search ${averageOf(recalls).toFixed(4)}, ${median(times).toFixed(2)} ms at the median`)
}

const program = new Command('eval:scale')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--passages <n>', 'texts in the lexical index', '100000')
  .option('--graph <n>', 'most vectors in the graph', '20000')
  .requiredOption('--vectors <file>', 'vector cache of an evaluation')
const options = program.parse().opts<Options>()
lexicalScale(options)
graphRecall(options)
