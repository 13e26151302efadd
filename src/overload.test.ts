// 64 clients that want twice as much as the server can do. `npm run test:overload` runs it for ten minutes; CI for seconds.
import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomNumbers } from './evaluation/random-numbers.ts'
import { CLOSING } from './testing/faces-api.ts'
import { childrenOf, makeWorkspace, startThuky, type Workspace } from './testing/faces-workspace.ts'

const SECONDS = Number(process.env['THUKY_OVERLOAD_SECONDS'] || 6)
/** Figures that depend on a machine of one's own are demanded only of a long run. */
const isFull = SECONDS >= 120
const CLIENTS = 64
const random = randomNumbers(64)

let workspace: Workspace
let server: ChildProcess
let url = ''

beforeAll(async () => {
  workspace = await makeWorkspace()
  server = startThuky(workspace.folder, ['serve', '--port', '0'], { env: { THUKY_LOG_LEVEL: 'warn' } })
  server.stderr?.resume()
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    url = /http:\/\/\S+/.exec(line)?.[0] ?? ''
    if (url !== '') break
  }
})
afterAll(async () => {
  server?.kill('SIGKILL')
  await workspace?.remove()
})

const QUESTIONS = [
  CLOSING.question,
  'Ai khai mạc hội nghị lần thứ 76?',
  'Bộ trưởng Bộ Công an là ai?',
  'Giá vàng hôm nay bao nhiêu?',
  'hoi nghi lan thu 77 dien ra o dau',
]

/** One question; its status, 0 when the connection failed. */
async function ask(): Promise<{ status: number; ms: number }> {
  const started = performance.now()
  const body = JSON.stringify({ question: QUESTIONS[Math.floor(random() * QUESTIONS.length)] })
  const status = await fetch(`${url}/ask`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then(
    async (response) => {
      await response.arrayBuffer()
      if ([429, 503].includes(response.status) && response.headers.get('retry-after') === null) return -1
      return response.status
    },
    () => 0,
  )
  return { status, ms: performance.now() - started }
}

/** Asks until a moment, each client at its own even pace; what each reply was, with the time a 200 took. */
async function storm(clients: number, perSecond: number, seconds: number): Promise<{ counts: Record<number, number>; perSecond: number }> {
  const counts: Record<number, number> = {}
  const [started, pause] = [performance.now(), (1000 * clients) / perSecond]
  const client = async (number: number) => {
    for (let next = started + (pause * number) / clients; next < started + seconds * 1000; next += pause) {
      await delay(Math.max(0, next - performance.now()))
      if (performance.now() > started + seconds * 1000) return
      const { status } = await ask()
      counts[status] = (counts[status] ?? 0) + 1
      next = Math.max(next, performance.now() - pause)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return { counts, perSecond: ((counts[200] ?? 0) * 1000) / (performance.now() - started) }
}

/** Memory of the server and its processes, in MB. */
async function memory(): Promise<number> {
  const pids = [server.pid as number, ...(await childrenOf(server.pid as number))]
  const pages = await Promise.all(pids.map(async (pid) => Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])))
  return (pages.reduce((sum, each) => sum + each, 0) * 4096) / 1024 / 1024
}

test(`under twice its capacity for ${SECONDS} s the server answers or refuses, does not grow, and is at once itself again`, {
  timeout: SECONDS * 2000 + 240_000,
}, async () => {
  await storm(4, 1000, Math.max(2, SECONDS / 20))
  const alone = await storm(4, 1000, Math.max(3, SECONDS / 20))
  const warm = storm(CLIENTS, alone.perSecond * 2, SECONDS / 5)
  const first = await warm
  const before = await memory()
  const stormed = await storm(CLIENTS, alone.perSecond * 2, (SECONDS * 4) / 5)
  const after = await memory()
  const next = await ask()
  const growth = after / before - 1
  const statuses = new Set([...Object.keys(first.counts), ...Object.keys(stormed.counts)])
  const figures = {
    capacity: alone.perSecond,
    counts: stormed.counts,
    perSecond: stormed.perSecond,
    memoryBefore: before,
    memoryAfter: after,
    growth,
    firstAfterMs: next.ms,
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  expect([...statuses].filter((status) => !['200', '429', '503'].includes(status))).toEqual([])
  expect(next.status).toBe(200)
  expect(stormed.counts[200] ?? 0).toBeGreaterThan(0)
  if (!isFull) return
  expect(stormed.perSecond).toBeGreaterThan(0.9 * alone.perSecond)
  expect(growth).toBeLessThan(0.05)
  expect(next.ms).toBeLessThan(100)
})
