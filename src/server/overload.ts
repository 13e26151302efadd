// In: a request. Out: the request, or 503 at once when the server is being stopped or has more to do than it can, before anything
// of the request is read.
import { getHeapStatistics } from 'node:v8'
import type { MiddlewareHandler } from 'hono'
import type { AppServices } from './app.ts'
import { problem } from './problem.ts'

/** Requests served at once, cheap ones included. */
const MAX_REQUESTS = 256
/** Share of the heap above which nothing new is begun. */
const MAX_HEAP = 0.9
/** Routes whose work goes through the gate of the assistant. */
const GATED = new Set(['/ask', '/search', '/v1/chat/completions'])

/** Refuses what cannot be served in time. Probes are always answered. */
export function overload({ assistant, isDraining = () => false }: AppServices): MiddlewareHandler {
  let running = 0
  return async (c, next) => {
    if (c.req.path === '/healthz' || c.req.path === '/readyz') return next()
    if (isDraining()) {
      c.header('Connection', 'close')
      return problem(c, 503, 'The server is being stopped; try again after its restart.', { retryAfter: 5 })
    }
    if (c.req.method === 'POST' && GATED.has(c.req.path) && assistant.gate.isFull) {
      return problem(c, 503, 'Too many questions wait to be answered; try again in a second.')
    }
    if (running >= MAX_REQUESTS || isShortOfMemory()) return problem(c, 503, 'Too much is going on; try again in a second.')
    running++
    try {
      return await next()
    } finally {
      running--
    }
  }
}

function isShortOfMemory(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used > limit * MAX_HEAP
}
