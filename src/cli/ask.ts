// thuky ask: one answer with its sources. Exit status 3 when the corpus does not answer the question.
import { createAssistant } from '../assistant.ts'
import { askBody } from '../contract/present.ts'
import { answerText } from './answer-text.ts'
import type { CommandContext } from './command-context.ts'
import { checkedQuestion } from './question-argument.ts'
import { pc, terminalEvents } from './terminal.ts'

/** Options of the command. */
export interface AskOptions {
  readonly json?: boolean
  readonly conference?: readonly string[]
  readonly topK: number
}

const NOT_ANSWERABLE = 3

/** Runs the command. */
export async function ask({ config, verbose, startedAt }: CommandContext, argument: string, options: AskOptions): Promise<number> {
  const question = checkedQuestion(argument)
  const assistant = createAssistant(config, terminalEvents(config.language))
  try {
    const loading = performance.now()
    await assistant.open()
    const loaded = performance.now()
    const filters = options.conference === undefined ? {} : { conferenceIds: options.conference }
    const body = askBody(await assistant.ask({ question, filters, topK: options.topK }), {
      model: config.model,
      conversationId: null,
    })
    process.stdout.write(options.json === true ? `${JSON.stringify(body, null, 2)}\n` : answerText(body, config.language))
    if (verbose) {
      const steps = {
        start: loading - startedAt,
        'model and index': loaded - loading,
        ...body.timingsMs,
        all: performance.now() - startedAt,
      }
      const words = Object.entries(steps).map(([step, ms]) => `${step} ${ms.toFixed(0)} ms`)
      process.stderr.write(`${pc.dim(words.join(' · '))}\n`)
    }
    return body.answerable ? 0 : NOT_ANSWERABLE
  } finally {
    await assistant.close()
  }
}
