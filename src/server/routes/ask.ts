// POST /ask: a question in, an answer with its citations out; as one body, or as server-sent events.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import type { AskRequest } from '../../assistant.ts'
import { askBody } from '../../contract/present.ts'
import { type AskResponse, askRequestSchema, askResponseSchema } from '../../contract/schemas.ts'
import { messageOf, ThukyError } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { expectedProblem, problemBody } from '../problem.ts'
import { jsonBody, problems } from './openapi-parts.ts'

const route = createRoute({
  method: 'post',
  path: '/ask',
  summary: 'Ask a question',
  description:
    'Answers from the corpus with verbatim quotations, or says why it does not. With `stream` (or Accept: text/event-stream) as events.',
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
  const ask = async (request: AskRequest): Promise<AskResponse> => {
    const result = await assistant.ask(request)
    return askBody(result, { index: await assistant.index(), model: assistant.config.model, conversationId: null })
  }
  app.openapi(route, async (c) => {
    const { question, filters = {}, topK, stream, conversationId } = c.req.valid('json')
    if (conversationId !== undefined) {
      throw new ThukyError('not-found', 'There is no such conversation; leave conversationId out to ask without one.')
    }
    const request = { question, filters, topK }
    if (!stream && !c.req.header('accept')?.includes('text/event-stream')) return c.json(await ask(request), 200)
    return streamSSE(c, async (events) => {
      const send = (event: string, data: unknown) => events.writeSSE({ event, data: JSON.stringify(data) })
      try {
        const body = await ask(request)
        await send('retrieval', { interpretation: body.interpretation, passages: body.passages })
        for (const citation of body.citations) await send('citation', citation)
        for (const line of body.answer.split(/(?<=\n)/)) await send('answer-delta', { text: line })
        await send('answer', body)
      } catch (error) {
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
