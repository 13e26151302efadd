import type { ChildProcess } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AskResponse } from '../contract/schemas.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { childrenOf, ended, makeWorkspace, runs, startThuky, thuky, type Workspace } from '../testing/faces-workspace.ts'

let workspace: Workspace
const started: ChildProcess[] = []

beforeAll(async () => {
  workspace = await makeWorkspace()
})
afterEach(() => {
  for (const server of started.splice(0)) server.kill('SIGKILL')
})
afterAll(() => workspace?.remove())

/** Starts `thuky serve` on a free port. */
function serve(folder: string): ChildProcess {
  const server = startThuky(folder, ['serve', '--port', '0'], { env: { THUKY_LOG_LEVEL: 'info' } })
  started.push(server)
  return server
}

/** Where a server answers, once it says so. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    server.stdout?.on('data', (part) => {
      text += part
      const url = /http:\/\/\S+/.exec(text)?.[0]
      if (url !== undefined) resolve(url)
    })
    server.once('exit', () => reject(new Error('the server ended before it was ready')))
  })
}

async function askAt(url: string): Promise<AskResponse> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/ask`, { method: 'POST', headers, body: JSON.stringify({ question: CLOSING.question }) })
  return (await response.json()) as AskResponse
}

/** Waits for processes to be gone; those that are still there after five seconds. */
async function left(processes: readonly number[]): Promise<number[]> {
  const deadline = Date.now() + 5000
  for (;;) {
    const alive = []
    for (const pid of processes) if (await runs(pid)) alive.push(pid)
    if (alive.length === 0 || Date.now() > deadline) return alive
    await delay(50)
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the server with 0 within seconds and leaves no process behind', async (signal) => {
  const server = serve(workspace.folder)
  const result = ended(server)
  const url = await address(server)
  expect((await askAt(url)).citations[0]?.quote).toBe(CLOSING.sentence)
  const children = await childrenOf(server.pid as number)
  expect(children).toHaveLength(1)
  const asked = performance.now()
  server.kill(signal)
  const { status, stderr } = await result
  expect(status, stderr).toBe(0)
  expect(performance.now() - asked).toBeLessThan(5000)
  expect(await left(children)).toEqual([])
})

test('the model process goes when the server is killed', async () => {
  const server = serve(workspace.folder)
  await address(server)
  const children = await childrenOf(server.pid as number)
  expect(children).toHaveLength(1)
  server.kill('SIGKILL')
  expect(await left([server.pid as number, ...children])).toEqual([])
})

test('SIGTERM while the index is being made ends the server with 0, and the next start makes the index', async () => {
  const fresh = await makeWorkspace({ indexed: false, documents: [`${CLOSING.document}.md`] })
  try {
    const server = serve(fresh.folder)
    const result = ended(server)
    await new Promise((resolve) => server.stderr?.once('data', resolve))
    const children = await childrenOf(server.pid as number)
    server.kill('SIGTERM')
    const { status, stdout, stderr } = await result
    expect(status, stderr).toBe(0)
    expect(stdout).toBe('')
    expect(await left(children)).toEqual([])
    expect((await thuky(fresh.folder, ['ask', CLOSING.question])).stdout).toContain(CLOSING.sentence)
  } finally {
    await fresh.remove()
  }
})

test('thuky ask answers from the index a server has open, and brings it up to date without disturbing the server', async () => {
  const own = await makeWorkspace()
  try {
    const server = serve(own.folder)
    const url = await address(server)
    const asked = await thuky(own.folder, ['ask', '--json', CLOSING.question])
    expect([asked.status, asked.stderr]).toEqual([0, ''])
    expect((JSON.parse(asked.stdout) as AskResponse).citations).toEqual((await askAt(url)).citations)

    await appendFile(join(own.corpusDir, `${CLOSING.document}.md`), '\n\nBuổi tọa đàm về xe đạp điện diễn ra tại nhà văn hóa.\n')
    const [updated, ...during] = await Promise.all([
      thuky(own.folder, ['ask', '--json', CLOSING.question]),
      ...[1, 2, 3, 4, 5].map(async (turn) => {
        await delay(turn * 300)
        return askAt(url)
      }),
    ])
    expect(updated.status, updated.stderr).toBe(0)
    expect((JSON.parse(updated.stdout) as AskResponse).citations[0]?.quote).toBe(CLOSING.sentence)
    for (const { citations } of [...during, await askAt(url)]) expect(citations[0]?.quote).toBe(CLOSING.sentence)
  } finally {
    await own.remove()
  }
})

test('the log has one JSON line for each request and no question text', async () => {
  const server = serve(workspace.folder)
  const result = ended(server)
  const url = await address(server)
  const { id } = await askAt(url)
  server.kill('SIGTERM')
  const { stderr } = await result
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(id).toMatch(/\w/)
  expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
    { method: 'POST', route: '/ask', status: 200, requestId: expect.any(String) },
  ])
  expect(stderr).not.toContain('kết thúc')
})
