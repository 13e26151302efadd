// npm run eval:latency -- --data DIR: what a question costs beside its embedding, over the five documents and over a large pool.
import { Command } from 'commander'
import { median } from 'simple-statistics'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { QUESTION_FORMS, type QuestionForm } from '../src/evaluation/question-forms.ts'
import { readDataSet } from './data-sets.ts'
import { openSetAssistant } from './set-corpus.ts'

interface Options {
  readonly data: string
  readonly sets: string
  readonly cache: string
}

const FORMS: readonly QuestionForm[] = ['accented', 'unaccented']
const WARM_UP = 40

/** Medians in milliseconds over the questions, forms interleaved; `embed` is measured on the model itself, without cache. */
async function measure(name: string, assistant: Assistant, questions: readonly string[]): Promise<void> {
  const times = FORMS.map((form) => ({ form, embed: [] as number[], retrieve: [] as number[], answer: [] as number[] }))
  const index = await assistant.index()
  for (const [i, question] of questions.entries()) {
    for (const { form, embed, retrieve, answer } of times) {
      const text = QUESTION_FORMS[form](question)
      const started = performance.now()
      await assistant.model.embed('query', [text])
      const embedded = performance.now() - started
      const { timingsMs } = await assistant.ask({ question: text })
      if (i < WARM_UP) continue
      embed.push(embedded)
      retrieve.push(timingsMs.retrieve)
      answer.push(timingsMs.answer)
    }
  }
  const base = median(times[0]?.embed ?? [])
  for (const { form, embed, retrieve, answer } of times) {
    const part = (values: readonly number[]) => `${median(values).toFixed(2)} ms (${(median(values) / base).toFixed(2)} ×)`
    console.log(
      `${name}: ${index.passages.size} passages, ${form}: embedding ${part(embed)}, retrieval ${part(retrieve)}, answering ${part(answer)}`,
    )
  }
}

const program = new Command('eval:latency')
  .requiredOption('--data <dir>', 'folder of question sets')
  .option('--sets <names>', 'sets of the large pool', 'viquad1_dev,uit_wiki,moh_faq,tvpl_faq_dev,alqac_dev,news_baomoi')
  .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
const { data, sets, cache } = program.parse().opts<Options>()
const questions = readDataSet(data, 'viquad1_dev', 'report', 240).questions.map(({ question }) => question)
const small = createAssistant(loadConfig())
await small.open()
await measure('five documents', small, questions)
await small.close()
const names = sets.split(',')
const pool = names.map((name) => readDataSet(data, name, 'report'))
const large = await openSetAssistant(cache, `mixed-${names.join('-')}`, pool, (line) => process.stderr.write(`${line}\n`))
await measure('large pool', large, questions)
await large.close()
