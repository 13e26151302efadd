// In: a corpus with its index. Out: the product as a user starts it (`thuky serve` of dist/), answering over HTTP.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { packageRoot } from '../src/package-root.ts'
import type { BenchCorpus } from './corpora.ts'
import { LeanClient } from './lean-client.ts'
import { treeMemory } from './process-memory.ts'

/** How the server runs. */
export interface ServerOptions extends BenchCorpus {
  readonly reader: boolean
}

/** Asked until there is a first answer. */
const FIRST_QUESTION = 'Hội nghị được tổ chức khi nào?'
const POLL_MS = 10
const START_LIMIT_MS = 300_000

/** A server process. */
export class RunningServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: LeanClient,
    /** Milliseconds from the start of the process to its first answer. */
    readonly startMs: number,
  ) {}

  /** Starts a server and waits for its first answer. @throws when it ends or does not answer in time */
  static async start({ corpus, index, reader }: ServerOptions): Promise<RunningServer> {
    const port = await freePort()
    const started = performance.now()
    const main = join(packageRoot(), 'dist', 'cli', 'main.js')
    const env = { ...process.env, THUKY_READER: reader ? 'bundled' : 'off', THUKY_LOG_LEVEL: 'silent', THUKY_RATE_LIMIT: '0' }
    const args = [main, 'serve', '--port', String(port), '--corpus', corpus, '--index', index]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
    const url = `http://127.0.0.1:${port}`
    for (;;) {
      const status = await post(url, FIRST_QUESTION).catch(() => undefined)
      if (status === 200) return new RunningServer(child, new LeanClient(port), performance.now() - started)
      if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) throw new Error('The server does not answer.')
      await delay(POLL_MS)
    }
  }

  /** Milliseconds from sending a question to having read its answer. @throws for anything but an answer */
  async ask(question: string): Promise<number> {
    const started = performance.now()
    const status = await this.client.post('/ask', JSON.stringify({ question }))
    if (status !== 200) throw new Error(`/ask gave ${status}`)
    return performance.now() - started
  }

  /** Resident memory of the server and its processes, in MB. */
  memory(): number {
    return treeMemory(this.child.pid as number)
  }

  async stop(): Promise<void> {
    this.client.close()
    if (this.child.exitCode !== null) return
    this.child.kill('SIGTERM')
    await once(this.child, 'exit')
  }
}

/** Status of the answer, once all of it has been read. */
function post(url: string, question: string): Promise<number | undefined> {
  const body = JSON.stringify({ question })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/ask`, { method: 'POST', headers }, (response) => {
      response.on('data', () => {})
      response.on('end', () => resolve(response.statusCode))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}
