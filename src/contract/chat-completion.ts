// In: a chat completion request; an answer. Out: the question in the request with those before it; the answer in OpenAI's wire
// format, whole or in chunks, its sources as a numbered list below the text.
import { hasAccents } from '../language/folding.ts'
import { CHAT_MODEL, type ChatCompletion, type ChatCompletionRequest, type ModelBody } from './openai-schemas.ts'
import type { AskResponse, CitationBody } from './schemas.ts'

/** A question out of a chat, with the user's questions before it, oldest first. */
export interface ChatQuestion {
  readonly question: string
  readonly earlierQuestions: readonly string[]
}

/** Most earlier questions and most of their UTF-16 units; the latest are kept. */
const MAX_EARLIER = { questions: 25, length: 20_000 } as const

/** The last message of the user and those before it; undefined when the chat does not end with words of the user. */
export function chatQuestion({ messages }: Pick<ChatCompletionRequest, 'messages'>): ChatQuestion | undefined {
  const last = messages.at(-1)
  const question = last?.role === 'user' ? textOf(last.content) : ''
  if (question.trim() === '') return undefined
  const earlier = messages
    .slice(0, -1)
    .filter(({ role }) => role === 'user')
    .map((message) => textOf(message.content))
    .filter((text) => text.trim() !== '')
    .slice(-MAX_EARLIER.questions)
  while (earlier.reduce((sum, text) => sum + text.length, 0) > MAX_EARLIER.length) earlier.shift()
  return { question, earlierQuestions: earlier }
}

type Content = ChatCompletionRequest['messages'][number]['content']

function textOf(content: Content): string {
  if (typeof content === 'string') return content
  return (content ?? []).flatMap((part) => (part.type === 'text' && typeof part['text'] === 'string' ? [part['text']] : [])).join('\n')
}

/** The answer and its sources as text: the numbers in it are those of the list below. */
export function answerWithSources(body: Pick<AskResponse, 'answer' | 'citations' | 'writing'>): string {
  return body.answer + belowAnswer(body)
}

/** What stands below an answer: the note on its writing and its sources. */
function belowAnswer({ answer, citations, writing }: Pick<AskResponse, 'answer' | 'citations' | 'writing'>): string {
  const note = writing?.note == null ? '' : `\n\n(${writing.note})`
  if (citations.length === 0) return note
  const vietnamese = hasAccents(answer.replace(/["“][^"”]*["”]/gu, ''))
  const list = citations.map((citation) => `[${citation.marker}] ${sourceLine(citation, vietnamese)}`)
  return `${note}\n\n${vietnamese ? 'Nguồn' : 'Sources'}:\n${list.join('\n')}`
}

/** One source: the quotation, then where it stands. */
export function sourceLine({ quote, document, conference, place }: CitationBody, vietnamese: boolean): string {
  const page = place.page === null ? null : `${vietnamese ? 'trang' : 'page'} ${place.page}`
  const heading = place.heading === null ? null : `${vietnamese ? 'mục' : 'section'} “${place.heading}”`
  const name = conference.name === document.title ? null : conference.name
  const where = [document.title, name, conference.date, document.publisher, page, heading, document.url]
  return `“${quote.replace(/\s+/gu, ' ')}” — ${where.filter((part) => part !== null).join(', ')}`
}

/** Nothing is counted in tokens, for no language model writes the answer; clients want the field. */
const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } as const

const additions = ({ citations, answerable, refusal }: AskResponse) => ({ citations, answerable, nearest: refusal?.nearest ?? [] })

const seconds = (now: Date) => Math.floor(now.getTime() / 1000)

/** The whole answer. */
export function chatCompletion(body: AskResponse, now: Date): ChatCompletion {
  const message = { role: 'assistant', content: answerWithSources(body), refusal: null } as const
  return {
    id: `chatcmpl-${body.id}`,
    object: 'chat.completion',
    created: seconds(now),
    model: CHAT_MODEL,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: NO_USAGE,
    ...additions(body),
  }
}

/** Chunks of an answer that is told while it is written. */
export interface ChatChunks {
  readonly opening: object
  text(text: string): object
  /** What stands below the answer, the end with the citations, and the usage where it is wanted. */
  closing(body: AskResponse): object[]
}

/** @param id of the answer */
export function chatChunks(id: string, now: Date, includeUsage: boolean): ChatChunks {
  const head = { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: seconds(now), model: CHAT_MODEL }
  const usage = includeUsage ? { usage: null } : {}
  const chunk = (delta: object, finish_reason: 'stop' | null, more: object = {}) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...usage,
    ...more,
  })
  return {
    opening: chunk({ role: 'assistant', content: '', refusal: null }, null),
    text: (content) => chunk({ content }, null),
    closing: (body) => [
      ...belowAnswer(body)
        .split(/(?<=\n)/)
        .filter((line) => line !== '')
        .map((line) => chunk({ content: line }, null)),
      chunk({}, 'stop', additions(body)),
      ...(includeUsage ? [{ ...head, choices: [], usage: NO_USAGE }] : []),
    ],
  }
}

/** The one model, as the list of models shows it. */
export function chatModel(startedAt: Date): ModelBody {
  return { id: CHAT_MODEL, object: 'model', created: seconds(startedAt), owned_by: 'thuky' }
}
