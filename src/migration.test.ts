// A corpus with its vectors on its way from files into a real PostgreSQL and back, and what LangChain's own store makes of it there.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from './assistant.ts'
import { loadConfig } from './config.ts'
import { nearestFirst } from './indexing/vector-matrix.ts'
import { makeWorkspace, thuky, type Workspace } from './testing/faces-workspace.ts'
import { startPostgres, type PostgresServer, postgresPrograms } from './testing/postgres-server.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const programs = postgresPrograms()
const QUESTIONS = [
  'Ai chủ trì hội nghị?',
  'tong ket nam 2020 bat bao nhieu doi tuong',
  'Hội nghị lần thứ 77 họp ở đâu?',
  'Giá vàng hôm nay?',
]

describe.skipIf(programs === undefined)('thuky migrate', () => {
  let server: PostgresServer
  let database = ''
  let files: Workspace
  const assistants: Assistant[] = []

  /** An assistant over folders of its own, or over those given. */
  async function assistant(store: 'hnsw' | 'pgvector', folders?: Workspace): Promise<Assistant> {
    const folder = folders?.folder ?? (await temporaryFolder())
    const environment = { THUKY_STORE: store, DATABASE_URL: database, THUKY_READER: 'off' }
    const made = createAssistant(loadConfig({ corpus: join(folder, 'corpus'), index: join(folder, 'index') }, environment, folder))
    assistants.push(made)
    return made
  }

  /** What a question finds and is answered with, to the last digit. */
  async function told(from: Assistant): Promise<unknown> {
    const all = []
    for (const question of QUESTIONS) {
      const { answer, retrieval } = await from.ask({ question })
      all.push([answer.text, retrieval.passages.map(({ passage, score, parts }) => [passage.documentId, passage.start, score, parts])])
    }
    return all
  }

  beforeAll(async () => {
    server = await startPostgres(programs as string)
    database = await server.database()
    files = await makeWorkspace()
  })
  afterAll(async () => {
    for (const each of assistants) await each.close()
    await files?.remove()
    await server?.stop()
  })

  test('takes files into the database and back without embedding anything, and every answer and score is the same', async () => {
    const env = { THUKY_STORE: 'pgvector', DATABASE_URL: database, LANG: 'en_US.UTF-8' }
    const moved = await thuky(files.folder, ['migrate'], { env })
    expect(moved).toMatchObject({ status: 0, stderr: '' })
    expect(moved.stdout).toMatch(/^Moved 5 documents, \d+ passages into the database: \d+ vectors kept, 0 computed\.$/m)
    const before = await told(await assistant('hnsw', files))
    const shared = await assistant('pgvector', files)
    expect(await told(shared)).toEqual(before)

    const back = await assistant('hnsw')
    const report = await back.migrate('hnsw')
    expect(report).toMatchObject({ documents: 5, embedded: 0 })
    expect(await told(back)).toEqual(before)
    const [path] = [...(await back.index()).documents.values()].map((document) => document.path)
    expect(await readFile(join(back.config.corpusDir, path as string))).toEqual(await readFile(join(files.corpusDir, path as string)))
  })

  test('says what is missing: a database to copy to, an index to copy, documents to copy back', async () => {
    const without = await thuky(files.folder, ['migrate', '--to', 'pgvector'])
    expect(without).toMatchObject({ status: 1, stdout: '' })
    expect(without.stderr).toContain('DATABASE_URL is not set')
    const wrong = await thuky(files.folder, ['migrate', '--to', 'redis'], { env: { THUKY_LANG: 'vi' } })
    expect(wrong).toMatchObject({ status: 2 })
    expect(wrong.stderr).toContain('Phải là hnsw hoặc pgvector')
    await expect((await assistant('pgvector')).migrate('pgvector')).rejects.toThrow('There is no index in files to migrate')
    const full = database
    database = await server.database()
    await expect((await assistant('hnsw')).migrate('hnsw')).rejects.toThrow('The database holds no documents')
    database = full
  })

  test('leaves passages that a LangChain PGVectorStore finds as we do', async () => {
    const shared = await assistant('pgvector', files)
    const index = await shared.index()
    const { vectors } = await shared.embed('query', ['hội nghị tổng kết công tác công an'])
    const known = await index.passageVectors.vectorsOf([...index.passages.keys()])
    const byNearness = [...index.passages.keys()].map((label) => ({ label, similarity: known.similarity(vectors, label) ?? -1 }))
    const ours = nearestFirst(byNearness, 5).map(({ label }) => String(label))
    const store = await shared.vectorStore()
    const found = await store.similaritySearchWithScore('hội nghị tổng kết công tác công an', 5)
    expect(found.map(([{ id }]) => String(id))).toEqual(ours)
    const [document, score] = found[0] as (typeof found)[number]
    expect(index.documents.get(String(document.metadata['documentId']))?.text).toContain(document.pageContent)
    expect(score).toBeGreaterThan(0.5)
    expect(score).toBeLessThanOrEqual(1)
    const { conference } = document.metadata
    const within = await store.similaritySearch('hội nghị', 20, { conference: String(conference) })
    expect(new Set(within.map(({ metadata }) => metadata['conference']))).toEqual(new Set([conference]))
    await store.end()
    await expect((await assistant('hnsw')).vectorStore()).rejects.toThrow('set THUKY_STORE to pgvector')
  })

  test.each([
    ['an address where nothing listens', 'postgres://thuky:geheim@127.0.0.1:9/corpus', 'The database cannot be used now (ECONNREFUSED)'],
    ['a database that does not exist', 'missing', 'The database that DATABASE_URL names does not exist'],
  ])('thuky doctor and thuky ask name %s and never the address', async (_, address, words) => {
    const url = address === 'missing' ? database.replace(/\/corpus_\w+/, '/keine') : address
    const env = { THUKY_STORE: 'pgvector', DATABASE_URL: url }
    for (const args of [['doctor'], ['ask', 'Ai chủ trì?', '--verbose']]) {
      const { status, stdout, stderr } = await thuky(files.folder, args, { env })
      expect(status).toBe(1)
      expect(stdout + stderr).toContain(words)
      expect(stdout + stderr).not.toMatch(/geheim|postgres:\/\//)
    }
  })

  test('an index of another model is not answered from; making it anew mends it, while others answer on', async () => {
    const running = await assistant('pgvector', files)
    await running.openLive()
    const before = await told(running)
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    await client.query(`UPDATE thuky.corpus SET recipe = replace(recipe, '"model":"', '"model":"0')`)
    await client.end()
    const late = await assistant('pgvector', files)
    await expect(late.openLive()).rejects.toThrow('run thuky index --rebuild once for all')
    const { status, stdout } = await thuky(files.folder, ['doctor'], { env: { THUKY_STORE: 'pgvector', DATABASE_URL: database } })
    expect(status).toBe(1)
    expect(stdout).toContain('out of date (other model or rules); run thuky index --rebuild.')
    await expect(running.documents.put({ id: 'x', extension: '.txt', bytes: Buffer.from('Cây bần.') })).rejects.toThrow('another model')
    const report = await late.updateIndex(true)
    expect(report?.documents).toBe(5)
    expect(report?.embeddedTexts).toBeGreaterThan(50)
    const anew = await assistant('pgvector', files)
    await anew.openLive()
    const texts = (all: unknown) => (all as [string, unknown][]).map(([answer]) => answer)
    expect(texts(await told(anew))).toEqual(texts(before))
    expect((await running.ask({ question: QUESTIONS[0] as string })).answer.text).not.toBe('')
  })

  test('thuky doctor tells the database, its version and how it searches', async () => {
    const { status, stdout } = await thuky(files.folder, ['doctor'], { env: { THUKY_STORE: 'pgvector', DATABASE_URL: database } })
    expect(stdout).toMatch(/index: generation \d+ in PostgreSQL [\d.]+, pgvector [\d.]+, exact search/)
    expect(status).toBe(0)
  })
})
