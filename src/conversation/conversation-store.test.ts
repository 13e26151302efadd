import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { ConversationStore } from './conversation-store.ts'

const DAY = 86_400_000
const START = Date.UTC(2030, 0, 1)
let folder: string
let clock: number

beforeEach(async () => {
  clock = START
  folder = join(await temporaryFolder(), 'conversations')
})

const store = (options: { limit?: number; onWarning?: (line: string) => void } = {}) =>
  new ConversationStore({ folder, now: () => clock, ...options })

const turn = (question: string) => ({ question, standaloneQuestion: question, answer: { answer: `trả lời: ${question}` } })

async function begin(conversations: ConversationStore, question: string): Promise<string> {
  const id = conversations.newId()
  await conversations.append(id, turn(question), true)
  return id
}

describe('a conversation', () => {
  test('is one file that a later process reads with all its turns', async () => {
    const first = store()
    const id = await begin(first, 'Hội nghị 76 diễn ra khi nào?')
    clock += 1000
    await first.append(id, turn('Ai chủ trì?'), false)
    expect(await readdir(folder)).toEqual([`${id}.json`])
    const { title, createdAt, updatedAt, turns } = await store().get(id)
    expect({ title, createdAt, updatedAt }).toEqual({
      title: 'Hội nghị 76 diễn ra khi nào?',
      createdAt: '2030-01-01T00:00:00.000Z',
      updatedAt: '2030-01-01T00:00:01.000Z',
    })
    expect(turns.map(({ answer }) => answer)).toEqual([turn('Hội nghị 76 diễn ra khi nào?').answer, turn('Ai chủ trì?').answer])
    expect(await store().questions(id)).toEqual(['Hội nghị 76 diễn ra khi nào?', 'Ai chủ trì?'])
  })

  test('keeps turns that arrive at the same time', async () => {
    const conversations = store()
    const id = await begin(conversations, 'một')
    await Promise.all(['hai', 'ba', 'bốn'].map((question) => conversations.append(id, turn(question), false)))
    expect(await conversations.questions(id)).toEqual(['một', 'hai', 'ba', 'bốn'])
  })

  test('has its first question as title, shortened at a space', async () => {
    const conversations = store()
    const { title } = await conversations.get(await begin(conversations, 'công an nhân dân '.repeat(20)))
    expect(title.length).toBeLessThanOrEqual(80)
    expect(title).toMatch(/(?:công|an|nhân|dân)…$/)
  })

  test('can be renamed and removed, and then its file is gone', async () => {
    const conversations = store()
    const id = await begin(conversations, 'một')
    expect((await conversations.rename(id, 'Tên khác')).title).toBe('Tên khác')
    expect((await store().list())[0]?.title).toBe('Tên khác')
    await conversations.delete(id)
    expect(await readdir(folder)).toEqual([])
    await expect(conversations.get(id)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(conversations.append(id, turn('hai'), false)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('whose first turn waits for no file is read at once, and by a later process soon', async () => {
    const conversations = store()
    const id = conversations.newId()
    conversations.begin(id, turn('một'))
    expect(await conversations.questions(id)).toEqual(['một'])
    await conversations.append(id, turn('hai'), false)
    await conversations.list()
    expect(await store().questions(id)).toEqual(['một', 'hai'])
    const other = conversations.newId()
    conversations.begin(other, turn('ba'))
    await conversations.list()
    expect(await store().questions(other)).toEqual(['ba'])
  })

  test('that is removed before it has a file gets none', async () => {
    const conversations = store()
    const id = conversations.newId()
    conversations.begin(id, turn('một'))
    await conversations.delete(id)
    expect(await conversations.list()).toEqual([])
    expect(await readdir(folder).catch(() => [])).toEqual([])
  })

  test.each(['khong-co', '../../etc/passwd', '00000000-0000-4000-8000-000000000000', ''])('with the id "%s" is unknown', async (id) => {
    for (const work of [() => store().get(id), () => store().rename(id, 'x'), () => store().delete(id)]) {
      await expect(work()).rejects.toMatchObject({ kind: 'not-found' })
    }
  })
})

describe('the list', () => {
  test('has the last used first and changes with the files', async () => {
    const conversations = store()
    const one = await begin(conversations, 'một')
    clock += 1000
    const two = await begin(conversations, 'hai')
    expect((await conversations.list()).map(({ id }) => id)).toEqual([two, one])
    clock += 1000
    await store().append(one, turn('tiếp'), false)
    expect((await conversations.list()).map(({ id }) => id)).toEqual([one, two])
  })

  test('leaves out files that are no conversations and keeps the others', async () => {
    const conversations = store()
    const id = await begin(conversations, 'một')
    const other = conversations.newId()
    await writeFile(join(folder, `${other}.json`), '{"id":')
    await writeFile(join(folder, `${conversations.newId()}.json`), await readFile(join(folder, `${id}.json`)))
    await writeFile(join(folder, 'notes.json'), '{}')
    expect((await store().list()).map((each) => each.id)).toEqual([id])
    await expect(store().get(other)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('limits', () => {
  test('of number: those not used for longest go', async () => {
    const conversations = store({ limit: 2 })
    const one = await begin(conversations, 'một')
    clock += 1000
    const two = await begin(conversations, 'hai')
    clock += 1000
    await conversations.append(one, turn('tiếp'), false)
    clock += 1000
    const three = await begin(conversations, 'ba')
    expect((await conversations.list()).map(({ id }) => id)).toEqual([three, one])
    expect(await readdir(folder)).not.toContain(`${two}.json`)
  })

  test('of age: what was not used for 180 days is not shown, and its file goes with the next conversation', async () => {
    const old = await begin(store(), 'một')
    clock += 179 * DAY
    expect(await store().list()).toHaveLength(1)
    clock += 2 * DAY
    expect(await store().list()).toEqual([])
    await expect(store().get(old)).rejects.toMatchObject({ kind: 'not-found' })
    const conversations = store()
    const next = await begin(conversations, 'hai')
    await conversations.list()
    expect(await readdir(folder)).toEqual([`${next}.json`])
  })
})

test('where nothing can be written, conversations live in memory and that is said once', async () => {
  await writeFile(folder, 'a file where the folder should be')
  const warnings: string[] = []
  const conversations = store({ limit: 2, onWarning: (line) => warnings.push(line) })
  const id = await begin(conversations, 'một')
  await conversations.append(id, turn('hai'), false)
  expect(await conversations.questions(id)).toEqual(['một', 'hai'])
  expect(await conversations.list()).toHaveLength(1)
  for (const question of ['ba', 'bốn']) await begin(conversations, question)
  expect(await conversations.list()).toHaveLength(2)
  expect(warnings).toEqual([expect.stringMatching(/cannot be written .*Make the folder writable/)])
  const [left] = await conversations.list()
  await conversations.delete(left?.id ?? '')
  expect(await conversations.list()).toHaveLength(1)
})
