import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { questionAhead } from './question-ahead.ts'

/** What an application with the middleware foresees of a body, and what its route reads after it. */
async function asked(body: string): Promise<{ foreseen: string[]; read: string }> {
  const foreseen: string[] = []
  const app = new Hono()
  app.use(questionAhead({ foresee: (question) => foreseen.push(question) }))
  app.post('/ask', async (c) => c.text(await c.req.text()))
  const response = await app.request('/ask', { method: 'POST', body })
  return { foreseen, read: await response.text() }
}

describe('the model begins with', () => {
  test('a question that stands for itself, and the route reads the same body', async () => {
    const body = JSON.stringify({ question: 'Ai chủ trì hội nghị?', topK: 3 })
    expect(await asked(body)).toEqual({ foreseen: ['Ai chủ trì hội nghị?'], read: body })
  })

  test.each([
    ['a question of a conversation', '{"question": "Còn năm ngoái?", "conversationId": "a"}'],
    ['a question with what was said before', '{"question": "Còn năm ngoái?", "history": []}'],
    ['no question', '{"topK": 3}'],
    ['a question that is no text', '{"question": 7}'],
    ['a list', '["Ai?"]'],
    ['null', 'null'],
    ['no JSON', 'question'],
    ['nothing', ''],
  ])('nothing where the body is %s', async (_, body) => {
    expect(await asked(body)).toEqual({ foreseen: [], read: body })
  })
})
