import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AskResponse } from '../contract/schemas.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { makeWorkspace, runs, type Workspace } from '../testing/faces-workspace.ts'
import { type RunningServer, startServer } from './serve.ts'

let workspace: Workspace
let server: RunningServer

beforeAll(async () => {
  workspace = await makeWorkspace()
  server = await startServer(workspace.config, '0.0.0-test')
  await server.ready
})
afterAll(async () => {
  await server?.stop()
  await workspace?.remove()
})

const headers = { 'content-type': 'application/json' }
const askAt = (url: string, question: string) => fetch(`${url}/ask`, { method: 'POST', headers, body: JSON.stringify({ question }) })

async function expectClosing(response: Response): Promise<void> {
  expect(response.status).toBe(200)
  expect(((await response.json()) as AskResponse).citations[0]?.quote).toBe(CLOSING.sentence)
}

/** Everything the server sends back to these bytes until it closes the connection. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes))
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('close', () => resolve(Buffer.concat(parts).toString('utf8')))
    socket.on('error', reject)
  })
}

test('what the server measures of itself is told without a word of what was asked', async () => {
  await expectClosing(await askAt(server.url, CLOSING.question))
  const response = await fetch(`${server.url}/metrics`)
  const text = await response.text()
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
  for (const stage of ['embed', 'retrieve', 'answer', 'total'])
    expect(text).toMatch(new RegExp(`thuky_stage_seconds_count\\{stage="${stage}"\\} [1-9]`))
  expect(text).toMatch(/thuky_http_request_seconds_count\{.*route="\/ask".*status="200".*\} [1-9]/)
  expect(text).toMatch(/thuky_answers_total\{outcome="answered"\} [1-9]/)
  for (const name of [
    'thuky_index_generation 1',
    'thuky_queue_waiting 0',
    'thuky_child_restarts{process="embedding"} 0',
    'nodejs_eventloop_lag_p99_seconds',
  ])
    expect(text).toContain(name)
  expect(text).not.toContain('kết thúc')
  expect(text).not.toContain(workspace.folder)
})

test('a chunked body without a length is a 411', async () => {
  const { status, type, body } = await new Promise<{ status: number | undefined; type: string | undefined; body: string }>(
    (resolve, reject) => {
      const sent = request(
        `${server.url}/ask`,
        { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } },
        async (response) => {
          let body = ''
          for await (const part of response) body += part
          resolve({ status: response.statusCode, type: response.headers['content-type'], body })
        },
      )
      sent.on('error', reject)
      sent.write(`{"question":`)
      sent.end(`"${CLOSING.question}"}`)
    },
  )
  expect(status).toBe(411)
  expect(type).toBe('application/problem+json')
  expect(JSON.parse(body)).toMatchObject({
    status: 411,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  })
})

test.each([
  ['a length that is no number', 'POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: abc\r\n\r\n{}', 400],
  ['no HTTP at all', 'hội nghị lần thứ 77?\r\n\r\n', 400],
  ['headers of 20,000 characters', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('%s, which never reaches a route, is answered with a problem too', async (_, bytes, status) => {
  const answer = await raw(bytes)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toMatch(/content-type: application\/problem\+json/i)
  expect(JSON.parse(body)).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.stringMatching(/\w/),
    detail: expect.stringMatching(/\w/),
    requestId: expect.stringMatching(/\w/),
  })
})

test('a body longer than allowed is a 413 over a real connection, and the next request works', async () => {
  const response = await fetch(`${server.url}/ask`, { method: 'POST', headers, body: JSON.stringify({ question: 'a'.repeat(300_000) }) })
  expect(response.status).toBe(413)
  await response.text()
  await expectClosing(await askAt(server.url, CLOSING.question))
})

test('a client that goes away in the middle leaves the server well', async () => {
  for (let round = 0; round < 5; round++) {
    const gone = new AbortController()
    const body = JSON.stringify({ question: CLOSING.question, stream: true })
    const asked = fetch(`${server.url}/ask`, { method: 'POST', headers, body, signal: gone.signal }).then((response) => response.text())
    setTimeout(() => gone.abort(), round * 5)
    await asked.catch(() => {})
  }
  await expectClosing(await askAt(server.url, CLOSING.question))
})

test('a question is answered after the model process was killed, and while it is being killed', async () => {
  const { model } = server.assistant
  const killModel = () => process.kill(model.pid as number, 'SIGKILL')
  const before = model.restarts
  killModel()
  // The question may be remembered and need no model; this text does.
  const embedded = model.embed('query', ['Mô hình còn làm việc không?'])
  await expectClosing(await askAt(server.url, CLOSING.question))
  expect((await embedded).dimension).toBeGreaterThan(0)
  expect(model.restarts).toBe(before + 1)
  const asked = Promise.all([1, 2, 3, 4, 5, 6].map(() => askAt(server.url, CLOSING.question)))
  await new Promise((go) => setTimeout(go, 30))
  killModel()
  for (const response of await asked) await expectClosing(response)
  // Remembered questions may all be answered before the death is noticed: first it is, then the next process is ready.
  await expect.poll(() => model.restarts, { timeout: 20_000 }).toBe(before + 2)
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 20_000 }).toBe(200)
})

test('stopping lets running questions end, ends the model process and frees the port', async () => {
  const other = await startServer(workspace.config, '0.0.0-test')
  await other.ready
  const child = other.assistant.model.pid as number
  expect(await runs(child)).toBe(true)
  const asked = [1, 2, 3, 4, 5, 6, 7, 8].map(() => askAt(other.url, CLOSING.question))
  await Promise.race(asked)
  const stopping = other.stop()
  for (const response of await Promise.all(asked)) await expectClosing(response)
  const ended = performance.now()
  await stopping
  expect(performance.now() - ended).toBeLessThan(2000)
  expect(await runs(child)).toBe(false)
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow()
})
