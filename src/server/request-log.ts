// In: requests. Out: one structured log line each, without question texts, ids of people or addresses.
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'

/** Logs method, route, status and time of every request; probes at debug level. */
export function requestLog(logger: Logger): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now()
    await next()
    const probe = c.req.path === '/healthz' || c.req.path === '/readyz'
    const entry = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    }
    logger[probe ? 'debug' : 'info'](entry, 'request')
  }
}
