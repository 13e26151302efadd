import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CitationBody, FullDocumentBody } from '../contract/schemas.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { type RunningServer, startServer } from './serve.ts'

let workspace: Workspace
let server: RunningServer
let client: OpenAI

beforeAll(async () => {
  workspace = await makeWorkspace()
  server = await startServer(workspace.config, '0.0.0-test')
  await server.ready
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'khong-can', maxRetries: 0 })
})

afterAll(async () => {
  await server.stop()
  await workspace.remove()
})

/** What is added to the wire format. */
interface Additions {
  readonly citations: CitationBody[]
  readonly answerable: boolean
  readonly nearest: CitationBody[]
}

const ask = (content: string) => client.chat.completions.create({ model: 'thuky', messages: [{ role: 'user', content }] })

describe('the official OpenAI client', () => {
  test('sees the model', async () => {
    const list = await client.models.list()
    expect(list.data.map(({ id, object }) => [id, object])).toEqual([['thuky', 'model']])
    expect((await client.models.retrieve('thuky')).owned_by).toBe('thuky')
  })

  test('gets an answer whose numbered sources are verbatim quotations', async () => {
    const completion = await ask(CLOSING.question)
    const { citations, answerable } = completion as unknown as Additions
    const [choice] = completion.choices
    expect(choice?.finish_reason).toBe('stop')
    expect(answerable).toBe(true)
    const [first] = citations
    const document = (await (await fetch(`${server.url}/documents/${first?.document.id}`)).json()) as FullDocumentBody
    expect(document.text.slice(first?.start, first?.end)).toBe(first?.quote)
    const text = choice?.message.content ?? ''
    const [answer = '', list = ''] = text.split('\n\nNguồn:\n')
    const markers = [...new Set([...answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])))].sort()
    expect(markers).toEqual(citations.map(({ marker }) => marker))
    expect(list.split('\n').map((line) => Number(/^\[(\d+)\] “/.exec(line)?.[1]))).toEqual(citations.map(({ marker }) => marker))
    expect(list).toContain(CLOSING.sentence)
  })

  test('streams the same answer, ending with the citations and the usage when asked for', async () => {
    const whole = await ask(CLOSING.question)
    const stream = await client.chat.completions.create({
      model: 'thuky',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: CLOSING.question }],
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant')
    const end = chunks.findIndex((chunk) => chunk.choices[0]?.finish_reason === 'stop')
    expect((chunks[end] as unknown as Additions).citations).toEqual((whole as unknown as Additions).citations)
    expect(chunks.at(-1)?.usage?.total_tokens).toBe(0)
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  test('carries the history: a follow-up is completed from the questions before it', async () => {
    const completion = await client.chat.completions.create({
      model: 'thuky',
      temperature: 0.7,
      messages: [
        { role: 'system', content: 'Bạn là trợ lý.' },
        { role: 'user', content: 'Hội nghị Công an toàn quốc lần thứ 77 kết thúc khi nào?' },
        { role: 'assistant', content: 'Chiều 29-12.' },
        { role: 'user', content: [{ type: 'text', text: 'Còn lần thứ 76 diễn ra khi nào?' }] },
      ],
    })
    const { citations } = completion as unknown as Additions
    expect(citations[0]?.conference.id).toBe('hoi-nghi-cong-an-toan-quoc-76')
  })

  test('is told without markers when the corpus does not answer, with what comes nearest', async () => {
    const completion = await ask('Giá vàng hôm nay bao nhiêu?')
    const { answerable, citations } = completion as unknown as Additions
    expect([answerable, citations]).toEqual([false, []])
    expect(completion.choices[0]?.message.content).not.toMatch(/\[\d+\]|Nguồn:/)
  })

  test('gets its own kind of error for a wrong model, no question, and too long a question', async () => {
    const failed = (messages: OpenAI.ChatCompletionMessageParam[], model = 'thuky') =>
      client.chat.completions.create({ model, messages }).then(
        () => undefined,
        (error: unknown) => (error instanceof OpenAI.APIError ? [error.status, error.type, error.code, error.message] : error),
      )
    expect(await failed([{ role: 'user', content: 'Ai?' }], 'gpt-4')).toEqual([
      404,
      'invalid_request_error',
      'model_not_found',
      expect.stringContaining('called thuky'),
    ])
    expect(await failed([{ role: 'assistant', content: 'Chào' }])).toEqual([
      400,
      'invalid_request_error',
      null,
      expect.stringMatching(/last message of the user is empty/),
    ])
    expect(await failed([{ role: 'user', content: 'a'.repeat(2001) }])).toEqual([
      400,
      'invalid_request_error',
      null,
      expect.stringContaining('2000'),
    ])
  })

  test('may leave in the middle of a stream; the server goes on', async () => {
    const stream = await client.chat.completions.create({
      model: 'thuky',
      stream: true,
      messages: [{ role: 'user', content: CLOSING.question }],
    })
    stream.controller.abort()
    expect((await ask(CLOSING.question)).choices).toHaveLength(1)
  })
})
