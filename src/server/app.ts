// In: an assistant and a logger. Out: the Hono application with all routes of the contract. Listens to nothing by itself.
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { requestId } from 'hono/request-id'
import type { Logger } from 'pino'
import type { Assistant } from '../assistant.ts'
import { messageOf, ThukyError } from '../errors.ts'
import { access } from './access.ts'
import { allowedMethods } from './allowed-methods.ts'
import type { ApiKeys } from './api-keys.ts'
import { bodyGuard } from './body-guard.ts'
import type { Metrics } from './metrics.ts'
import { overload } from './overload.ts'
import { expectedProblem, type FieldError, problem } from './problem.ts'
import { questionAhead } from './question-ahead.ts'
import { rateLimit } from './rate-limit.ts'
import { requestLog } from './request-log.ts'
import { addAskRoute } from './routes/ask.ts'
import { addChatCompletionRoutes, openAiErrors } from './routes/chat-completions.ts'
import { addConversationRoutes } from './routes/conversations.ts'
import { addCorpusRoutes } from './routes/corpus.ts'
import { addDocsRoutes } from './routes/docs.ts'
import { addDocumentRoutes } from './routes/documents.ts'
import { addFeedbackRoute } from './routes/feedback.ts'
import { addHealthRoutes } from './routes/health.ts'
import { addMcpRoute } from './routes/mcp.ts'
import { addPageRoutes } from './routes/page.ts'
import { addSearchRoute } from './routes/search.ts'
import { securityHeaders } from './security-headers.ts'

/** What the routes need. */
export interface AppServices {
  readonly assistant: Assistant
  readonly logger: Logger
  readonly keys: ApiKeys
  readonly metrics: Metrics
  /** Whether the server is being stopped and takes no new requests. */
  readonly isDraining?: () => boolean
  /** Version shown in the OpenAPI document. */
  readonly version: string
}

/** Paths that are answered with 503 until model and index are loaded. */
const NEEDS_INDEX = ['/ask', '/search', '/corpus', '/conferences/*', '/documents/*', '/v1/chat/*', '/mcp']

/** The application. */
export function createApp(services: AppServices): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const errors = result.error.issues.flatMap(fieldErrors)
      const first = errors[0]
      return problem(c, 400, `The request is not as it should be: ${first?.path || 'the body'} ${first?.message}`, { errors })
    },
  })
  app.use(requestId())
  app.use(requestLog(services.logger))
  app.use(services.metrics.middleware())
  app.use(securityHeaders())
  app.use('/v1/*', openAiErrors())
  app.use(access(services.assistant.config, services.keys))
  app.use(rateLimit(services.assistant.config))
  app.use(overload(services))
  app.use(bodyGuard())
  for (const path of NEEDS_INDEX) app.use(path, onceReady(services.assistant))
  app.use('/ask', questionAhead(services.assistant))
  addAskRoute(app, services)
  addSearchRoute(app, services)
  addChatCompletionRoutes(app, services)
  addMcpRoute(app, services)
  addConversationRoutes(app, services)
  addFeedbackRoute(app, services)
  addCorpusRoutes(app, services)
  addDocumentRoutes(app, services)
  addHealthRoutes(app, services)
  addDocsRoutes(app, services)
  addPageRoutes(app)
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
    return problem(c, expected.status, expected.detail, { errors: expected.errors })
  })
  return app
}

function onceReady(assistant: Assistant): MiddlewareHandler {
  return async (_, next) => {
    if (assistant.currentIndex === undefined || !assistant.hasOpened)
      throw new ThukyError('unavailable', 'Model and index are being loaded; try again shortly.')
    return next()
  }
}

/** A fault names the field it is about, an unknown field too. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }]
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known here; leave it out' }))
}
