import { afterEach, describe, expect, test } from 'vitest'
import { type ChatModelServer, chatModelServer, type Otherwise } from '../testing/chat-model-server.ts'
import { type ChatLimits, openChatModel, TimedChatModel } from './chat-model.ts'

let server: ChatModelServer | undefined
afterEach(() => server?.close())

const prompt = (question: string) => [{ role: 'user', content: `Câu hỏi: ${question}\nTrả lời:` }]

async function modelOf(otherwise: Otherwise, limits: ChatLimits = {}): Promise<TimedChatModel> {
  server = await chatModelServer([{ question: 'Ai?', pieces: ['Ông ', 'Tám', ' [1', '].'] }], otherwise)
  const { baseUrl } = server
  return new TimedChatModel('thử', () => openChatModel({ baseUrl, model: 'thử', apiKey: null }), limits)
}

async function written(model: TimedChatModel, question: string, signal?: AbortSignal): Promise<string[]> {
  const pieces: string[] = []
  for await (const piece of model.write(prompt(question), signal)) pieces.push(piece)
  return pieces
}

describe('a chat model over the OpenAI wire format', () => {
  test('writes piece by piece', async () => {
    expect(await written(await modelOf('failure'), 'Ai?')).toEqual(['Ông ', 'Tám', ' [1', '].'])
  })

  test.each<[Otherwise, ChatLimits, RegExp, number]>([
    ['silence', { timeoutMs: 200 }, /took longer than 0.2 s/, 1],
    ['endless', { timeoutMs: 200 }, /took longer than 0.2 s/, 1],
    ['failure', { retryAfterMs: 10 }, /cannot be reached or failed/, 2],
  ])('%s is told as unavailable, after at most two tries', async (otherwise, limits, message, tries) => {
    const model = await modelOf(otherwise, limits)
    await expect(written(model, 'Khi nào?')).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringMatching(message) })
    expect(server?.requests.length).toBe(tries)
    await expect.poll(() => server?.leftAt === undefined).toBe(otherwise === 'failure')
  })

  test('that could not be reached is not asked again for a while', async () => {
    const model = await modelOf('failure', { retryAfterMs: 1, restMs: 300 })
    await expect(written(model, 'Khi nào?')).rejects.toThrow()
    await expect(written(model, 'Ai?')).rejects.toThrow('was away a moment ago')
    await new Promise((resolve) => setTimeout(resolve, 320))
    expect(await written(model, 'Ai?')).toHaveLength(4)
  })

  test('ends with the reason of the signal', async () => {
    const model = await modelOf('endless')
    const leaving = new AbortController()
    setTimeout(() => leaving.abort(new Error('gone')), 100)
    await expect(written(model, 'Khi nào?', leaving.signal)).rejects.toThrow('gone')
  })
})
