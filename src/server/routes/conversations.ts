// GET /conversations, GET|PATCH|DELETE /conversations/{id}: what was asked and answered before.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { conversationBody } from '../../contract/present.ts'
import { conversationBodySchema, conversationSummarySchema, renameRequestSchema } from '../../contract/conversation-schemas.ts'
import type { AppServices } from '../app.ts'
import { jsonBody, ok, problems } from './openapi-parts.ts'

const idParameter = { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) }) }

const list = createRoute({
  method: 'get',
  path: '/conversations',
  summary: 'All conversations, last used first',
  description: 'Who reads a public server without a key sees none here, only conversations whose id they have.',
  responses: { ...ok(z.object({ conversations: z.array(conversationSummarySchema) }), 'Conversations'), ...problems() },
})

const get = createRoute({
  method: 'get',
  path: '/conversations/{id}',
  summary: 'One conversation with its turns',
  request: idParameter,
  responses: { ...ok(conversationBodySchema, 'Conversation'), ...problems(404) },
})

const rename = createRoute({
  method: 'patch',
  path: '/conversations/{id}',
  summary: 'Give a conversation another title',
  request: { ...idParameter, ...jsonBody(renameRequestSchema) },
  responses: { ...ok(conversationSummarySchema, 'The conversation, renamed'), ...problems(400, 404, 411, 413, 415) },
})

const remove = createRoute({
  method: 'delete',
  path: '/conversations/{id}',
  summary: 'Remove a conversation, its file and what was said about its answers',
  request: idParameter,
  responses: { 204: { description: 'It is gone' }, ...problems(404) },
})

/** Adds the routes. They need neither model nor index. */
export function addConversationRoutes(app: OpenAPIHono, { assistant }: AppServices): void {
  const { conversations } = assistant
  app.openapi(list, async (c) => c.json({ conversations: c.get('client').seesAll ? await conversations.list() : [] }, 200))
  app.openapi(get, async (c) => c.json(conversationBody(await conversations.get(c.req.valid('param').id), assistant.currentIndex), 200))
  app.openapi(rename, async (c) => c.json(await conversations.rename(c.req.valid('param').id, c.req.valid('json').title), 200))
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid('param')
    await conversations.delete(id)
    await assistant.feedback.forget(id)
    return c.body(null, 204)
  })
}
