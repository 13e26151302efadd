import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AskResponse } from '../contract/schemas.ts'
import { CLOSING, makeApi } from '../testing/faces-api.ts'
import { openedFaces } from '../testing/opened-faces.ts'

const faces = openedFaces()

const asked = async (body: object) => (await (await faces.api.post('/ask', body)).json()) as AskResponse
const judged = (answerId: string, verdict = 'right', note?: string) =>
  faces.api.post('/feedback', { answerId, verdict, ...(note === undefined ? {} : { note }) })

test('a judgement is on disk before the reply, with question, answer and the turns before it', async () => {
  const first = await asked({ question: CLOSING.question })
  const second = await asked({ question: 'Còn lần thứ 76?', conversationId: first.conversationId })
  const response = await judged(second.id, 'wrong-answer', ' ngày 7-12 mới phải ')
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({
    answerId: second.id,
    verdict: 'wrong-answer',
    note: 'ngày 7-12 mới phải',
    givenAt: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  const lines = (await readFile(join(faces.workspace.indexDir, 'feedback', 'feedback.jsonl'), 'utf8')).trim().split('\n')
  expect(JSON.parse(lines.at(-1) as string)).toMatchObject({
    answerId: second.id,
    turn: {
      question: 'Còn lần thứ 76?',
      standaloneQuestion: second.standaloneQuestion,
      history: [
        { role: 'user', content: CLOSING.question },
        { role: 'assistant', content: first.answer },
      ],
      answer: { id: second.id, citations: second.citations },
    },
  })
})

test('an answer given before the server was started again can still be judged', async () => {
  const { id } = await asked({ question: CLOSING.question })
  await faces.api.app.request('/conversations')
  const later = makeApi(faces.workspace)
  expect((await later.post('/feedback', { answerId: id, verdict: 'right' })).status).toBe(201)
  await later.assistant.close()
})

test('an answer that is kept in no conversation can be judged, with its history', async () => {
  const history = [{ role: 'user', content: CLOSING.question }]
  const { id } = await asked({ question: 'Còn lần thứ 76?', history })
  expect((await judged(id, 'should-refuse')).status).toBe(201)
  expect((await faces.api.assistant.feedback.list()).at(-1)?.turn.history).toEqual(history)
})

test('the latest judgement of an answer counts', async () => {
  const { id } = await asked({ question: CLOSING.question })
  await judged(id, 'wrong-citation')
  await judged(id, 'right')
  const mine = (await faces.api.assistant.feedback.list()).filter(({ answerId }) => answerId === id)
  expect(mine.map(({ verdict, note }) => [verdict, note])).toEqual([['right', null]])
})

test('an unknown answer is a 404, that of a removed conversation too', async () => {
  const { id, conversationId } = await asked({ question: CLOSING.question })
  await faces.api.app.request(`/conversations/${conversationId}`, { method: 'DELETE' })
  for (const unknown of [id, 'khong-co', '../../etc/passwd']) expect((await judged(unknown)).status).toBe(404)
})

test('what was said about an answer goes with its conversation, and nothing else does', async () => {
  const [gone, stays] = [await asked({ question: CLOSING.question }), await asked({ question: CLOSING.question })]
  for (const { id } of [gone, stays]) expect((await judged(id)).status).toBe(201)
  expect((await faces.api.app.request(`/conversations/${gone.conversationId}`, { method: 'DELETE' })).status).toBe(204)
  const kept = await readFile(join(faces.workspace.indexDir, 'feedback', 'feedback.jsonl'), 'utf8')
  expect([kept.includes(gone.id), kept.includes(stays.id)]).toEqual([false, true])
})

test('half a line left by a crash costs nothing but itself', async () => {
  const path = join(faces.workspace.indexDir, 'feedback', 'feedback.jsonl')
  const before = await faces.api.assistant.feedback.list()
  await writeFile(path, `${await readFile(path, 'utf8')}{"answerId":"x","verd`)
  const { id } = await asked({ question: CLOSING.question })
  expect((await judged(id)).status).toBe(201)
  expect((await faces.api.assistant.feedback.list()).map(({ answerId }) => answerId)).toEqual([
    ...before.map(({ answerId }) => answerId),
    id,
  ])
})

test('where nothing can be written it is a 503, and nothing is said to be kept', async () => {
  const folder = join(faces.workspace.indexDir, 'feedback')
  const { id } = await asked({ question: CLOSING.question })
  await rm(folder, { recursive: true })
  await writeFile(folder, '')
  const response = await judged(id)
  expect(response.status).toBe(503)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  await rm(folder)
})
