// POST /ask: a question in, an answer with its citations out; as one body, or as server-sent events.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import type { AskListener, AskRequest } from '../../ask-request.ts'
import type { Assistant } from '../../assistant.ts'
import { askBody, foundBody } from '../../contract/present.ts'
import { type AskResponse, askRequestSchema, askResponseSchema } from '../../contract/schemas.ts'
import { messageOf } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { LiveAnswer } from '../live-answer.ts'
import { expectedProblem, problemBody } from '../problem.ts'
import { jsonBody, problems } from './openapi-parts.ts'

const route = createRoute({
  method: 'post',
  path: '/ask',
  summary: 'Ask a question',
  description:
    'Answers from the corpus with verbatim quotations, or says why it does not. A follow-up is completed from earlier questions of the user: those of conversationId or history. With `stream` (or Accept: text/event-stream) as events.',
  request: jsonBody(askRequestSchema),
  responses: {
    200: {
      description: 'The answer or a refusal; as events: retrieval, citation, answer-delta, answer, error',
      content: { 'application/json': { schema: askResponseSchema }, 'text/event-stream': { schema: z.string() } },
    },
    ...problems(400, 404, 411, 413, 415, 422, 503),
  },
})

/** Adds the route. */
export function addAskRoute(app: OpenAPIHono, { assistant, logger }: AppServices): void {
  app.openapi(route, async (c) => {
    const { question, filters = {}, scope, topK, stream, conversationId, history } = c.req.valid('json')
    const conversation = await earlierQuestions(assistant, conversationId, history)
    const ask = (signal: AbortSignal, listener?: AskListener) =>
      answered(assistant, { question, filters, scope, topK, signal, ...(listener && { listener }) }, conversation)
    if (!stream && !c.req.header('accept')?.includes('text/event-stream'))
      return c.json(await unlessGone(c.req.raw.signal, (signal) => ask(signal)), 200)
    return streamSSE(c, async (events) => {
      const gone = new AbortController()
      events.onAbort(() => gone.abort())
      const signal = AbortSignal.any([gone.signal, c.req.raw.signal])
      const send = (event: string, data: unknown) => events.writeSSE({ event, data: JSON.stringify(data) })
      try {
        const live = new LiveAnswer({
          found: (found) => send('retrieval', foundBody(found)),
          citation: (citation) => send('citation', citation),
          text: (text) => send('answer-delta', { text }),
        })
        const body = await ask(signal, live)
        await live.finish(body)
        await send('answer', body)
      } catch (error) {
        if (signal.aborted) return
        const requestId = String(c.get('requestId'))
        const told = expectedProblem(error) ?? {
          status: 500,
          detail: 'Something unexpected happened; the log has it under this request id.',
        }
        if (told.status >= 500) logger.error({ requestId, error: messageOf(error) }, 'request failed')
        await send('error', problemBody(told, requestId))
      }
    })
  })
}

type Body = z.output<typeof askRequestSchema>

/** What a question continues. */
interface Earlier {
  readonly history: NonNullable<Body['history']>
  readonly questions: readonly string[]
  /** Where the turn is kept; null when it is kept nowhere. */
  readonly keep: { readonly id: string; readonly isNew: boolean } | null
}

/** @throws ThukyError `not-found` for an unknown conversation, before anything is streamed */
async function earlierQuestions({ conversations }: Assistant, id: Body['conversationId'], history: Body['history']): Promise<Earlier> {
  if (history !== undefined) {
    return { history, questions: history.filter(({ role }) => role === 'user').map(({ content }) => content), keep: null }
  }
  if (id === undefined) return { history: [], questions: [], keep: { id: conversations.newId(), isNew: true } }
  return { history: [], questions: await conversations.questions(id), keep: { id, isNew: false } }
}

/** The answer, kept in its conversation unless the client has gone meanwhile. */
async function answered(assistant: Assistant, request: AskRequest, { history, questions, keep }: Earlier): Promise<AskResponse> {
  const result = await assistant.ask({ ...request, earlierQuestions: questions })
  const conversationId = keep?.id ?? null
  const body = askBody(result, { model: assistant.config.model, conversationId })
  request.signal?.throwIfAborted()
  const { question, standaloneQuestion } = body
  if (keep === null) {
    assistant.feedback.remember(body.id, { question, standaloneQuestion, history, answer: body })
    return body
  }
  const turn = { question, standaloneQuestion, answer: body }
  if (keep.isNew) assistant.conversations.begin(keep.id, turn)
  else await assistant.conversations.append(keep.id, turn, false)
  return body
}

/** A client that has gone is no fault of the server; nobody reads this problem. */
async function unlessGone<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(signal)
  } catch (error) {
    if (signal.aborted) throw new HTTPException(408, { message: 'The client went away; ask again.' })
    throw error
  }
}
