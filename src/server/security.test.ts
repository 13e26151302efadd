// The table of docs/security.md: a test for each row.
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import JSZip from 'jszip'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAssistant } from '../assistant.ts'
import { searchBody } from '../contract/present.ts'
import { packageRoot } from '../package-root.ts'
import { type Api, CLOSING, makeApi } from '../testing/faces-api.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { ApiKeys } from './api-keys.ts'
import { createApp } from './app.ts'
import { Metrics } from './metrics.ts'

let workspace: Workspace
let api: Api
const log: string[] = []

beforeAll(async () => {
  workspace = await makeWorkspace()
  await writeFile(join(workspace.folder, 'secret.md'), 'Bí mật của máy này nằm ngoài kho.')
  await symlink(join(workspace.folder, 'secret.md'), join(workspace.corpusDir, 'lien-ket.md'))
  const assistant = createAssistant(workspace.config)
  const lines = new Writable({
    write: (chunk, _, done) => {
      log.push(String(chunk))
      done()
    },
  })
  const services = {
    assistant,
    keys: new ApiKeys(workspace.indexDir, []),
    metrics: new Metrics(),
    logger: pino({ base: null }, lines),
    version: '0',
  }
  const app = createApp(services)
  api = { ...makeApi(workspace), assistant, app }
  await assistant.openLive()
})
afterAll(async () => {
  await api?.assistant.close()
  await workspace?.remove()
})

const send = (path: string, method: string, headers: Record<string, string>, body?: string | Uint8Array<ArrayBuffer>) =>
  api.app.request(path, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: { ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers },
  })
const json = { 'content-type': 'application/json' }
const question = JSON.stringify({ question: CLOSING.question })
const conversations = async () => (await readdir(join(workspace.indexDir, 'conversations')).catch(() => [])).length

async function upload(id: string, name: string, bytes: Uint8Array | string): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name))
  const request = new Request('http://127.0.0.1/', { method: 'PUT', body: form })
  const body = new Uint8Array(await request.arrayBuffer())
  return send(`/documents/${encodeURIComponent(id)}`, 'PUT', { 'content-type': request.headers.get('content-type') ?? '' }, body)
}

/** A DOCX whose document part is the given XML. */
const docx = (xml: string | Uint8Array) =>
  new JSZip()
    .file(
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    .file(
      '_rels/.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    )
    .file('word/document.xml', xml)
    .generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 1 } })
const word = (body: string, before = '') =>
  `<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${body}</w:t></w:r></w:p></w:body></w:document>`

