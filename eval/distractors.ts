// npm run eval:distractors -- --data DIR: the five documents of the package with news and statutes around them. Is the right
// document first, is a proving passage among the first three?
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { packageRoot } from '../src/package-root.ts'
import { type DataSet, readDataSet } from './data-sets.ts'
import { openSetAssistant, writeCorpus } from './set-corpus.ts'

interface Options {
  readonly data: string
  readonly cache: string
  readonly gold: string
  readonly pools: string
  readonly failures: boolean
}

const program = new Command('eval:distractors')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
  .option('--gold <files>', 'gold files, separated by commas', 'eval/gold/conferences.jsonl,eval/gold/english.jsonl')
  .option('--pools <names>', 'sets whose passages are put around the documents', 'news_baomoi,alqac')
  .option('--failures', 'print the questions that fail', false)
const options = program.parse().opts<Options>()

const sets: DataSet[] = options.pools.split(',').map((name) => readDataSet(options.data, name, 'tune', 0))
const folder = join(options.cache, 'distractors', 'corpus')
writeCorpus(folder, sets)
const own = join(packageRoot(), 'corpus')
for (const file of readdirSync(own)) if (file !== 'README.md') cpSync(join(own, file), join(folder, file))
const assistant = await openSetAssistant(options.cache, 'distractors', sets, (line) => process.stderr.write(`${line}\n`))
const index = await assistant.index()
console.log(`${index.documents.size} documents, ${index.passages.size} passages`)

for (const path of options.gold.split(',')) {
  const golds = goldQuestions(readFileSync(path, 'utf8')).filter(
    ({ answerable, history, category }) => answerable && history.length === 0 && category !== 'injection',
  )
  let first = 0
  let proving = 0
  for (const { id, question, source_docs, evidence } of golds) {
    const { passages } = await assistant.search(question, { limit: 3 })
    const texts = passages.map(({ passage }) => index.documentOf(passage).text.slice(passage.start, passage.end))
    const isFirst = source_docs.includes(passages[0]?.passage.documentId ?? '')
    const isProven = passages.some(
      ({ passage }, i) => source_docs.includes(passage.documentId) && evidence.some((proof) => texts[i]?.includes(proof)),
    )
    if (isFirst) first++
    if (isProven) proving++
    if (options.failures && !(isFirst && isProven)) {
      console.log(
        `${id} ${isFirst ? '' : 'document'} ${isProven ? '' : 'passage'} | ${question} | ${passages.map(({ passage }) => passage.documentId.slice(0, 24)).join(', ')}`,
      )
    }
  }
  const percent = (n: number) => `${n}/${golds.length} = ${((100 * n) / golds.length).toFixed(1)} %`
  console.log(`${path}: right document first ${percent(first)}, proving passage in the first three ${percent(proving)}`)
}
await assistant.close()
