// What holds for every place a corpus can be kept in: files of this machine, and a PostgreSQL that several servers share. The same
// tests run against both, through the product as it is, model included.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from './assistant.ts'
import { loadConfig } from './config.ts'
import type { CorpusIndex } from './indexing/corpus-index.ts'
import { startPostgres, type PostgresServer, postgresPrograms } from './testing/postgres-server.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const FOREST = 'Hội nghị về rừng ngập mặn họp ngày 12/3/2021. Bà Lê Thị Mận trồng được 4.200 cây đước ở cửa sông.'
const SCHOOL = 'Hội nghị về trường học họp ngày 5/9/2022. Ông Trần Văn Sách tặng 350 quyển sách cho thư viện.'
const DAM = 'Hội nghị về thủy lợi họp ngày 8/10/2023. Hồ chứa Đá Bạc giữ được 18 triệu mét khối nước.'

const programs = postgresPrograms()
let server: PostgresServer | undefined
beforeAll(async () => {
  if (programs !== undefined) server = await startPostgres(programs)
})
afterAll(() => server?.stop())

/** One place a corpus is kept in, and processes that work on it. */
class Place {
  readonly #assistants: Assistant[] = []
  readonly notes: string[] = []

  constructor(
    readonly folder: string,
    private readonly database: string | undefined,
  ) {}

  /** Another process on this place; `server` names one that has folders of its own where the store allows it. */
  assistant(server = 'a'): Assistant {
    const own = this.database === undefined ? this.folder : join(this.folder, server)
    const environment = {
      THUKY_READER: 'off',
      ...(this.database === undefined ? {} : { THUKY_STORE: 'pgvector', DATABASE_URL: this.database }),
    }
    const config = loadConfig({ corpus: join(own, 'corpus'), index: join(own, 'index') }, environment, own)
    const assistant = createAssistant(config, { onNote: (line) => this.notes.push(line) })
    this.#assistants.push(assistant)
    return assistant
  }

  corpusDir(server = 'a'): string {
    return join(this.database === undefined ? this.folder : join(this.folder, server), 'corpus')
  }

  async write(files: Record<string, string>, server = 'a'): Promise<void> {
    await mkdir(this.corpusDir(server), { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.corpusDir(server), name), text)
  }

  async close(): Promise<void> {
    for (const assistant of this.#assistants.splice(0)) await assistant.close()
  }
}

const places: Place[] = []
afterEach(async () => {
  for (const place of places.splice(0)) await place.close()
})

async function makePlace(store: 'hnsw' | 'pgvector', files: Record<string, string>): Promise<Place> {
  const place = new Place(await temporaryFolder(), store === 'hnsw' ? undefined : await server?.database())
  places.push(place)
  await place.write(files)
  return place
}

const text = (id: string, words: string) => ({ id, extension: '.txt', bytes: new TextEncoder().encode(words) })

/** Ids of the documents a question finds, best first. */
async function found(assistant: Assistant, question: string): Promise<string[]> {
  const { passages } = await assistant.search(question)
  return [...new Set(passages.map(({ passage }) => passage.documentId))]
}

/** Waits until something holds of what a process answers from. */
async function until(assistant: Assistant, holds: (index: CorpusIndex) => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (assistant.currentIndex !== undefined && holds(assistant.currentIndex)) return
    await delay(50)
  }
  throw new Error('It never came to hold')
}

const stores = programs === undefined ? (['hnsw'] as const) : (['hnsw', 'pgvector'] as const)

