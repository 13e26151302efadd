import { describe, expect, test } from 'vitest'
import type { AskResponse } from '../contract/schemas.ts'
import { CLOSING } from '../testing/faces-api.ts'
import { openedFaces } from '../testing/opened-faces.ts'

const faces = openedFaces()

interface ServerSentEvent {
  readonly event: string
  readonly data: unknown
}

async function eventsOf(response: Response): Promise<ServerSentEvent[]> {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  return (await response.text())
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const field = (name: string) =>
        block
          .split('\n')
          .filter((line) => line.startsWith(`${name}: `))
          .map((line) => line.slice(name.length + 2))
          .join('\n')
      return { event: field('event'), data: JSON.parse(field('data')) as unknown }
    })
}

const named = (events: readonly ServerSentEvent[], name: string) => events.filter(({ event }) => event === name).map(({ data }) => data)
const withoutRun = ({ id, conversationId, timingsMs, ...rest }: AskResponse) => rest

const WAYS: [string, (question: string) => Promise<Response>][] = [
  ['stream: true', (question) => faces.api.post('/ask', { question, stream: true })],
  ['Accept: text/event-stream', (question) => faces.api.post('/ask', { question }, { accept: 'text/event-stream' })],
]

describe.each(WAYS)('with %s', (_, send) => {
  test.each([
    ['an answer', CLOSING.question],
    ['an answer of several sentences', 'Bộ trưởng Bộ Công an là ai?'],
    ['a refusal', 'Giá vàng hôm nay bao nhiêu một lượng?'],
  ])('%s arrives as retrieval first, then citations and text, at the end the whole body', async (_, question) => {
    const events = await eventsOf(await send(question))
    const body = await faces.api.ask(question)
    const names = events.map(({ event }) => event)
    expect(names[0]).toBe('retrieval')
    expect(names.at(-1)).toBe('answer')
    expect(new Set(names.slice(1, -1))).toEqual(new Set([...body.citations.map(() => 'citation'), 'answer-delta']))
    expect(named(events, 'retrieval')).toEqual([{ interpretation: body.interpretation, passages: body.passages }])
    expect(named(events, 'citation')).toEqual(body.citations)
    expect(
      named(events, 'answer-delta')
        .map((data) => (data as { text: string }).text)
        .join(''),
    ).toBe(body.answer)
    const [whole] = named(events, 'answer') as [AskResponse]
    expect(Object.keys(whole)).toEqual(Object.keys(body))
    expect(withoutRun(whole)).toEqual(withoutRun(body))
  })
})

test('a bad body is a problem, not a stream', async () => {
  const response = await faces.api.post('/ask', { question: '', stream: true }, { accept: 'text/event-stream' })
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('a fault that shows later arrives as an error event with the problem, and nothing after it', async () => {
  const question = CLOSING.question
  const filters = { conferenceIds: ['khong-co'] }
  const events = await eventsOf(await faces.api.post('/ask', { question, filters, stream: true }))
  const plain = (await (await faces.api.post('/ask', { question, filters })).json()) as Record<string, unknown>
  expect(events).toEqual([{ event: 'error', data: { ...plain, requestId: expect.stringMatching(/^[\w-]{8,}$/) } }])
})
