// GET / and /assets/*: the chat page, from the compiled files. Read once, kept in memory, packed beforehand.
// The policy allows what lies here and nothing else: no inline script or style, no other host, no HTML made of strings.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { packageRoot } from '../../package-root.ts'
import { problem } from '../problem.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Names of assets hold a hash of their content. */
const FOREVER = 'public, max-age=31536000, immutable'

interface PageFile {
  readonly type: string
  readonly etag: string
  readonly bodies: Readonly<Record<'br' | 'gzip' | 'identity', Uint8Array<ArrayBuffer>>>
}

/** Adds the routes. A package without the compiled page says how to make it. */
export function addPageRoutes(app: OpenAPIHono, folder: string = join(packageRoot(), 'dist', 'page')): void {
  const files = new Map<string, PageFile>()
  const file = (name: string) => {
    const known = files.get(name) ?? readPageFile(folder, name)
    if (known !== undefined) files.set(name, known)
    return known
  }
  app.get('/', (c) => {
    const page = file('index.html')
    if (page === undefined) return problem(c, 404, 'The page has not been built; run npm run build.')
    c.header('Content-Security-Policy', POLICY)
    return send(c, page, 'no-cache')
  })
  app.get('/assets/:file', (c) => {
    const name = c.req.param('file')
    const asset = /^[\w-]+(\.[\w-]+)+$/.test(name) ? file(join('assets', name)) : undefined
    return asset === undefined ? problem(c, 404, 'There is no such file; load the page again.') : send(c, asset, FOREVER)
  })
}

function send(c: Context, { type, etag, bodies }: PageFile, caching: string): Response {
  c.header('Cache-Control', caching)
  c.header('Vary', 'Accept-Encoding')
  c.header('ETag', etag)
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
  if (encoding !== 'identity') c.header('Content-Encoding', encoding)
  return c.body(bodies[encoding], 200, { 'Content-Type': type })
}

function readPageFile(folder: string, name: string): PageFile | undefined {
  const type = TYPES[extname(name)]
  if (type === undefined) return undefined
  try {
    const plain = new Uint8Array(readFileSync(join(folder, name)))
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    const bodies = { br: new Uint8Array(brotliCompressSync(plain)), gzip: new Uint8Array(gzipSync(plain)), identity: plain }
    return { type, etag, bodies }
  } catch {
    return undefined
  }
}
