import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { OpenAPIHono } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { addPageRoutes } from './routes/page.ts'

const SCRIPT = 'console.log("Thư Ký")'

async function app(files: Readonly<Record<string, string>>): Promise<OpenAPIHono> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'assets'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const made = new OpenAPIHono()
  addPageRoutes(made, folder)
  return made
}

describe('the compiled page', () => {
  test('is always asked for anew, and its policy allows nothing but its own files', async () => {
    const response = await (await app({ 'index.html': '<!doctype html>' })).request('/')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/)
  })

  test('has assets that are kept for good, and says when a copy is still right', async () => {
    const page = await app({ 'assets/index-a1B2.js': SCRIPT })
    const response = await page.request('/assets/index-a1B2.js')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await response.text()).toBe(SCRIPT)
    const again = await page.request('/assets/index-a1B2.js', { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['', null, (bytes: Uint8Array) => bytes],
  ])('is packed as the browser can unpack it: %s', async (accepted, encoding, unpack) => {
    const page = await app({ 'assets/index-a1B2.js': SCRIPT })
    const response = await page.request('/assets/index-a1B2.js', { headers: { 'accept-encoding': accepted } })
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(Buffer.from(unpack(new Uint8Array(await response.arrayBuffer()))).toString('utf8')).toBe(SCRIPT)
  })

  test.each(['/assets/..%2Findex.html', '/assets/%2e%2e%2fsecret.js', '/assets/none.js', '/assets/.hidden.js', '/assets/notes.txt'])(
    'leads nowhere else: %s',
    async (path) => {
      const page = await app({ 'index.html': 'x', 'secret.js': 'x', 'assets/.hidden.js': 'x', 'assets/notes.txt': 'x' })
      expect((await page.request(path)).status).toBe(404)
    },
  )

  test('that has not been compiled is told with its remedy', async () => {
    const response = await (await app({})).request('/')
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('npm run build')])
  })
})
