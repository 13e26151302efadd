// npm run bench: every figure of docs/benchmarks.md in one run: how fast, how much memory, how near to the bare model, and other
// libraries beside. `--quick` takes a minute, needs no data and writes no documentation.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import type { BenchRun, Figure, SystemRow } from './bench-run.ts'
import { BenchCorpora, LARGE } from './corpora.ts'
import { graphFigures } from './graph.ts'
import { growthFigures } from './growth.ts'
import { indexingFigures } from './indexing.ts'
import { questionFigures } from './questions.ts'
import { failures, printed, writeReport } from './report.ts'
import { sideBySide } from './side-by-side.ts'
import { startFigures } from './starts.ts'

interface Options {
  readonly data?: string
  readonly cache: string
  readonly pool: string
  readonly quick?: boolean
  readonly only?: string
  readonly out?: string
}

const PARTS: Readonly<Record<string, (run: BenchRun) => Promise<Figure[]>>> = {
  questions: questionFigures,
  starts: startFigures,
  indexing: indexingFigures,
  graph: graphFigures,
  growth: growthFigures,
}

const program = new Command('bench')
  .option('--data <dir>', 'folder of question sets; without it only the five documents are measured')
  .option('--cache <dir>', 'folder for corpora, indexes and vectors, kept between runs', '.cache/bench')
  .option('--pool <sets>', 'sets of the large corpus', LARGE.join())
  .option('--quick', 'a minute on the five documents; nothing is written')
  .option('--only <parts>', `some of ${[...Object.keys(PARTS), 'peers'].join(', ')}; nothing is written`)
  .option('--out <dir>', 'folder of benchmarks.md, .json and .svg')
const { data, cache, pool, quick = false, only, out } = program.parse().opts<Options>()
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`)
const folder = resolve(cache)
mkdirSync(folder, { recursive: true })
const useData = quick ? undefined : data
const run: BenchRun = {
  data: useData,
  cache: folder,
  quick,
  corpora: useData === undefined ? undefined : new BenchCorpora(useData, folder, say, pool.split(',')),
  say,
}
const wanted = only?.split(',') ?? [...Object.keys(PARTS), 'peers']
const figures: Figure[] = []
for (const [name, part] of Object.entries(PARTS)) if (wanted.includes(name)) figures.push(...(await part(run)))
const systems: SystemRow[] = wanted.includes('peers') ? await sideBySide(run) : []
console.log(printed(figures, systems))
const complete = useData !== undefined && only === undefined
if (complete || out !== undefined) writeReport(resolve(out ?? 'docs'), figures, systems)
const missed = failures(figures)
if (missed.length > 0) console.log(`Not met: ${missed.map(({ name }) => name).join('; ')}`)
