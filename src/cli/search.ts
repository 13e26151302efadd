// thuky search: ranked passages for a question, no answer.
import pc from 'picocolors'
import { createAssistant } from '../assistant.ts'
import { searchBody } from '../contract/present.ts'
import type { SearchResponse } from '../contract/schemas.ts'
import type { CommandContext } from './command-context.ts'
import { checkedQuestion } from './question-argument.ts'
import { terminalEvents } from './terminal.ts'

/** Options of the command. */
export interface SearchOptions {
  readonly json?: boolean
  readonly explain?: boolean
  readonly conference?: readonly string[]
  readonly topK: number
}

/** Runs the command. */
export async function search({ config }: CommandContext, argument: string, options: SearchOptions): Promise<number> {
  const question = checkedQuestion(argument)
  const assistant = createAssistant(config, terminalEvents())
  try {
    const index = await assistant.open()
    const filters = { conferenceIds: options.conference ?? [] }
    const body = searchBody(await assistant.search(question, { filters, limit: options.topK }), index)
    process.stdout.write(options.json === true ? `${JSON.stringify(body, null, 2)}\n` : resultText(body, options.explain === true))
    return 0
  } finally {
    await assistant.close()
  }
}

function resultText({ interpretation, passages }: SearchResponse, explain: boolean): string {
  const lines = passages.map(({ conference, document, text, score, parts }, i) => {
    const heading = `${pc.bold(`${i + 1}. ${conference.name}`)}${conference.date === null ? '' : ` · ${conference.date}`} ${pc.dim(document.id)}`
    const legs = `   ${score.toFixed(3)} = dense ${parts.dense.toFixed(3)}, lexical ${parts.lexical.toFixed(3)}, scope × ${parts.scope}`
    return [heading, ...(explain ? [pc.dim(legs)] : []), `   ${text.replace(/\s+/g, ' ')}`].join('\n')
  })
  const reading = explain ? `${pc.dim(JSON.stringify(interpretation))}\n` : ''
  return `${reading}${lines.join('\n\n')}\n`
}
