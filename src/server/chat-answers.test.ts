// Answers of a chat model over real HTTP on both sides: a server that streams what a real model streamed, and the product before it.
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskResponse } from '../contract/schemas.ts'
import { citationSupport } from '../evaluation/citation-support.ts'
import { type ChatModelServer, chatModelServer, chatRecordings } from '../testing/chat-model-server.ts'
import { CLOSING, citationFaults } from '../testing/faces-api.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { type RunningServer, startServer } from './serve.ts'

/** How soon the model has to be stopped when nobody waits for it any more, in milliseconds. */
const STOPPED_WITHIN_MS = 200

const recordings = chatRecordings()
let workspace: Workspace
let model: ChatModelServer
let server: RunningServer

beforeAll(async () => {
  workspace = await makeWorkspace()
  model = await chatModelServer(recordings, 'endless')
  const chatModel = { baseUrl: model.baseUrl, model: 'recorded', apiKey: 'khoa-bi-mat', timeoutMs: 60_000 }
  server = await startServer({ ...workspace.config, chatModel }, '0.0.0-test')
  await server.ready
})
afterAll(async () => {
  await server?.stop()
  await model?.close()
  await workspace?.remove()
})

const post = (body: object, signal?: AbortSignal) =>
  fetch(`${server.url}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
const ask = async (question: string) => (await (await post({ question })).json()) as AskResponse
const textOf = (id: string) => server.assistant.currentIndex?.documents.get(id)?.text ?? ''

describe.each(recordings.map(({ question }) => question))('%s', (question) => {
  test('is answered with sentences their sources prove, streamed as they are proven', async () => {
    const stream = await (await post({ question, stream: true })).text()
    const events = stream.split('\n\n').flatMap((block) => {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/s.exec(block) ?? []
      return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }]
    })
    const body = events.at(-1)?.data as AskResponse
    expect(events[0]?.event).toBe('retrieval')
    expect(
      events
        .filter(({ event }) => event === 'answer-delta')
        .map(({ data }) => data.text)
        .join(''),
    ).toBe(body.answer)
    const cited = events.filter(({ event }) => event === 'citation').map(({ data }) => data)
    expect([...cited].sort((a, b) => a.marker - b.marker)).toEqual(body.citations)
    expect(citationFaults(body, textOf)).toEqual([])
    const lines = body.answer.replace(/(?<=\])[.!…]\s*/gu, '\n')
    expect(citationSupport(lines, body.citations)?.recall).toBe(1)
    expect(body.writing?.model).toBe('recorded')
    expect(body.models.generator).toBe(body.writing?.shown === 0 ? 'extractive' : 'recorded')
    expect(body.writing?.note === null).toBe(body.writing?.state === 'checked' && body.writing.dropped === 0)
  })
})

test('some of them are answered in the words of the model, and some are not', async () => {
  const states = new Set((await Promise.all(recordings.map(({ question }) => ask(question)))).map(({ writing }) => writing?.state))
  expect(states).toEqual(new Set(['checked', 'replaced']))
})

test('the prompt has the sources behind a fence, the question, and the key in its header', () => {
  const { body, authorization } = model.requests[0] ?? { body: '', authorization: '' }
  expect(authorization).toBe('Bearer khoa-bi-mat')
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] }
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user'])
  expect(messages[1]?.content).toMatch(/^<(nguồn-[0-9a-f]{8}) hội-nghị="[^"]+">\n\[1\] [\s\S]+<\/\1>\n\nCâu hỏi: .+\nTrả lời/)
})

test('a refusal is decided before, and no model is asked; nor is it for a question in English', async () => {
  const before = model.requests.length
  expect(await ask('Giá vàng hôm nay bao nhiêu một lượng?')).toMatchObject({ answerable: false, writing: null })
  expect(await ask('How long did the 77th national police conference last?')).toMatchObject({ answerable: true, writing: null })
  expect(model.requests.length).toBe(before)
})

describe('a client that goes away stops the model', () => {
  const leaves = async (start: (signal: AbortSignal) => Promise<unknown>) => {
    const leaving = new AbortController()
    const begun = model.begun()
    const going = start(leaving.signal).catch(() => {})
    await begun
    const left = performance.now()
    leaving.abort()
    await going
    await expect.poll(() => (model.leftAt ?? 0) > left, { interval: 5 }).toBe(true)
    return (model.leftAt ?? 0) - left
  }

  test.each([
    ['of a stream', { stream: true }],
    ['of a whole answer', { stream: false }],
  ])(`%s, within ${STOPPED_WITHIN_MS} ms`, async (_, how) => {
    const took = await leaves(async (signal) => (await post({ question: CLOSING.question, ...how }, signal)).text())
    expect(took).toBeLessThan(STOPPED_WITHIN_MS)
  })

  test(`of the official OpenAI client, within ${STOPPED_WITHIN_MS} ms`, async () => {
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'khong-can', maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: CLOSING.question }]
    const took = await leaves(async (signal) => {
      for await (const _ of await client.chat.completions.create({ model: 'thuky', stream: true, messages }, { signal }));
    })
    expect(took).toBeLessThan(STOPPED_WITHIN_MS)
  })
})

test('the OpenAI face streams the words of the model and says what was left out', async () => {
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'khong-can', maxRetries: 0 })
  for (const { question } of recordings) {
    const { answer, writing } = await ask(question)
    const stream = await client.chat.completions.create({ model: 'thuky', stream: true, messages: [{ role: 'user', content: question }] })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text.startsWith(answer)).toBe(true)
    if (writing?.note != null) expect(text).toContain(writing.note)
  }
})

// The last one: a model that has failed is left in peace for a while.
test('a model that fails is tried twice; the answer is the quotation, with a note', async () => {
  model.otherwise = 'failure'
  const before = model.requests.length
  const body = await ask(CLOSING.question)
  expect(model.requests.length).toBe(before + 2)
  expect(body).toMatchObject({ answerable: true, models: { generator: 'extractive' }, writing: { state: 'away', shown: 0 } })
  expect(body.writing?.note).toContain('hiện không trả lời')
  expect(body.citations[0]?.quote).toBe(CLOSING.sentence)
  const again = await ask(CLOSING.question)
  expect(again.writing?.state).toBe('away')
  expect(model.requests.length).toBe(before + 2)
})
