import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { access, isAllowed, isOwnHost, isOwnOrigin, type Need, needOf } from './access.ts'
import { ApiKeys, addKey, listKeys, removeKey } from './api-keys.ts'
import { RateLimiter } from './rate-limit.ts'

const SECRET = 'mot-khoa-du-dai-0123'
const KEYS = { THUKY_API_KEYS: `van-phong:${SECRET}` }

/** An application with nothing but the guard. */
async function guarded(env: NodeJS.ProcessEnv, flags: { host?: string } = {}): Promise<Hono> {
  const config = loadConfig({ index: await temporaryFolder(), ...flags }, env)
  const app = new Hono()
  app.use(access(config, new ApiKeys(config.indexDir, config.apiKeys)))
  app.all('*', (c) => c.json(c.get('client') ?? null))
  return app
}

const REQUESTS: Record<Need, [string, string]> = {
  open: ['GET', '/healthz'],
  read: ['POST', '/ask'],
  private: ['GET', '/metrics'],
  write: ['PUT', '/documents/x'],
}

describe('who may do what', () => {
  const table: [string, NodeJS.ProcessEnv, string | undefined, string | undefined, Partial<Record<Need, number>>][] = [
    ['loopback without keys is open', {}, undefined, undefined, { open: 200, read: 200, private: 200, write: 200 }],
    ['loopback with keys asks for one', KEYS, undefined, undefined, { open: 200, read: 401, private: 401, write: 401 }],
    ['a right key opens everything', KEYS, undefined, SECRET, { open: 200, read: 200, private: 200, write: 200 }],
    ['a wrong key opens nothing', KEYS, undefined, `${SECRET}x`, { open: 200, read: 401, private: 401, write: 401 }],
    ['a part of a key opens nothing', KEYS, undefined, SECRET.slice(0, -1), { read: 401, write: 401 }],
    ['public with keys lets read', { ...KEYS, THUKY_PUBLIC: 'true' }, undefined, undefined, { read: 200, private: 401, write: 401 }],
    ['public with a wrong key does not', { ...KEYS, THUKY_PUBLIC: 'true' }, undefined, 'x', { read: 401, write: 401 }],
    [
      'another host, public, without keys only lets read',
      { THUKY_PUBLIC: 'true' },
      '0.0.0.0',
      undefined,
      { read: 200, private: 401, write: 401 },
    ],
    ['another host without keys and not public lets nothing in', {}, '0.0.0.0', undefined, { open: 200, read: 401, write: 401 }],
  ]
  test.each(table)('%s', async (_, env, host, key, expected) => {
    const app = await guarded(env, host === undefined ? {} : { host })
    for (const [need, status] of Object.entries(expected) as [Need, number][]) {
      const [method, path] = REQUESTS[need]
      const response = await app.request(path, {
        method,
        headers: { host: '127.0.0.1:8080', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      })
      expect([need, response.status]).toEqual([need, status])
      if (status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  })

  test('every route of the contract needs what it should, and what is not known needs a key', () => {
    const needs = [
      'GET /',
      'GET /docs',
      'GET /assets/a.js',
      'GET /documents/x',
      'POST /search',
      'GET /metrics',
      'DELETE /documents/x',
      'POST /feedback',
      'PATCH /conversations/x',
      'POST /v1/chat/completions',
      'POST /new',
      'GET /new',
      'POST /mcp',
    ]
    expect(needs.map((route) => needOf(...(route.split(' ') as [string, string])))).toEqual([
      'open',
      'open',
      'open',
      'read',
      'read',
      'private',
      'write',
      'write',
      'write',
      'read',
      'write',
      'read',
      'read',
    ])
  })

  test('the last key that is removed does not open a server that others can reach', () => {
    expect(isAllowed('read', 'none', { hasKeys: false, isPublic: false, isLoopback: false })).toBe(false)
    expect(isAllowed('read', 'wrong', { hasKeys: false, isPublic: false, isLoopback: true })).toBe(true)
  })
})

describe('a page of another site', () => {
  test.each([
    ['localhost:8080', true, true],
    ['127.0.0.1', true, true],
    ['[::1]:8080', true, true],
    ['LOCALHOST.', true, true],
    ['evil.example', false, false],
    ['127.0.0.1.evil.example', false, false],
    ['localhost.evil.example:8080', false, false],
    ['192.168.1.7:8080', false, true],
    ['thu-ky.example', true, true],
    ['', false, false],
    [undefined, false, false],
  ])('that has its name pointed here is not known: Host %s', (host, onLoopback, elsewhere) => {
    expect([isOwnHost(host, ['thu-ky.example'], true), isOwnHost(host, ['thu-ky.example'], false)]).toEqual([onLoopback, elsewhere])
  })

  test.each([
    ['POST', 'http://127.0.0.1:8080', undefined, true],
    ['POST', undefined, undefined, true],
    ['POST', 'http://127.0.0.1:9090', undefined, false],
    ['POST', 'https://evil.example', undefined, false],
    ['POST', 'null', undefined, false],
    ['POST', 'http://127.0.0.1:8080.evil.example', undefined, false],
    ['DELETE', undefined, 'cross-site', false],
    ['PUT', 'http://127.0.0.1:8080', 'same-site', false],
    ['GET', 'https://evil.example', 'cross-site', true],
  ])('may not send %s with Origin %s and Sec-Fetch-Site %s', (method, origin, site, expected) => {
    expect(isOwnOrigin(method, origin, site, '127.0.0.1:8080')).toBe(expected)
  })

  test('is refused before anything is done, unless it knows a key', async () => {
    const app = await guarded(KEYS)
    const send = (headers: Record<string, string>) => app.request('/ask', { method: 'POST', headers })
    expect((await send({ host: 'evil.example' })).status).toBe(403)
    expect((await send({ host: '127.0.0.1', origin: 'https://evil.example', authorization: `Bearer ${SECRET}` })).status).toBe(403)
    expect((await send({ host: 'evil.example', authorization: `Bearer ${SECRET}` })).status).toBe(200)
  })
})

describe('keys of the index folder', () => {
  test('are shown once, kept as hashes, listed, and refused within a second after they have been removed', async () => {
    const folder = await temporaryFolder()
    const secret = await addKey(folder, 'may-2')
    expect(secret).toMatch(/^tk_[\w-]{43}$/)
    const [file] = await readdir(join(folder, 'keys'))
    expect(await readFile(join(folder, 'keys', String(file)), 'utf8')).not.toContain(secret.slice(3))
    expect(await listKeys(folder)).toEqual([{ name: 'may-2', createdAt: expect.any(String) }])
    await expect(addKey(folder, 'may-2')).rejects.toMatchObject({ kind: 'usage' })
    const keys = new ApiKeys(folder, [])
    expect([await keys.exist(), await keys.nameOf(secret), await keys.nameOf(`${secret}x`), await keys.nameOf('')]).toEqual([
      true,
      'may-2',
      undefined,
      undefined,
    ])
    await removeKey(folder, 'may-2')
    await delay(1100)
    expect([await keys.exist(), await keys.nameOf(secret)]).toEqual([false, undefined])
    await expect(removeKey(folder, 'may-2')).rejects.toMatchObject({ kind: 'usage' })
  })

  test.each(['../x', '', 'a b', 'x'.repeat(65), '.hidden', 'a/b', 'khóa'])('cannot be named %j', async (name) => {
    await expect(addKey(await temporaryFolder(), name)).rejects.toMatchObject({ kind: 'usage' })
  })

  test('that are damaged open nothing and still close the door', async () => {
    const folder = await temporaryFolder()
    const secret = await addKey(folder, 'a')
    await writeFile(join(folder, 'keys', 'a.json'), '{"salt":"')
    const keys = new ApiKeys(folder, [])
    expect([await keys.exist(), await keys.nameOf(secret)]).toEqual([true, undefined])
  })
})

describe('the rate of a client', () => {
  let now = 0
  afterEach(() => {
    now = 0
  })

  test('is limited by a bucket that fills evenly, for each client apart', () => {
    const limiter = new RateLimiter(60, () => now)
    expect(Array.from({ length: 60 }, () => limiter.take('a')).every((wait) => wait === 0)).toBe(true)
    expect([limiter.take('a'), limiter.take('b')]).toEqual([1, 0])
    now += 1000
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 1])
    now += 600_000
    expect(Array.from({ length: 61 }, () => limiter.take('a')).filter((wait) => wait === 0)).toHaveLength(60)
  })

  test('does not make the memory of a server grow without end', () => {
    const limiter = new RateLimiter(60, () => now)
    for (let client = 0; client < 25_000; client++) limiter.take(String(client))
    expect(limiter.clients).toBeLessThanOrEqual(10_001)
  })
})
