// GET /healthz: the process lives. GET /readyz: model and index are loaded, questions can be answered.
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
  responses: { ...ok(status, 'They can'), ...problems(503) },
})

/** Adds the routes. */
export function addHealthRoutes(app: OpenAPIHono, { assistant }: AppServices): void {
  app.openapi(healthz, (c) => c.json({ status: 'ok' }, 200))
  app.openapi(readyz, (c) => {
    if (assistant.isReady) return c.json({ status: 'ready' }, 200)
    throw new ThukyError('unavailable', 'Model and index are being loaded; try again shortly.')
  })
}
