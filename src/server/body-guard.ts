// In: a request with a body. Out: the request, or a problem: no length, too long, of a type nobody reads here. Looks at headers only.
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { problem } from './problem.ts'

/** Longest JSON body in bytes. */
const MAX_BODY_BYTES = 256 * 1024

/** Longest upload in bytes: a file of 10 MiB and what multipart puts around it. */
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024 + 16 * 1024

const UPLOADS = /^\/documents\/[^/]+$/
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/**
 * Refuses bodies the routes could not use before they are read: 411, 413, 415, and 400 for a length that is no number. The body of a
 * wrong method or path is not looked at.
 */
export function bodyGuard(): MiddlewareHandler {
  return async (c, next) => {
    const { method } = c.req
    if (!WITH_BODY.has(method) || !matchedRoutes(c).some((route) => route.method === method)) return next()
    const length = c.req.header('content-length')
    if (length === undefined) return problem(c, 411, 'The request has no Content-Length; send the body with its length.')
    if (!/^\d+$/.test(length)) return problem(c, 400, 'The Content-Length is no number; send the length of the body in bytes.')
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const upload = type === 'multipart/form-data' && c.req.method === 'PUT' && UPLOADS.test(c.req.path)
    const most = upload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES
    if (Number(length) > most) return problem(c, 413, `The body is longer than ${most} bytes; shorten it.`)
    if (!upload && type !== 'application/json')
      return problem(c, 415, 'The body has to be JSON; send it with Content-Type: application/json.')
    return next()
  }
}
