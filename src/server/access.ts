// In: a request, the keys and how the server may be reached. Out: the request, or a problem: a name it is not reached under
// (DNS rebinding), another site's page (403), no or a wrong key (401). The rules are pure functions above the middleware.
import { hostname } from 'node:os'
import type { Context, MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import type { ApiKeys } from './api-keys.ts'
import { problem } from './problem.ts'

/** What a request needs: nothing, leave to read, leave to see what concerns others, leave to write. */
export type Need = 'open' | 'read' | 'private' | 'write'

const OPEN = new Set(['/', '/healthz', '/readyz', '/openapi.json', '/docs'])
const PRIVATE = new Set(['/metrics'])
/** Asked with a body, but nothing of the corpus changes. */
const READING_POSTS = new Set(['/ask', '/search', '/v1/chat/completions', '/mcp'])

/** What a method on a path needs. What is not known needs most. */
export function needOf(method: string, path: string): Need {
  const reading = method === 'GET' || method === 'HEAD'
  if (reading && (OPEN.has(path) || path.startsWith('/assets/'))) return 'open'
  if (reading && PRIVATE.has(path)) return 'private'
  if (reading || (method === 'POST' && READING_POSTS.has(path)) || path === '/mcp') return 'read'
  return 'write'
}

/** How a server stands in the world. */
export interface Exposure {
  readonly hasKeys: boolean
  readonly isPublic: boolean
  readonly isLoopback: boolean
}

/** Whether a request may go on. `key` is what was presented. */
export function isAllowed(need: Need, key: 'right' | 'wrong' | 'none', { hasKeys, isPublic, isLoopback }: Exposure): boolean {
  if (need === 'open' || key === 'right') return true
  if (key === 'wrong' && hasKeys) return false
  if (!hasKeys && isLoopback) return true
  return need === 'read' && isPublic
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i

/**
 * Whether a Host header names this server: an address, localhost, this machine, or a name it has been told. A page of another
 * site whose name has been pointed here sends that name.
 */
export function isOwnHost(host: string | undefined, names: readonly string[], onlyLoopback: boolean): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase().replace(/\.$/, '')
  if (name === undefined || name === '') return false
  if (name === 'localhost' || names.includes(name)) return true
  if (ADDRESS.test(name)) return !onlyLoopback || isLoopbackHost(name)
  const own = hostname().toLowerCase()
  return !onlyLoopback && (name === own || name === `${own}.local` || name.split('.')[0] === own.split('.')[0])
}

/** Whether an address or name stands for this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|(?:::ffff:)127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

/** Whether a request may come from a page: only one of this server itself may send more than GET. */
export function isOwnOrigin(method: string, origin: string | undefined, fetchSite: string | undefined, host: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return false
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host.toLowerCase() === host.toLowerCase()
}

/** Who asks, for rate limits and for what may be listed. */
export interface Client {
  /** Name of the key; undefined without one. */
  readonly key: string | undefined
  /** Whether what concerns others may be shown. */
  readonly seesAll: boolean
  /** Whether documents may be written. */
  readonly mayWrite: boolean
}

declare module 'hono' {
  interface ContextVariableMap {
    client: Client
  }
}

/** Lets in who may come in. */
export function access(config: Pick<Config, 'host' | 'public' | 'hostNames'>, keys: ApiKeys): MiddlewareHandler {
  const isLoopback = isLoopbackHost(config.host)
  const told = config.hostNames.map((name) => name.toLowerCase())
  return async (c, next) => {
    const { method, path } = c.req
    const host = hostOf(c)
    const bearer = /^Bearer +(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const name = bearer === undefined ? undefined : await keys.nameOf(bearer)
    const key = name !== undefined ? 'right' : c.req.header('authorization') === undefined ? 'none' : 'wrong'
    const exposure = { hasKeys: await keys.exist(), isPublic: config.public, isLoopback }
    const probe = path === '/healthz' || path === '/readyz'
    if (!probe && key !== 'right' && !isOwnHost(host, told, isLoopback)) {
      return problem(
        c,
        403,
        'This server is not known under the name it was called; call it by its address, or list the name in THUKY_HOSTNAMES.',
      )
    }
    if (!isOwnOrigin(method, c.req.header('origin'), c.req.header('sec-fetch-site'), host ?? '')) {
      return problem(c, 403, 'Pages of other sites may not send this; open the page of this server itself.')
    }
    if (!isAllowed(needOf(method, path), key, exposure)) {
      c.header('WWW-Authenticate', 'Bearer realm="thuky"')
      return problem(c, 401, 'A key is needed; send it as "Authorization: Bearer …". thuky keys add NAME makes one.')
    }
    c.set('client', { key: name, seesAll: isAllowed('private', key, exposure), mayWrite: isAllowed('write', key, exposure) })
    return next()
  }
}

/** The name a request was sent to; requests made inside the process have it in their address only. */
const hostOf = (c: Context) => c.req.header('host') ?? (c.env?.incoming === undefined ? new URL(c.req.url).host : undefined)
