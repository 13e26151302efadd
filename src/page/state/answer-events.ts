// In: the response of a streamed question. Out: calls as events arrive, and the whole answer at the end.
import { createParser } from 'eventsource-parser'
import type { Answer, Citation, Interpretation, Passage } from './contract.ts'
import { problemFrom, ServerProblem } from './server-problem.ts'

/** What is told while an answer arrives. */
export interface AnswerEvents {
  onRetrieval(found: { readonly interpretation: Interpretation; readonly passages: readonly Passage[] }): void
  onCitation(citation: Citation): void
  onText(text: string): void
}

/** Reads events until the answer is whole. @throws ServerProblem when the server tells one or ends without an answer */
export async function readAnswerEvents(response: Response, events: AnswerEvents): Promise<Answer> {
  let answer: Answer | undefined
  let problem: ServerProblem | undefined
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'retrieval') events.onRetrieval(JSON.parse(data))
      else if (event === 'citation') events.onCitation(JSON.parse(data))
      else if (event === 'answer-delta') events.onText(JSON.parse(data).text)
      else if (event === 'answer') answer = JSON.parse(data)
      else if (event === 'error') problem = problemFrom(JSON.parse(data).status ?? 500, data, null)
    },
  })
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    parser.feed(decoder.decode(part.value, { stream: true }))
  }
  if (problem !== undefined) throw problem
  if (answer === undefined) throw new ServerProblem(0, '')
  return answer
}