describe.each(stores)('a corpus kept by %s', (store) => {
  test('holds what lies in the folder, and says who is asked for with a true quote', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST, 'truong.txt': SCHOOL, 'hong.txt': '' })
    const assistant = place.assistant()
    const index = await assistant.openLive()
    expect([...index.documents.keys()]).toEqual(['rung', 'truong'])
    expect(index.skipped.map(({ path }) => path)).toEqual(['hong.txt'])
    const { answer } = await assistant.ask({ question: 'Ai tặng sách cho thư viện?' })
    expect(answer.text).toContain('Trần Văn Sách')
    const [citation] = answer.citations
    expect(index.documents.get('truong')?.text.slice(citation?.start, citation?.end)).toBe(citation?.quote)
  })

  test('takes a document in and finds it, knows it again, replaces it, and lets nothing of it be found when it is gone', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST })
    const assistant = place.assistant()
    await assistant.openLive()
    expect((await assistant.documents.put(text('ho', DAM))).outcome).toBe('created')
    expect(await readFile(join(place.corpusDir(), 'ho.txt'), 'utf8')).toBe(DAM)
    expect((await found(assistant, 'hồ chứa Đá Bạc giữ bao nhiêu nước'))[0]).toBe('ho')
    const { generation } = assistant.currentIndex as CorpusIndex
    expect((await assistant.documents.put(text('ho', DAM))).outcome).toBe('unchanged')
    expect(assistant.currentIndex?.generation).toBe(generation)
    expect((await assistant.documents.put(text('ho', DAM.replaceAll('Đá Bạc', 'Suối Vàng')))).outcome).toBe('replaced')
    expect(assistant.currentIndex?.lexical.documentFrequency('fbac')).toBe(0)
    expect((await assistant.search('hồ Suối Vàng')).passages.filter(({ passage }) => passage.documentId === 'ho')).toHaveLength(1)
    const index = await assistant.documents.remove('ho')
    expect([...index.documents.keys()]).toEqual(['rung'])
    expect(await found(assistant, 'hồ Suối Vàng giữ nước')).toEqual(['rung'])
    expect(index.lexical.documentFrequency('Fsuoi vang')).toBe(0)
    await expect(readFile(join(place.corpusDir(), 'ho.txt'))).rejects.toThrow('ENOENT')
    await expect(assistant.documents.remove('ho')).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('refuses what is no document, and nothing has changed', async () => {
    const assistant = (await makePlace(store, { 'rung.txt': FOREST })).assistant()
    const { generation } = await assistant.openLive()
    await expect(assistant.documents.put(text('../ra', DAM))).rejects.toMatchObject({ kind: 'invalid-request' })
    await expect(assistant.documents.put(text('trong', ''))).rejects.toMatchObject({ kind: 'invalid-request' })
    await expect(assistant.documents.put({ ...text('ho', DAM), extension: '.exe' })).rejects.toMatchObject({ kind: 'invalid-request' })
    await expect(assistant.documents.put({ ...text('ho', 'no pdf'), extension: '.pdf' })).rejects.toMatchObject({ kind: 'invalid-request' })
    expect(assistant.currentIndex?.generation).toBe(generation)
    expect([...(assistant.currentIndex?.documents.keys() ?? [])]).toEqual(['rung'])
  })

  test('searches only where it is told, by document and by date', async () => {
    const assistant = (await makePlace(store, { 'rung.txt': FOREST, 'truong.txt': SCHOOL, 'ho.txt': DAM })).assistant()
    await assistant.openLive()
    const within = async (filters: object) => {
      const { passages } = await assistant.search('hội nghị họp về gì', { filters, scope: 'filters' })
      return passages.map(({ passage }) => passage.documentId).sort()
    }
    expect(await within({ documentIds: ['ho'] })).toEqual(['ho'])
    expect(await within({ from: '2022', to: '2023-10' })).toEqual(['ho', 'truong'])
    expect(await within({})).toEqual(['ho', 'rung', 'truong'])
  })

  test('answers soon in another process too, whatever was put, replaced or removed, and after a new start', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST })
    await place.write({ 'rung.txt': FOREST }, 'b')
    const [one, other] = [place.assistant('a'), place.assistant('b')]
    await one.openLive()
    await other.openLive()
    await one.documents.put(text('ho', DAM))
    await until(other, (index) => index.documents.has('ho'))
    expect((await found(other, 'hồ chứa Đá Bạc'))[0]).toBe('ho')
    await other.documents.put(text('ho', SCHOOL))
    await until(one, (index) => index.documents.get('ho')?.text.includes('thư viện') === true)
    await other.documents.remove('ho')
    await until(one, (index) => !index.documents.has('ho'))
    await one.documents.put(text('truong', SCHOOL))
    await place.close()
    const again = place.assistant('b')
    expect([...(await again.openLive()).documents.keys()]).toEqual(['rung', 'truong'])
    expect((await found(again, 'sách cho thư viện'))[0]).toBe('truong')
  })

  test('keeps every one of many written at once in two processes', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST })
    await place.write({ 'rung.txt': FOREST }, 'b')
    const [one, other] = [place.assistant('a'), place.assistant('b')]
    await one.openLive()
    await other.openLive()
    const ids = Array.from({ length: 12 }, (_, i) => `d${i}`)
    const outcomes = await Promise.all(
      ids.map((id, i) => (i % 2 === 0 ? one : other).documents.put(text(id, `Xã số ${i} trồng ${i + 7} nghìn cây bần.`))),
    )
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'created'))
    for (const assistant of [one, other]) await until(assistant, (index) => ids.every((id) => index.documents.has(id)))
  })

  test('follows a person who adds, changes and deletes files while nothing runs', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST, 'truong.txt': SCHOOL })
    expect((await place.assistant().updateIndex())?.documents).toBe(2)
    await place.write({ 'rung.txt': FOREST.replace('4.200', '5.300'), 'ho.txt': DAM })
    await rm(join(place.corpusDir(), 'truong.txt'))
    const again = place.assistant()
    const index = await again.openLive()
    expect([...index.documents.keys()]).toEqual(['ho', 'rung'])
    expect(index.documents.get('rung')?.text).toContain('5.300')
    expect(await place.assistant().updateIndex()).toBeUndefined()
  })

  test('is given back by a backup, whatever has come since', async () => {
    const place = await makePlace(store, { 'rung.txt': FOREST })
    const assistant = place.assistant()
    await assistant.openLive()
    await assistant.documents.put(text('ho', DAM))
    await assistant.backup(join(place.folder, 'kept.tar'))
    await assistant.documents.put(text('truong', SCHOOL))
    await assistant.documents.remove('ho')
    await place.close()
    const restored = place.assistant()
    await restored.restore(join(place.folder, 'kept.tar'))
    const index = await restored.index()
    expect([...index.documents.keys()]).toEqual(['ho', 'rung'])
    expect((await found(restored, 'hồ chứa Đá Bạc'))[0]).toBe('ho')
  })
})
