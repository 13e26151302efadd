// In: a request with a question. Out: the same request; the model has begun with the question while the rest of the request is
// checked. Must not refuse anything: that is what the checks are for.
import type { MiddlewareHandler } from 'hono'
import type { Assistant } from '../assistant.ts'

/** Lets the model begin with questions that stand for themselves. */
export function questionAhead(assistant: Pick<Assistant, 'foresee'>): MiddlewareHandler {
  return async (c, next) => {
    const question = firstQuestionOf(await c.req.text().catch(() => ''))
    if (question !== undefined) assistant.foresee(question)
    return next()
  }
}

/** The question of a body; undefined where it continues a conversation, by which it is completed first, or where there is none. */
function firstQuestionOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || 'conversationId' in body || 'history' in body) return undefined
    const question = 'question' in body ? body.question : undefined
    return typeof question === 'string' ? question : undefined
  } catch {
    return undefined
  }
}
