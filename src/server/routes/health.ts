// GET /healthz: the process lives. GET /readyz: questions can be answered now. GET /metrics: what the server measures of itself.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { ThukyError } from '../../errors.ts'
import type { AppServices } from '../app.ts'
import { ok, problems } from './openapi-parts.ts'

const status = z.object({ status: z.string() })
const healthz = createRoute({ method: 'get', path: '/healthz', summary: 'Whether the process lives', responses: ok(status, 'It lives') })
const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether questions can be answered',
  description: 'Model and index are loaded, the process of the model lives, and the server is not being stopped.',
  responses: { ...ok(status, 'They can'), ...problems(503) },
})
const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'What the server measures of itself, as Prometheus text',
  description: 'Needs a key wherever there is one, and on public servers.',
  responses: { 200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } }, ...problems() },
})

/** Adds the routes. */
export function addHealthRoutes(app: OpenAPIHono, { assistant, metrics, isDraining = () => false }: AppServices): void {
  app.openapi(healthz, (c) => c.json({ status: 'ok' }, 200))
  app.openapi(readyz, (c) => {
    if (isDraining()) throw new ThukyError('unavailable', 'The server is being stopped; try again after its restart.')
    if (assistant.isReady) return c.json({ status: 'ready' }, 200)
    throw new ThukyError('unavailable', 'Model and index are being loaded; try again shortly.')
  })
  app.openapi(metricsRoute, async (c) => {
    const { body, type } = await metrics.text()
    return c.body(body, 200, { 'Content-Type': type })
  })
}
