// In: schemas. Out: the parts of a route's description that all routes share.
import type { z } from '@hono/zod-openapi'
import { problemSchema } from '../../contract/schemas.ts'

/** What any route may answer. */
const ANYWHERE = {
  401: 'No key or a wrong one where one is needed',
  403: 'Called under a name that is not this server, or sent by a page of another site',
  429: 'Too many requests of one client; see Retry-After',
} as const

const WORDS = {
  400: 'The body or query is not as it should be',
  404: 'No such id',
  411: 'No Content-Length',
  413: 'The body is too long',
  415: 'The body is of a type that is not read here',
  422: 'It names an id that does not exist or cannot be, or brings a document that cannot be used; the problem says why',
  503: 'Loading, draining or overloaded; see Retry-After',
} as const

/** A required JSON body. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { body: { content: { 'application/json': { schema } }, required: true } } as const
}

/** A 200 response with JSON. */
export function ok<S extends z.ZodType>(schema: S, description: string) {
  return { 200: { content: { 'application/json': { schema } }, description } } as const
}

const problemContent = { 'application/problem+json': { schema: problemSchema } }

/** A problem response. Its content is in the document but not in the type: problems are thrown, no route returns one. */
interface ProblemResponse {
  readonly description: string
}

/** Problem responses of the given statuses. */
export function problems<S extends keyof typeof WORDS>(...statuses: readonly S[]): Record<S, ProblemResponse> {
  const responses: Record<number, ProblemResponse> = {}
  for (const [status, description] of Object.entries({ ...ANYWHERE, 503: WORDS[503] })) {
    const response = { description, content: problemContent }
    responses[Number(status)] = response
  }
  for (const status of statuses) {
    const response = { description: WORDS[status], content: problemContent }
    responses[status] = response
  }
  return responses as Record<S, ProblemResponse>
}
