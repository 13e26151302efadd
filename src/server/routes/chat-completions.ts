// POST /v1/chat/completions, GET /v1/models: the assistant as a model of OpenAI's API, for programs that speak nothing else.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AskListener } from '../../ask-request.ts'
import type { Assistant } from '../../assistant.ts'
import { type ChatChunks, chatChunks, chatCompletion, chatModel, chatQuestion } from '../../contract/chat-completion.ts'
import {
  CHAT_MODEL,
  chatCompletionRequestSchema,
  chatCompletionSchema,
  modelListSchema,
  modelSchema,
} from '../../contract/openai-schemas.ts'
import { askBody } from '../../contract/present.ts'
import { type AskResponse, askRequestSchema } from '../../contract/schemas.ts'
import { messageOf } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { LiveAnswer } from '../live-answer.ts'
import { expectedProblem, problem, problemBody } from '../problem.ts'
import { jsonBody, ok, problems } from './openapi-parts.ts'

const completions = createRoute({
  method: 'post',
  path: '/v1/chat/completions',
  summary: 'Ask in the wire format of OpenAI',
  description: 'For clients of that API; streaming too. Citations come in the field `citations` and as a numbered list in the text.',
  request: jsonBody(chatCompletionRequestSchema),
  responses: {
    200: {
      description: 'The answer; as server-sent events of chunks with `stream`',
      content: { 'application/json': { schema: chatCompletionSchema }, 'text/event-stream': { schema: z.string() } },
    },
    ...problems(400, 404, 411, 413, 415, 422, 503),
  },
})

const models = createRoute({
  method: 'get',
  path: '/v1/models',
  summary: 'The one model, in the wire format of OpenAI',
  responses: ok(modelListSchema, 'Models'),
})

const model = createRoute({
  method: 'get',
  path: '/v1/models/{id}',
  summary: 'One model, in the wire format of OpenAI',
  request: { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) }) },
  responses: { ...ok(modelSchema, 'Model'), ...problems(404) },
})

/** Adds the routes. */
export function addChatCompletionRoutes(app: OpenAPIHono, { assistant, logger }: AppServices): void {
  const startedAt = new Date()
  app.openapi(models, (c) => c.json({ object: 'list' as const, data: [chatModel(startedAt)] }, 200))
  app.openapi(model, (c) => {
    if (c.req.valid('param').id !== CHAT_MODEL) return problem(c, 404, NO_MODEL) as never
    return c.json(chatModel(startedAt), 200)
  })
  app.openapi(completions, async (c) => {
    const request = c.req.valid('json')
    if (request.model !== CHAT_MODEL) return problem(c, 404, NO_MODEL) as never
    const asked = chatQuestion(request)
    const question = askRequestSchema.shape.question.safeParse(asked?.question ?? '')
    if (asked === undefined || !question.success) {
      const message = question.error?.issues[0]?.message ?? 'has to end with a message of the user'
      return problem(c, 400, `The last message of the user ${message}.`, { errors: [{ path: 'messages', message }] }) as never
    }
    const answer = (signal: AbortSignal, listener?: AskListener) => {
      const [{ earlierQuestions }, filters] = [asked, request.filters ?? {}]
      return answered(assistant, { question: question.data, earlierQuestions, filters, signal, ...(listener && { listener }) })
    }
    if (request.stream !== true) return c.json(chatCompletion(await answer(c.req.raw.signal), new Date()), 200)
    return streamSSE(c, async (events) => {
      const gone = new AbortController()
      events.onAbort(() => gone.abort())
      const signal = AbortSignal.any([gone.signal, c.req.raw.signal])
      try {
        const send = (chunk: object) => events.writeSSE({ data: JSON.stringify(chunk) })
        let chunks: ChatChunks | undefined
        const live = new LiveAnswer({
          found: ({ id }) => {
            chunks = chatChunks(id, new Date(), request.stream_options?.include_usage === true)
            return send(chunks.opening)
          },
          citation: async () => {},
          text: async (text) => chunks && send(chunks.text(text)),
        })
        const body = await answer(signal, live)
        await live.finish(body)
        for (const chunk of chunks?.closing(body) ?? []) await send(chunk)
        await events.writeSSE({ data: '[DONE]' })
      } catch (error) {
        if (signal.aborted) return
        const requestId = String(c.get('requestId'))
        const told = expectedProblem(error) ?? {
          status: 500,
          detail: 'Something unexpected happened; the log has it under this request id.',
        }
        if (told.status >= 500) logger.error({ requestId, error: messageOf(error) }, 'request failed')
        await events.writeSSE({ data: JSON.stringify(withOpenAiError(problemBody(told, requestId))) })
      }
    })
  })
}

const NO_MODEL = `There is no such model; the one there is is called ${CHAT_MODEL}.`

async function answered(assistant: Assistant, request: Parameters<Assistant['ask']>[0]): Promise<AskResponse> {
  return askBody(await assistant.ask(request), { model: assistant.config.model, conversationId: null })
}

/** Clients of OpenAI's API look for the cause in the field `error`; a problem may have fields of its own (RFC 9457, 3.2). */
export function openAiErrors(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (!c.res.headers.get('content-type')?.startsWith('application/problem+json')) return
    const body = problemSchema.safeParse(await c.res.clone().json())
    if (!body.success) return
    const { status, headers } = c.res
    headers.delete('content-length')
    c.res = undefined
    c.res = new Response(JSON.stringify(withOpenAiError(body.data)), { status, headers })
  }
}

const problemSchema = z.looseObject({
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

/** What is read of a problem. */
interface ReadableProblem {
  readonly status: number
  readonly detail: string
  readonly errors?: readonly { readonly path: string }[] | undefined
}

function withOpenAiError<P extends Readonly<ReadableProblem>>(body: P) {
  const type = body.status >= 500 ? 'server_error' : body.status === 401 ? 'authentication_error' : 'invalid_request_error'
  const code = body.status === 404 ? 'model_not_found' : body.status === 429 ? 'rate_limit_exceeded' : null
  return { ...body, error: { message: body.detail, type, param: body.errors?.[0]?.path ?? null, code } }
}
