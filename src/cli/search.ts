// thuky search: ranked passages for a question, no answer.
import { createAssistant } from '../assistant.ts'
import { searchBody } from '../contract/present.ts'
import type { PassageBody, SearchResponse } from '../contract/schemas.ts'
import type { CommandContext } from './command-context.ts'
import { type Translate, translation } from './message-catalogue.ts'
import { checkedQuestion } from './question-argument.ts'
import { pc, terminalEvents } from './terminal.ts'

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
  const assistant = createAssistant(config, terminalEvents(config.language))
  try {
    await assistant.open()
    const filters = options.conference === undefined ? {} : { conferenceIds: options.conference }
    const body = searchBody(await assistant.search(question, { filters, limit: options.topK, explain: options.explain === true }))
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify(body, null, 2)}\n`
        : resultText(body, options.explain === true, translation(config.language)),
    )
    return 0
  } finally {
    await assistant.close()
  }
}

function resultText({ question, searchedAs, interpretation, passages }: SearchResponse, explain: boolean, translate: Translate): string {
  const lines = passages.map((passage, i) => {
    const { conference, document, text } = passage
    const heading = `${pc.bold(`${i + 1}. ${conference.name}`)}${conference.date === null ? '' : ` · ${conference.date}`} ${pc.dim(document.id)}`
    return [
      heading,
      ...(explain
        ? [
            pc.dim(
              explanationLines(passage)
                .map((line) => `   ${translate(line)}`)
                .join('\n'),
            ),
          ]
        : []),
      `   ${text.replace(/\s+/g, ' ')}`,
    ].join('\n')
  })
  const reading = explain ? `${pc.dim(`${question} → ${searchedAs}\n${JSON.stringify(interpretation)}`)}\n\n` : ''
  return `${reading}${lines.join('\n\n')}\n`
}

/** Most matched terms shown for a passage. */
const SHOWN_TERMS = 12

function explanationLines({ score, parts, explanation }: PassageBody): string[] {
  const sum = `${score.toFixed(3)} from meaning ${parts.dense.toFixed(3)}, words ${parts.lexical.toFixed(3)}, scope × ${parts.scope}`
  if (explanation === undefined) return [sum]
  const { passageSimilarity, sentenceSimilarity, lexicalScore, terms } = explanation
  const legs = `cosine ${passageSimilarity.toFixed(3)} (passage), ${sentenceSimilarity.toFixed(3)} (sentence); BM25 ${lexicalScore.toFixed(2)}`
  const words = terms.slice(0, SHOWN_TERMS).map(({ family, term, score: part }) => `${term} (${family}) ${part.toFixed(2)}`)
  return [sum, `${legs}: ${words.join(', ')}${terms.length > SHOWN_TERMS ? ', …' : ''}`]
}
