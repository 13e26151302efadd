// Two servers on one database, as they ship, written to at once. Servers are killed while they write, and once the database is:
// nothing that was acknowledged is lost, nothing half written stays. CI runs a few rounds, `THUKY_KILLS=50` more.
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskResponse, FullDocumentBody } from './contract/schemas.ts'
import { randomNumbers } from './evaluation/random-numbers.ts'
import { CLOSING } from './testing/faces-api.ts'
import { makeWorkspace, startThuky, type Workspace } from './testing/faces-workspace.ts'
import { startPostgres, type PostgresServer, postgresPrograms } from './testing/postgres-server.ts'

const KILLS = Number(process.env['THUKY_KILLS'] || 4)
const seed = Number(process.env['THUKY_KILL_SEED'] || Date.now() % 2 ** 31)
const random = randomNumbers(seed)
const programs = postgresPrograms()
/** A database that comes back reads its log first; until then servers say that they cannot know. */
const PATIENCE_MS = 60_000

/** A server with folders of its own on the shared database. */
class SharedServer {
  #process: ChildProcess | undefined
  url = ''
  log = ''

  constructor(
    private readonly workspace: Workspace,
    private readonly database: string,
  ) {}

  async start(): Promise<void> {
    const env = { THUKY_STORE: 'pgvector', DATABASE_URL: this.database, THUKY_READER: 'off' }
    const child = startThuky(this.workspace.folder, ['serve', '--port', '0'], { env })
    this.#process = child
    child.stderr?.on('data', (part: Buffer) => {
      this.log += part.toString('utf8')
    })
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const found = /http:\/\/\S+/.exec(line)?.[0]
      if (found === undefined) continue
      this.url = found
      return
    }
    throw new Error(`The server did not become ready: ${this.log}`)
  }

  async kill(): Promise<void> {
    const child = this.#process
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async remove(): Promise<void> {
    await this.kill()
    await this.workspace.remove()
  }

  async send(path: string, method: string, body?: object): Promise<Response | undefined> {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    return fetch(`${this.url}${path}`, { method, ...init, signal: AbortSignal.timeout(60_000) }).catch(() => undefined)
  }

  /** The text of a document, null when there is none, undefined while the server cannot say. */
  async textOf(id: string): Promise<string | null | undefined> {
    const response = await this.send(`/documents/${id}`, 'GET')
    if (response?.status === 404) return null
    return response?.status === 200 ? ((await response.json()) as FullDocumentBody).text : undefined
  }
}

describe.skipIf(programs === undefined)('two servers on one database', () => {
  let postgres: PostgresServer
  let database = ''
  const servers: SharedServer[] = []

  beforeAll(async () => {
    process.stdout.write(`Seed of the kills: THUKY_KILL_SEED=${seed}\n`)
    postgres = await startPostgres(programs as string)
    database = await postgres.database()
    for (let i = 0; i < 2; i++) {
      const server = new SharedServer(await makeWorkspace({ indexed: false }), database)
      servers.push(server)
      await server.start()
    }
  })
  afterAll(async () => {
    for (const server of servers) await server.remove()
    await postgres?.stop()
  })

  /** What each document may be now: after an acknowledgement one text, or null for none; while one is awaited, several. */
  const possible = new Map<string, (string | null)[]>()
  const counts = { acknowledged: 0, failed: 0, kills: 0 }
  let stopped = false

  /** Writes and removes documents of its own over one server, one after the other. */
  async function write(server: SharedServer, ids: readonly string[]): Promise<void> {
    for (let version = 1; !stopped; version++) {
      const id = ids[Math.floor(random() * ids.length)] as string
      const text = random() < 0.2 ? null : `Hội nghị ${id} bàn về cây số ${version} bên sông. Đại biểu trồng ${version} cây.`
      possible.set(id, [...(possible.get(id) ?? [null]), text])
      const response = await server.send(`/documents/${id}`, text === null ? 'DELETE' : 'PUT', text === null ? undefined : { text })
      await response?.arrayBuffer().catch(() => {})
      if (response !== undefined && [200, 201, 204, 404].includes(response.status)) {
        counts.acknowledged++
        possible.set(id, [response.status === 404 ? null : text])
      } else {
        counts.failed++
        await delay(300)
      }
    }
  }

  /** Everything acknowledged is what both servers answer from. */
  async function faults(): Promise<string[]> {
    const found: string[] = []
    for (const [id, texts] of possible) {
      for (const [i, server] of servers.entries()) {
        let text: string | null | undefined
        const patience = performance.now() + PATIENCE_MS
        do {
          text = await server.textOf(id)
          if (text !== undefined && texts.includes(text)) break
          await delay(100)
        } while (performance.now() < patience)
        if (text === undefined || !texts.includes(text))
          found.push(`${id} is ${JSON.stringify(text)} on server ${i}, not one of ${JSON.stringify(texts)}`)
      }
    }
    return found
  }

  test(`lose nothing that was acknowledged over ${KILLS} kills of a server and one of the database`, { timeout: 14_400_000 }, async () => {
    const [one, other] = servers as [SharedServer, SharedServer]
    for (let round = 0; round <= KILLS; round++) {
      stopped = false
      const load = [write(one, ['a0', 'a1', 'a2']), write(other, ['b0', 'b1', 'b2'])]
      await delay(1500 + random() * 3000)
      const victim = round % 2 === 0 ? one : other
      if (round === KILLS) await postgres.crash()
      else {
        await victim.kill()
        counts.kills++
        await victim.start()
      }
      await delay(500)
      stopped = true
      await Promise.all(load)
      expect(await faults(), `seed ${seed}, round ${round}`).toEqual([])
    }
    process.stdout.write(`Shared database: ${JSON.stringify(counts)}.\n`)
    expect(counts.acknowledged).toBeGreaterThan(KILLS)
    for (const server of servers) {
      const answer = (await (await server.send('/ask', 'POST', { question: CLOSING.question }))?.json()) as AskResponse
      expect(answer.citations[0]?.quote).toBe(CLOSING.sentence)
      expect(server.log).not.toContain(database)
    }
  })

  test('leave whole documents in the database: a vector for every passage and sentence, and none for what is gone', async () => {
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    const { rows } = await client.query<{ kind: string; wanted: string; present: string }>(`
      WITH passage AS (SELECT id, json_array_elements(content->'passages') AS p FROM thuky.documents),
           sentence AS (SELECT id, json_array_elements(p->'sentences') AS s FROM passage)
      SELECT 'passages' AS kind, (SELECT count(*) FROM passage) AS wanted,
             (SELECT count(*) FROM passage JOIN thuky.passages v ON v.label = (p->>'label')::bigint AND v.document = id) AS present
      UNION ALL SELECT 'all passages', (SELECT count(*) FROM passage), (SELECT count(*) FROM thuky.passages)
      UNION ALL SELECT 'sentences', (SELECT count(*) FROM sentence),
             (SELECT count(*) FROM sentence JOIN thuky.sentences v ON v.label = (s->>'label')::bigint AND v.document = id)
      UNION ALL SELECT 'all sentences', (SELECT count(*) FROM sentence), (SELECT count(*) FROM thuky.sentences)`)
    await client.end()
    expect(rows.filter(({ wanted, present }) => wanted !== present)).toEqual([])
    expect(Number(rows[0]?.wanted)).toBeGreaterThan(5)
  })
})
