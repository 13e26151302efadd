// In: requests of clients. Out: the request, or 429 with the seconds to wait: each client has a bucket that fills evenly.
// Programs on this machine are not counted; behind a proxy they are told apart by the address it adds.
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { isLoopbackHost } from './access.ts'
import { problem } from './problem.ts'

/** Clients remembered; above it those whose buckets are full again are forgotten. */
const MAX_CLIENTS = 10_000

/** Buckets of clients. */
export class RateLimiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  /**
   * @param perMinute requests a minute; as many may come at once
   * @param now milliseconds
   */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one request of a client. @returns seconds until the next one would pass; 0 when this one passes */
  take(client: string): number {
    const at = this.now()
    const before = this.#buckets.get(client)
    const tokens = before === undefined ? this.perMinute : this.#filled(before, at)
    if (tokens < 1) return Math.ceil(((1 - tokens) * 60) / this.perMinute)
    this.#buckets.delete(client)
    this.#buckets.set(client, { tokens: tokens - 1, at })
    if (this.#buckets.size > MAX_CLIENTS) this.#forget(at)
    return 0
  }

  /** Clients remembered now. */
  get clients(): number {
    return this.#buckets.size
  }

  #filled({ tokens, at }: { tokens: number; at: number }, now: number): number {
    return Math.min(this.perMinute, tokens + ((now - at) * this.perMinute) / 60_000)
  }

  #forget(now: number): void {
    for (const [client, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.perMinute || this.#buckets.size > MAX_CLIENTS) this.#buckets.delete(client)
    }
  }
}

/** Limits the rate of every client. Probes are not counted. */
export function rateLimit({ rateLimit: perMinute, trustProxy }: Pick<Config, 'rateLimit' | 'trustProxy'>): MiddlewareHandler {
  const limiter = new RateLimiter(perMinute)
  return async (c, next) => {
    const client = clientOf(c, trustProxy)
    if (perMinute === 0 || client === undefined || c.req.path === '/healthz' || c.req.path === '/readyz') return next()
    const seconds = limiter.take(client)
    if (seconds === 0) return next()
    return problem(c, 429, `More than ${perMinute} requests a minute; wait ${seconds} seconds.`, { retryAfter: seconds })
  }
}

/** Key or address of a client; undefined for programs on this machine. */
function clientOf(c: Context, trustProxy: boolean): string | undefined {
  const address = c.env?.incoming === undefined ? undefined : getConnInfo(c).remote.address
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  const { key } = c.get('client')
  if (key !== undefined) return `key ${key}`
  if (forwarded !== undefined && forwarded !== '') return network(forwarded)
  return address === undefined || isLoopbackHost(address) ? undefined : network(address)
}

/** IPv6 users have a whole network each. */
const network = (address: string) => (address.includes(':') ? address.split(':').slice(0, 4).join(':') : address)
