// In: responses. Out: the same with headers that keep browsers from doing more with them than is meant. The one place for them:
// a route that needs another policy, such as the page, sets its own Content-Security-Policy and keeps it.
import type { MiddlewareHandler } from 'hono'

/** API and documentation load nothing and run nothing. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const

/** Sets the headers on every response; what a document says is not kept by caches between. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value)
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', NOTHING)
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  }
}
