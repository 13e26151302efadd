// npm run eval:chat-model -- [--record FILE]: asks the gold questions with the chat model of THUKY_LLM_BASE_URL and THUKY_LLM_MODEL and
// without it, and says how many of its sentences were shown, what of them is not held by what it cites, and how refusals and answers
// compare.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { askBody } from '../src/contract/present.ts'
import type { AskResponse } from '../src/contract/schemas.ts'
import { answerVerdict } from '../src/evaluation/answer-verdict.ts'
import { citationSupport } from '../src/evaluation/citation-support.ts'
import { type GoldQuestion, goldQuestions } from '../src/evaluation/gold-question.ts'
import type { CorpusIndex } from '../src/indexing/corpus-index.ts'
import { openChatModel } from '../src/inference/chat-model.ts'
import { packageRoot } from '../src/package-root.ts'
import { splitOf } from './data-sets.ts'
import { recordingProxy } from './recording-proxy.ts'

interface Options {
  readonly gold: string
  readonly split?: string
  readonly limit: string
  readonly tokens: string
  readonly answerable: boolean
  readonly record?: string
  readonly out?: string
}

interface Asked {
  readonly gold: GoldQuestion
  readonly plain: AskResponse
  readonly written: AskResponse
  readonly ms: number
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const share = (count: number, all: number) => (all === 0 ? null : Math.round((1000 * count) / all) / 10)

/** Sentences of the model in an answer: up to its marks; what follows the last of them is of the answer without a model. */
function writtenSentences({ answer, writing }: AskResponse): string[] {
  return answer.split(/(?<=\][.!…]?)\s+/u).slice(0, writing?.shown ?? 0)
}

/** What came of the questions asked so far. */
function figuresOf(asked: readonly Asked[], index: CorpusIndex, model: string) {
  const textOf = (id: string) => index.documents.get(id)?.text
  const verdicts = (which: 'plain' | 'written') => asked.map((each) => answerVerdict(each.gold, each[which], textOf))
  const sentences = asked.flatMap(({ written: body }) => writtenSentences(body).map((sentence) => ({ sentence, body })))
  const unheld = sentences.filter(
    ({ sentence, body }) => citationSupport(sentence.replace(/\]([.!…]+)$/u, ']'), body.citations)?.recall !== 1,
  )
  const citations = asked.flatMap(({ written: body }) => body.citations)
  const refused = (which: 'plain' | 'written', answerable: boolean) => {
    const own = asked.filter(({ gold }) => gold.answerable === answerable)
    return share(own.filter((each) => !each[which].answerable).length, own.length)
  }
  const passed = (which: 'plain' | 'written') => share(verdicts(which).filter((verdict) => verdict.passed).length, asked.length)
  const states = Object.fromEntries(
    ['checked', 'replaced', 'away', 'busy'].map((state) => [
      state,
      asked.filter(({ written: { writing } }) => writing?.state === state).length,
    ]),
  )
  const sum = (of: 'shown' | 'dropped') => asked.reduce((total, { written: { writing } }) => total + (writing?.[of] ?? 0), 0)
  const times = asked.flatMap(({ ms, written: { writing } }) => (writing === null ? [] : [ms])).sort((a, b) => a - b)
  const figures = {
    model: model,
    questions: asked.length,
    states,
    sentences: { shown: sum('shown'), dropped: sum('dropped'), shownWithoutSupport: unheld.length },
    exactQuotes: share(
      citations.filter(({ document, quote, start, end }) => textOf(document.id)?.slice(start, end) === quote).length,
      citations.length,
    ),
    refused: {
      answerable: [refused('plain', true), refused('written', true)],
      unanswerable: [refused('plain', false), refused('written', false)],
    },
    passed: [passed('plain'), passed('written')],
    medianMs: Math.round(times[Math.floor(times.length / 2)] ?? 0),
  }
  return { figures, unheld }
}

async function main(options: Options): Promise<void> {
  const config = loadConfig()
  if (config.chatModel === null) throw new Error('Set THUKY_LLM_BASE_URL and THUKY_LLM_MODEL.')
  const all = goldQuestions(readFileSync(join(packageRoot(), options.gold), 'utf8'), options.gold)
  const questions = all
    .filter(({ id }) => options.split === undefined || splitOf(id) === options.split)
    .filter(({ answerable }) => answerable || !options.answerable)
    .slice(0, Number(options.limit))
  const proxy = await recordingProxy(config.chatModel.baseUrl)
  const chatModel = await openChatModel({ ...config.chatModel, baseUrl: proxy.baseUrl }, Number(options.tokens))
  const plain = createAssistant({ ...config, chatModel: null })
  const written = createAssistant(config, {}, { chatModel })
  const index = await plain.open()
  await written.open()
  const told = { model: config.model, conversationId: null }
  const asked: Asked[] = []
  for (const gold of questions) {
    const earlierQuestions = gold.history.filter(({ role }) => role === 'user').map(({ content }) => content)
    const request = { question: gold.question, earlierQuestions }
    const one = askBody(await plain.ask(request), told)
    const started = performance.now()
    const other = askBody(await written.ask(request), told)
    asked.push({ gold, plain: one, written: other, ms: performance.now() - started })
    say(
      `${gold.id} ${other.writing?.state ?? 'refused'} ${other.writing?.shown ?? 0}+${other.writing?.dropped ?? 0} ${(performance.now() - started).toFixed(0)} ms | ${other.answer.split('\n')[0]}`,
    )
    if (options.record !== undefined) writeFileSync(options.record, `${JSON.stringify(proxy.recordings, null, 1)}\n`)
    if (options.out !== undefined) {
      const answers = asked.map(({ gold: { id }, written: { writing, answer, citations } }) => ({
        id,
        writing,
        answer,
        citations: citations.map(({ quote }) => quote),
      }))
      writeFileSync(options.out, JSON.stringify({ ...figuresOf(asked, index, config.chatModel.model), answers }, null, 1))
    }
  }
  const { figures, unheld } = figuresOf(asked, index, config.chatModel.model)
  for (const { sentence } of unheld) say(`without support: ${sentence}`)
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  proxy.close()
  await Promise.all([plain.close(), written.close()])
}

await main(
  new Command()
    .option('--gold <file>', 'gold file', 'eval/gold/conferences.jsonl')
    .option('--split <split>', 'tune, report or vault; default all')
    .option('--limit <count>', 'most questions', '1000')
    .option('--tokens <count>', 'most tokens of an answer', '1024')
    .option('--answerable', 'answerable questions only', false)
    .option('--record <file>', 'keeps what the model streamed')
    .option('--out <file>', 'keeps the answers')
    .parse()
    .opts(),
)
