// npm run eval:retrieval -- --data DIR: retrieval figures on question sets, legs and fusions side by side, form by form.
import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Assistant } from '../src/assistant.ts'
import { QUESTION_FORMS, type QuestionForm } from '../src/evaluation/question-forms.ts'
import { meanReciprocalRank, recallAt } from '../src/evaluation/ranking-metrics.ts'
import { mcNemar } from '../src/evaluation/significance.ts'
import type { FusionMethod } from '../src/retrieval/fusion.ts'
import { type DataSet, readDataSet, type SetQuestion, type Split } from './data-sets.ts'
import { markdownTable } from './report-table.ts'
import type { RetrievalRow } from './retrieval-row.ts'
import { documentIdOf, isDataFolder, openSetAssistant } from './set-corpus.ts'

/** Passages looked at for each question; enough for ten documents of several passages each. */
const DEPTH = 60
const METHODS: readonly FusionMethod[] = ['dense', 'lexical', 'rrf', 'min-max']
const OURS: FusionMethod = 'min-max'
const SETS = ['viquad1_dev', 'uit_wiki', 'moh_faq', 'tvpl_faq_dev', 'alqac_dev', 'news_baomoi']

interface Options {
  readonly data: string
  readonly sets: string
  readonly forms: string
  readonly split: Split
  readonly limit: string
  readonly pools: string
  readonly cache: string
  readonly json?: string
  readonly markdown?: string
  readonly misses?: string
}

const say = (line: string) => process.stderr.write(`${line}\n`)

async function ranksOf(assistant: Assistant, questions: readonly SetQuestion[], form: QuestionForm, method: FusionMethod) {
  const ranks: (number | undefined)[] = []
  for (const { question, relevant } of questions) {
    const { passages } = await assistant.search(QUESTION_FORMS[form](question), { limit: DEPTH, fusion: { method } })
    const documents = [...new Set(passages.map(({ passage }) => passage.documentId))]
    const wanted = new Set([...relevant].map(documentIdOf))
    const at = documents.findIndex((id) => wanted.has(id))
    ranks.push(at < 0 ? undefined : at + 1)
  }
  return ranks
}

async function rowsOf(
  pool: string,
  assistant: Assistant,
  set: DataSet,
  forms: readonly QuestionForm[],
  misses: string[],
): Promise<RetrievalRow[]> {
  const rows: RetrievalRow[] = []
  for (const form of forms) {
    const byMethod = new Map<FusionMethod, (number | undefined)[]>()
    for (const method of METHODS) byMethod.set(method, await ranksOf(assistant, set.questions, form, method))
    const ours = (byMethod.get(OURS) ?? []).map((rank) => rank === 1)
    set.questions.forEach(({ id, question }, i) => {
      if (!ours[i])
        misses.push(JSON.stringify({ pool, form, id, question, ranks: METHODS.map((method) => byMethod.get(method)?.[i] ?? null) }))
    })
    for (const [method, ranks] of byMethod) {
      const { onlyFirst, onlySecond, p } = mcNemar(
        ours,
        ranks.map((rank) => rank === 1),
      )
      rows.push({
        pool,
        set: set.name,
        form,
        method,
        questions: ranks.length,
        recall1: recallAt(ranks, 1),
        recall5: recallAt(ranks, 5),
        mrr10: meanReciprocalRank(ranks, 10),
        ...(method === OURS ? {} : { againstOurs: { onlyOurs: onlyFirst, onlyThis: onlySecond, p } }),
      })
    }
    say(`${pool} ${set.name} ${form}: done`)
  }
  return rows
}

function line({ pool, set, form, method, questions, recall1, recall5, mrr10, againstOurs }: RetrievalRow): string {
  const percent = (value: number) => (100 * value).toFixed(1).padStart(5)
  const test =
    againstOurs === undefined
      ? ''
      : `+${againstOurs.onlyOurs} −${againstOurs.onlyThis} p ${againstOurs.p.toFixed(3)}${againstOurs.p < 0.05 ? (againstOurs.onlyOurs > againstOurs.onlyThis ? ' ours better' : ' OURS WORSE') : ''}`
  return [
    pool.padEnd(6),
    set.padEnd(13),
    form.padEnd(10),
    method.padEnd(8),
    String(questions).padStart(5),
    percent(recall1),
    percent(recall5),
    mrr10.toFixed(3),
    test,
  ].join('  ')
}

async function main(options: Options): Promise<void> {
  if (!isDataFolder(options.data)) {
    say(`There are no question sets in ${options.data}; name a folder with <name>.passages.jsonl and <name>.queries.jsonl files.`)
    process.exitCode = 2
    return
  }
  const names = options.sets.split(',')
  const forms = options.forms.split(',') as QuestionForm[]
  const sets = names.map((name) => readDataSet(options.data, name, options.split, Number(options.limit)))
  const rows: RetrievalRow[] = []
  const misses: string[] = []
  const run = async (pool: string, folder: string, pooled: readonly DataSet[]) => {
    const assistant = await openSetAssistant(options.cache, folder, pooled, say)
    for (const set of pooled) rows.push(...(await rowsOf(pool, assistant, set, forms, misses)))
    await assistant.close()
  }
  if (options.pools.includes('own')) for (const set of sets) await run('own', `own-${set.name}`, [set])
  if (options.pools.includes('mixed')) await run('mixed', `mixed-${names.join('-')}`, sets)
  console.log(
    `split ${options.split}; pool, set, form, method, questions, recall@1, recall@5, MRR@10, paired test of recall@1 against ours`,
  )
  for (const row of rows) console.log(line(row))
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`)
  if (options.markdown !== undefined) writeFileSync(options.markdown, markdownTable(rows))
  if (options.misses !== undefined) writeFileSync(options.misses, `${misses.join('\n')}\n`)
}

const program = new Command('eval:retrieval')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--sets <names>', 'sets, separated by commas', SETS.join(','))
  .option('--forms <names>', 'forms of the questions', Object.keys(QUESTION_FORMS).join(','))
  .option('--split <split>', 'tune, report or vault', 'report')
  .option('--limit <n>', 'most questions of a set', '400')
  .option('--pools <names>', 'own, mixed', 'own,mixed')
  .option('--cache <dir>', 'folder for corpora, indexes and vectors of earlier runs', '.cache/eval')
  .option('--json <file>', 'write the rows there')
  .option('--markdown <file>', 'write the rows as a Markdown table there')
  .option('--misses <file>', 'write the questions ours misses there')
await main(program.parse().opts<Options>())
