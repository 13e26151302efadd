// A server under mixed load whose processes are killed at random. `npm run test:kills` runs it in full; CI runs a few rounds.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AskResponse, CitationBody, FullDocumentBody } from './contract/schemas.ts'
import { randomNumbers } from './evaluation/random-numbers.ts'
import { CLOSING } from './testing/faces-api.ts'
import { childrenOf, makeWorkspace, startThuky, type Workspace } from './testing/faces-workspace.ts'

const KILLS = Number(process.env['THUKY_KILLS'] || 6)
/** `THUKY_KILL_SEED` repeats the choices of a run; times are what they are. */
const seed = Number(process.env['THUKY_KILL_SEED'] || Date.now() % 2 ** 31)
const random = randomNumbers(seed)

let workspace: Workspace
let server: ChildProcess
let url = ''

beforeAll(async () => {
  process.stdout.write(`Seed of the kills: THUKY_KILL_SEED=${seed}\n`)
  workspace = await makeWorkspace()
  await start()
})
afterAll(async () => {
  server?.kill('SIGKILL')
  await workspace?.remove()
})

/** Starts the server and waits until it is ready. */
async function start(): Promise<void> {
  server = startThuky(workspace.folder, ['serve', '--port', '0'])
  server.stderr?.resume()
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream })
  for await (const line of lines) {
    const found = /http:\/\/\S+/.exec(line)?.[0]
    if (found === undefined) continue
    url = found
    return
  }
  throw new Error('The server did not become ready')
}

/** Texts by hash: what a citation may come from. */
const texts = new Map<string, string>()
/** What each document may be now: after an acknowledgement one text, or null for none; while one is awaited, several. */
const possible = new Map<string, (string | null)[]>()
const counts = { acknowledged: 0, asked: 0, failed: 0, starts: 0, killed: {} as Record<string, number> }
const faults: string[] = []
/** How long a write takes here and now, in milliseconds: kills fall somewhere into it, or just behind it. */
let writeMs = 1000
let stopped = false

const known = (text: string) => {
  texts.set(createHash('sha256').update(text).digest('hex'), text)
  return text
}

async function send(path: string, method: string, body?: object): Promise<Response | undefined> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return fetch(`${url}${path}`, { method, ...init, signal: AbortSignal.timeout(60_000) }).catch(() => undefined)
}

/** Writes and removes documents of its own, one after the other. */
async function write(own: readonly string[]): Promise<void> {
  for (let version = 1; !stopped; version++) {
    const id = own[Math.floor(random() * own.length)] as string
    const remove = random() < 0.25
    const text = remove ? null : known(`Hội nghị ${id} bàn về cây số ${version} bên sông. Đại biểu trồng ${version} cây.`)
    possible.set(id, [...(possible.get(id) ?? [null]), text])
    const began = performance.now()
    const response = await send(`/documents/${id}`, remove ? 'DELETE' : 'PUT', text === null ? undefined : { text })
    await response?.arrayBuffer().catch(() => {})
    const done = response !== undefined && [200, 201, 204, 404].includes(response.status)
    if (!done) {
      counts.failed++
      await delay(200)
      continue
    }
    if (response.status >= 500) faults.push(`PUT gave ${response.status}`)
    counts.acknowledged++
    writeMs = 0.7 * writeMs + 0.3 * (performance.now() - began)
    possible.set(id, [response.status === 404 ? null : text])
  }
}

async function ask(questions: readonly string[]): Promise<void> {
  while (!stopped) {
    const response = await send('/ask', 'POST', { question: questions[Math.floor(random() * questions.length)] })
    if (response === undefined || response.status === 503) {
      counts.failed++
      await delay(200)
      continue
    }
    const body = (await response.json().catch(() => undefined)) as AskResponse | undefined
    if (body === undefined) continue
    counts.asked++
    if (response.status !== 200) faults.push(`/ask gave ${response.status}`)
    else
      for (const citation of [...body.citations, ...(body.refusal?.nearest ?? [])])
        if (!isTrue(citation)) faults.push(`a wrong quote: ${JSON.stringify(citation)}`)
  }
}

const isTrue = ({ quote, start, end, document }: CitationBody) => quote !== '' && texts.get(document.sha256)?.slice(start, end) === quote

/** Everything that was acknowledged is there, and questions are answered. */
async function expectWhole(): Promise<void> {
  const before = new Map([...possible].map(([id, list]) => [id, [...list]]))
  for (const [id, list] of before) {
    const response = await send(`/documents/${id}`, 'GET')
    const text = response?.status === 200 ? ((await response.json()) as FullDocumentBody).text : null
    const now = [...list, ...(possible.get(id) ?? [])]
    if (!now.includes(text)) faults.push(`${id} is ${JSON.stringify(text)}, not one of ${JSON.stringify(now)}`)
  }
  const answer = (await (await send('/ask', 'POST', { question: CLOSING.question }))?.json()) as AskResponse | undefined
  if (answer?.citations?.[0]?.quote !== CLOSING.sentence) faults.push(`the closing is not answered: ${JSON.stringify(answer)}`)
}

/** A process of the server by what it runs; undefined when there is none now. */
async function processOf(name: string): Promise<number | undefined> {
  for (const pid of await childrenOf(server.pid as number).catch(() => [])) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(name)) return pid
  }
  return undefined
}

/** Kills the server, the process of the index or that of the model in turn; the server where the other is not there. */
async function kill(round: number): Promise<string> {
  const script = ([undefined, 'index-process', 'embedding-process'] as const)[round % 3]
  const target = script === undefined ? undefined : await processOf(script)
  if (script !== undefined && target !== undefined) {
    process.kill(target, 'SIGKILL')
    return script
  }
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await gone
  await start()
  counts.starts++
  await expectWhole()
  return 'server'
}

test(`${KILLS} kills lose nothing that was acknowledged, give no wrong quote, and every start serves`, {
  timeout: 14_400_000,
}, async () => {
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json()
  const { documents } = (await read('/documents')) as { documents: { id: string }[] }
  for (const { id } of documents) known(((await read(`/documents/${id}`)) as FullDocumentBody).text)
  const load = [
    write(['w0', 'w1', 'w2']),
    write(['v0', 'v1', 'v2']),
    ask([CLOSING.question, 'Ai trồng cây bên sông?', 'Đại biểu trồng bao nhiêu cây?']),
    ask([CLOSING.question, 'Hội nghị w1 bàn về gì?']),
  ]
  const first = performance.now()
  while (counts.acknowledged < 2) await delay(50)
  writeMs = performance.now() - first
  for (let round = 0; round < KILLS; round++) {
    await delay(100 + random() * 1.5 * writeMs)
    const killed = await kill(round)
    counts.killed[killed] = (counts.killed[killed] ?? 0) + 1
    if (round % 20 === 19) process.stdout.write(`${round + 1} kills: ${JSON.stringify(counts)}, ${faults.length} faults\n`)
  }
  stopped = true
  await Promise.all(load)
  await expectWhole()
  process.stdout.write(`${KILLS} kills: ${JSON.stringify(counts)}, ${faults.length} faults.\n`)
  expect(faults, `seed ${seed}`).toEqual([])
  expect(counts.acknowledged).toBeGreaterThan(0)
  expect(counts.asked).toBeGreaterThan(0)
})
