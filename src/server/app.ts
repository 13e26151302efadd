// In: an assistant and a logger. Out: the Hono application with all routes of the contract. Listens to nothing by itself.
import { OpenAPIHono } from '@hono/zod-openapi'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { Logger } from 'pino'
import type { Assistant } from '../assistant.ts'
import { messageOf } from '../errors.ts'
import { bodyGuard } from './body-guard.ts'
import { allowedMethods } from './allowed-methods.ts'
import { expectedProblem, problem } from './problem.ts'
import { requestLog } from './request-log.ts'
import { addAskRoute } from './routes/ask.ts'
import { addCorpusRoutes } from './routes/corpus.ts'
import { addDocsRoutes } from './routes/docs.ts'
import { addHealthRoutes } from './routes/health.ts'
import { addSearchRoute } from './routes/search.ts'

/** What the routes need. */
export interface AppServices {
  readonly assistant: Assistant
  readonly logger: Logger
  /** Version shown in the OpenAPI document. */
  readonly version: string
}

/** The application. */
export function createApp(services: AppServices): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
      const first = errors[0]
      return problem(c, 400, `The request is not as it should be: ${first?.path || 'the body'} ${first?.message}`, errors)
    },
  })
  app.use(requestId())
  app.use(requestLog(services.logger))
  app.use(secureHeaders())
  app.use(bodyGuard())
  addAskRoute(app, services)
  addSearchRoute(app, services)
  addCorpusRoutes(app, services)
  addHealthRoutes(app, services)
  addDocsRoutes(app, services)
  app.notFound((c) => {
    const allowed = allowedMethods(app.routes, c.req.path)
    if (allowed.length === 0) return problem(c, 404, `There is nothing at ${c.req.path}; GET /openapi.json lists what there is.`)
    c.header('Allow', allowed.join(', '))
    return problem(c, 405, `${c.req.method} is not possible here; use ${allowed.join(' or ')}.`)
  })
  app.onError((error, c) => {
    const expected = expectedProblem(error)
    if (expected === undefined || expected.status >= 500) {
      services.logger.error({ requestId: c.get('requestId'), error: messageOf(error) }, 'request failed')
    }
    if (expected === undefined) return problem(c, 500, 'Something unexpected happened; the log has it under this request id.')
    return problem(c, expected.status, expected.detail, expected.errors)
  })
  return app
}