describe('every row of the table in docs/security.md has its test here', () => {
  const rows: Record<string, () => Promise<void>> = {
    'DNS rebinding': async () => {
      const before = await conversations()
      for (const host of ['evil.example', 'evil.example:8080', '127.0.0.1.evil.example']) {
        expect((await send('/ask', 'POST', { ...json, host }, question)).status).toBe(403)
        expect((await send('/documents', 'GET', { host })).status).toBe(403)
      }
      expect(await conversations()).toBe(before)
    },
    'cross-origin post': async () => {
      const before = await conversations()
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'http://localhost:9999' },
      ]) {
        expect((await send('/ask', 'POST', { ...json, ...headers }, question)).status).toBe(403)
        expect((await send(`/documents/${CLOSING.document}`, 'DELETE', headers)).status).toBe(403)
      }
      const preflight = await send('/ask', 'OPTIONS', { origin: 'https://evil.example', 'access-control-request-method': 'POST' })
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
      expect(await conversations()).toBe(before)
    },
    'path traversal in ids and uploads': async () => {
      const before = (await readdir(workspace.folder, { recursive: true })).sort()
      for (const id of ['..~..~x', '../x', '..%2f..%2fx', '~x', 'a~..~..~x', '.~x', 'C:~x', '\\\\host~x', 'x\0.md'])
        expect([404, 405, 422]).toContain((await send(`/documents/${encodeURIComponent(id)}`, 'PUT', json, '{"text":"Hội nghị."}')).status)
      expect((await readdir(workspace.folder, { recursive: true })).sort()).toEqual(before)
      expect((await upload('tai-len', '../../thoat.md', 'Hội nghị bàn về lúa.')).status).toBe(201)
      expect((await readdir(workspace.folder, { recursive: true })).filter((name) => name.includes('thoat'))).toEqual([])
    },
    'symlink out of the corpus': async () => {
      expect((await send('/documents/lien-ket', 'GET', {})).status).toBe(404)
      expect(await (await send('/corpus', 'GET', {})).json()).toMatchObject({
        skipped: expect.arrayContaining([{ path: 'lien-ket.md', reason: expect.stringContaining('link') }]),
      })
      const { passages } = searchBody(await api.assistant.search('Bí mật của máy này nằm ngoài kho'))
      expect(JSON.stringify(passages)).not.toContain('Bí mật của máy')
    },
    'zip bomb DOCX': async () => {
      const bomb = await docx(new Uint8Array(160 * 1024 * 1024).fill(0x20))
      expect(bomb.length).toBeLessThan(2 * 1024 * 1024)
      const before = process.memoryUsage().rss
      expect((await upload('bom', 'bom.docx', bomb)).status).toBe(422)
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
      expect((await send('/ask', 'POST', json, question)).status).toBe(200)
    },
    'billion laughs': async () => {
      const levels = Array.from({ length: 12 }, (_, i) =>
        i === 0
          ? 'a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'
          : `a${i}: &a${i} [${Array(9)
              .fill(`*a${i - 1}`)
              .join(', ')}]`,
      )
      expect((await upload('cuoi', 'cuoi.md', `---\n${levels.join('\n')}\n---\nHội nghị.`)).status).toBe(422)
      const entities = `<!DOCTYPE w [<!ENTITY a0 "ha">${Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`
      const response = await upload('cuoi', 'cuoi.docx', await docx(word('Hội nghị &a12;', entities)))
      expect([201, 422]).toContain(response.status)
      expect((await response.text()).length).toBeLessThan(10_000)
    },
    'script in documents and questions': async () => {
      const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
      expect(
        (
          await send(
            '/documents/ma-doc',
            'PUT',
            json,
            JSON.stringify({ text: `Hội nghị Mã độc bàn về ${script} trong văn bản.`, title: script }),
          )
        ).status,
      ).toBe(201)
      for (const response of [
        await send('/documents/ma-doc', 'GET', {}),
        await send('/ask', 'POST', json, JSON.stringify({ question: `Hội nghị Mã độc bàn về gì ${script}?` })),
        await send(`/${encodeURIComponent(script)}`, 'GET', {}),
      ]) {
        expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json/)
        expect(response.headers.get('x-content-type-options')).toBe('nosniff')
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      }
      const docs = await send('/docs', 'GET', {})
      expect(docs.headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(await docs.text()).not.toMatch(/<script/)
    },
    'header injection': async () => {
      for (const id of ['a b', 'a:b', 'ä', 'x'.repeat(300), '<b>']) {
        const response = await send('/corpus', 'GET', {
          'x-request-id': encodeURIComponent(id) === id ? id : id.replace(/[^\u0020-\u00ff]/g, ''),
        })
        expect(response.headers.get('x-request-id')).toMatch(/^[\w=-]{8,255}$/)
        expect(response.headers.get('set-cookie')).toBeNull()
      }
      expect((await send('/documents/x%0d%0aset-cookie:%20a=b', 'GET', {})).headers.get('set-cookie')).toBeNull()
    },
    'key timing': async () => {
      const secret = 'k'.repeat(64)
      const keys = new ApiKeys(await temporaryFolder(), [{ name: 'a', secret }])
      const guesses = { near: `${'k'.repeat(63)}x`, far: 'x'.repeat(64) }
      const times = { near: [] as number[], far: [] as number[] }
      for (let round = 0; round < 4000; round++) {
        for (const guess of round % 2 === 0 ? (['near', 'far'] as const) : (['far', 'near'] as const)) {
          const started = process.hrtime.bigint()
          await keys.nameOf(guesses[guess])
          times[guess].push(Number(process.hrtime.bigint() - started))
        }
      }
      const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] as number
      expect(median(times.near) / median(times.far)).toBeGreaterThan(0.8)
      expect(median(times.near) / median(times.far)).toBeLessThan(1.25)
    },
    'log injection': async () => {
      log.length = 0
      const forged = '\n{"level":60,"msg":"forged"}\r\n'
      await send('/ask', 'POST', json, JSON.stringify({ question: `câu hỏi bí mật${forged}` }))
      await send(`/${encodeURIComponent(forged)}`, 'GET', { 'user-agent': 'ke-gian' })
      await send(`/documents/${encodeURIComponent(forged)}`, 'PUT', json, '{"text":"Hội nghị."}')
      const lines = log.join('').trim().split('\n')
      for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
      expect(lines.filter((line) => (JSON.parse(line) as { msg: string }).msg === 'forged')).toEqual([])
      expect(log.join('')).not.toMatch(/bí mật|ke-gian|forged/)
      expect(log.join('')).not.toContain(workspace.folder)
    },
    'prototype pollution in JSON and YAML': async () => {
      const bodies = [
        '{"question":"a","__proto__":{"polluted":1}}',
        '{"question":"a","constructor":{"prototype":{"polluted":1}}}',
        '{"question":"a","filters":{"__proto__":{"documentIds":["x"]}}}',
      ]
      for (const body of bodies) expect([200, 400]).toContain((await send('/ask', 'POST', json, body)).status)
      expect([201, 400]).toContain(
        (await send('/documents/nguyen-mau', 'PUT', json, '{"text":"Hội nghị.","__proto__":{"title":"x"}}')).status,
      )
      expect([201, 200, 422]).toContain(
        (await upload('nguyen-mau', 'a.md', '---\n__proto__:\n  polluted: 1\nconstructor: {prototype: {polluted: 1}}\n---\nHội nghị.'))
          .status,
      )
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  }

  test.each(Object.keys(rows))('%s', { timeout: 300_000 }, async (row) => {
    await rows[row]?.()
  })

  test('and no row is without one', async () => {
    const table = await readFile(join(packageRoot(), 'docs', 'security.md'), 'utf8')
    const named = [...table.matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map((match) => match[1])
    expect(named).toEqual(Object.keys(rows))
  })
})
