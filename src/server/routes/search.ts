// POST /search: ranked passages with the parts of their score, no answer.
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { searchBody } from '../../contract/present.ts'
import { searchRequestSchema, searchResponseSchema } from '../../contract/schemas.ts'
import type { AppServices } from '../app.ts'
import { jsonBody, ok, problems } from './openapi-parts.ts'

const route = createRoute({
  method: 'post',
  path: '/search',
  summary: 'Search passages',
  request: jsonBody(searchRequestSchema),
  responses: { ...ok(searchResponseSchema, 'Passages, best first'), ...problems(400, 411, 413, 415, 422, 503) },
})

/** Adds the route. */
export function addSearchRoute(app: OpenAPIHono, { assistant }: AppServices): void {
  app.openapi(route, async (c) => {
    const { question, filters = {}, scope, topK, explain } = c.req.valid('json')
    return c.json(searchBody(await assistant.search(question, { filters, scope, limit: topK, explain })), 200)
  })
}
