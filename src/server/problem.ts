// In: anything thrown while a request is served. Out: an RFC 9457 problem response. Never a stack, a path or a secret.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type ErrorKind, ThukyError } from '../errors.ts'

/** One fault of a request body or query. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  411: 'Length required',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  431: 'Request header fields too large',
  500: 'Internal error',
  503: 'Service unavailable',
}

const STATUS: Partial<Record<ErrorKind, ContentfulStatusCode>> = {
  'invalid-request': 422,
  'not-found': 404,
  unavailable: 503,
  model: 503,
  index: 503,
  corpus: 503,
}

/** What a problem says, apart from the request it belongs to. */
export interface Problem {
  readonly status: ContentfulStatusCode
  readonly detail: string
  readonly errors?: readonly FieldError[]
}

/** The body of a problem. */
export function problemBody({ status, detail, errors }: Problem, requestId: string) {
  const title = TITLES[status] ?? 'Error'
  return { type: 'about:blank', title, status, detail, requestId, ...(errors === undefined ? {} : { errors }) }
}

/** What a problem may say beside its words. */
export interface ProblemFacts {
  readonly errors?: readonly FieldError[] | undefined
  /** Seconds; for 429 and 503. Default 1. */
  readonly retryAfter?: number
}

/** A problem response with the request's id. */
export function problem(c: Context, status: ContentfulStatusCode, detail: string, { errors, retryAfter = 1 }: ProblemFacts = {}): Response {
  const body = problemBody({ status, detail, ...(errors === undefined ? {} : { errors }) }, String(c.get('requestId') ?? ''))
  if (status === 503 || status === 429) c.header('Retry-After', String(retryAfter))
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}

/** Status, words and faults for something thrown; undefined for what nobody expected. */
export function expectedProblem(thrown: unknown): Problem | undefined {
  if (thrown instanceof HTTPException) {
    return { status: thrown.status, detail: thrown.message === '' ? (TITLES[thrown.status] ?? 'The request failed.') : thrown.message }
  }
  if (!(thrown instanceof ThukyError)) return undefined
  const status = STATUS[thrown.kind]
  if (status === undefined) return undefined
  if (thrown.kind === 'invalid-request') {
    return { status, detail: thrown.message, errors: [{ path: String(thrown.facts['field'] ?? ''), message: thrown.message }] }
  }
  if (thrown.kind === 'not-found' || thrown.kind === 'unavailable') return { status, detail: thrown.message }
  return { status, detail: 'The service cannot answer at the moment; try again shortly, and see its log if it stays so.' }
}
