// npm run eval:set -- --data DIR --set NAME: the figures of `thuky eval` on a question set, or on the package's own questions with
// passages of other sets around the documents. Vectors are kept between runs; memory is measured.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { pc, terminalEvents, terminalProgress } from '../src/cli/terminal.ts'
import { loadConfig } from '../src/config.ts'
import { evaluationReport } from '../src/evaluation/evaluation-report.ts'
import { type GoldQuestion, goldQuestions } from '../src/evaluation/gold-question.ts'
import { htmlReport } from '../src/evaluation/html-report.ts'
import type { QuestionForm } from '../src/evaluation/question-forms.ts'
import { runEvaluation } from '../src/evaluation/run-evaluation.ts'
import { terminalReport } from '../src/evaluation/terminal-report.ts'
import { packageRoot } from '../src/package-root.ts'
import { readDataSet, type Split, setQueries } from './data-sets.ts'
import { PeakMemory } from './peak-memory.ts'
import { cachedVectors, documentIdOf, writeCorpus } from './set-corpus.ts'

interface Options {
  readonly data: string
  readonly set: string
  readonly cache: string
  readonly split: Split
  readonly limit: string
  readonly forms: string
  readonly variant: readonly string[]
  readonly pools: string
  readonly parallel: string
  readonly embed: boolean
  readonly resume: boolean
  readonly report?: string
}

/** What is asked, over which folder of documents. */
interface Task {
  readonly corpus: string
  readonly index: string
  readonly golds: readonly GoldQuestion[]
}

/** Passages around the documents: 20,000 and more. */
const POOLS = 'news_baomoi,alqac,tvpl_faq_dev,viquad1_dev,uit_wiki,moh_faq,legal_police'
const OWN = ['conferences.jsonl', 'english.jsonl', 'dialogues.jsonl']

/** The documents of the package with the passages of other sets around them. */
function amongDistractors({ data, cache, pools }: Options): Task {
  const folder = join(cache, 'distractors')
  writeCorpus(
    join(folder, 'corpus'),
    pools.split(',').map((name) => readDataSet(data, name, 'tune', 0)),
  )
  const own = join(packageRoot(), 'corpus')
  for (const file of readdirSync(own)) if (file !== 'README.md') cpSync(join(own, file), join(folder, 'corpus', file))
  const golds = OWN.flatMap((name) => goldQuestions(readFileSync(join(packageRoot(), 'eval', 'gold', name), 'utf8'), name))
  return { corpus: join(folder, 'corpus'), index: join(folder, 'index'), golds }
}

/** News that are kept as offsets only, made whole out of the data folder. */
function news({ data, cache }: Options): Task {
  const folder = join(cache, 'news')
  execFileSync(process.execPath, [join(packageRoot(), 'eval', 'gold', 'expand-news.mjs'), '--data', data, '--out', folder])
  const golds = goldQuestions(readFileSync(join(folder, 'gold.jsonl'), 'utf8'), 'news')
  const ids = new Map(
    readdirSync(join(folder, 'corpus')).map((file) => [file.replace(/\.txt$/, ''), documentIdOf(file.replace(/\.txt$/, ''))]),
  )
  return {
    corpus: join(folder, 'corpus'),
    index: join(folder, 'index'),
    golds: golds.map((gold) => ({ ...gold, source_docs: gold.source_docs.map((id) => (ids.has(id) ? id : documentIdOf(id))) })),
  }
}

/** A set: its passages as documents, its questions with short answers. */
function questionSet({ data, cache, set, split, limit }: Options): Task {
  const folder = join(cache, `own-${set}`)
  writeCorpus(join(folder, 'corpus'), [readDataSet(data, set, split)])
  const golds = setQueries(data, set, split, Number(limit)).map(
    ({ id, question, answers, relevant, answerable, type }): GoldQuestion => ({
      id,
      question,
      category: type ?? set,
      answerable,
      history: [],
      must_include: [],
      must_not_include: [],
      evidence: [],
      source_docs: [],
      answers: answerable ? [...answers] : [],
      passage_ids: answerable ? [...relevant].map(documentIdOf) : [],
    }),
  )
  return { corpus: join(folder, 'corpus'), index: join(folder, 'index'), golds }
}

async function main(options: Options): Promise<void> {
  const { set, forms, variant, parallel, embed, resume, report: folder } = options
  const task = set === 'conferences' ? amongDistractors(options) : set === 'news' ? news(options) : questionSet(options)
  const config = loadConfig({ corpus: task.corpus, index: task.index })
  const memory = new PeakMemory()
  const progress = terminalProgress(10_000)
  const told = { forms: forms.split(',') as QuestionForm[], gold: [set] }
  const run = await runEvaluation({
    config,
    golds: task.golds,
    forms: told.forms,
    variants: [...variant],
    strictness: [],
    parallel: Number(parallel),
    resume,
    wrapEmbedder: cachedVectors(options.cache, config.model, embed),
    events: { ...terminalEvents(config.language), onNote: (line) => line.startsWith('Skipped') || process.stderr.write(`${line}\n`) },
    onProgress: (name, done, total) => {
      memory.look()
      progress(name, done, total)
    },
  })
  const report = evaluationReport(run, { product: 'sets', ...told, baseline: undefined, now: new Date() })
  console.log(terminalReport(report, pc, config.language))
  console.log(memory.text())
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report)}\n`)
  writeFileSync(join(folder, 'index.html'), await htmlReport(report, config.language))
}

const collect = (name: string, names: readonly string[]) => [...(names[0] === 'served' && names.length === 1 ? [] : names), name]
const program = new Command('eval:set')
  .requiredOption('--data <dir>', 'folder of question sets')
  .requiredOption('--set <name>', 'a set, "conferences" (own questions among distractors) or "news"')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
  .option('--split <split>', 'tune, report or vault', 'report')
  .option('--limit <n>', 'most questions of a set', '400')
  .option('--forms <names>', 'forms of the questions', 'accented,unaccented')
  .option('--variant <name>', 'variants side by side (repeatable)', collect, ['served'])
  .option('--pools <names>', 'sets whose passages are put around the documents', POOLS)
  .option('--parallel <n>', 'questions asked at a time', '2')
  .option('--embed', 'embed texts whose vectors are not there yet (20 a second)', false)
  .option('--resume', 'go on with a run that was broken off', false)
  .option('--report <dir>', 'write the HTML page and the JSON there')
await main(program.parse().opts<Options>())
