// POST /feedback: what a person says about an answer, kept as material for evaluations. It changes no later answer.
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { feedbackRequestSchema, feedbackSchema } from '../../contract/conversation-schemas.ts'
import type { AppServices } from '../app.ts'
import { jsonBody, problems } from './openapi-parts.ts'

const route = createRoute({
  method: 'post',
  path: '/feedback',
  summary: 'Say whether an answer was right',
  description:
    'Kept below the index folder with question and answer. Answers of a conversation can be judged for as long as it is kept, others until the server ends.',
  request: jsonBody(feedbackRequestSchema),
  responses: {
    201: { description: 'It is kept', content: { 'application/json': { schema: feedbackSchema } } },
    ...problems(400, 404, 411, 413, 415, 503),
  },
})

/** Adds the route. It needs neither model nor index. */
export function addFeedbackRoute(app: OpenAPIHono, { assistant }: AppServices): void {
  app.openapi(route, async (c) => {
    const { answerId, verdict, note } = c.req.valid('json')
    return c.json(await assistant.feedback.give({ answerId, verdict, note: note || null }), 201)
  })
}
