// npm run eval:scope -- --data DIR: whether any question of the sets is bound to conferences that exclude its passage, or refused
// for a date the corpus is said to lack. All sets lie in one corpus; nothing is embedded but what is not yet in the cache.
import { Command } from 'commander'
import { interpret } from '../src/retrieval/interpretation.ts'
import { readDataSet, type Split } from './data-sets.ts'
import { documentIdOf, openSetAssistant } from './set-corpus.ts'

interface Options {
  readonly data: string
  readonly sets: string
  readonly cache: string
}

const SPLITS: readonly Split[] = ['tune', 'report']

const program = new Command('eval:scope')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--sets <names>', 'sets of the pool', 'viquad1_dev,uit_wiki,moh_faq,tvpl_faq_dev,alqac_dev,news_baomoi')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
const { data, sets, cache } = program.parse().opts<Options>()
const names = sets.split(',')
const pool = names.map((name) => readDataSet(data, name, 'tune', 0))
const assistant = await openSetAssistant(cache, `mixed-${names.join('-')}`, pool, (line) => process.stderr.write(`${line}\n`))
const index = await assistant.index()
for (const split of SPLITS) {
  for (const name of names) {
    const { questions } = readDataSet(data, name, split)
    const readings = questions.map(({ question, relevant }) => ({ question, relevant, ...interpret(question, index) }))
    const bound = readings.filter(({ conferenceIds }) => conferenceIds !== null)
    const excluding = bound.filter(({ relevant, conferenceIds }) =>
      [...relevant].every((id) => !conferenceIds?.includes(index.documents.get(documentIdOf(id))?.metadata.conference ?? '')),
    )
    const refused = readings.filter(({ unmatched }) => unmatched.length > 0)
    for (const { question } of [...excluding, ...refused]) console.log(`misread: ${question}`)
    console.log(
      `${split} ${name}: ${questions.length} questions, ${bound.length} bound, ${excluding.length} wrongly, ${refused.length} refused`,
    )
  }
}
await assistant.close()
