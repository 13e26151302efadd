// In: nothing. Out: the shapes of OpenAI's chat completion wire format, as far as they are understood, with what is added to them.
// Unknown parameters are let through: clients send sampling settings that mean nothing to quotations.
import { z } from '@hono/zod-openapi'
import { citationSchema, filtersSchema } from './schemas.ts'

/** The one model there is. */
export const CHAT_MODEL = 'thuky'

/** Most messages and most UTF-16 units of a request; of the history only what fits is used, latest first. */
const MAX_MESSAGES = 200

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() })
const otherPart = z.looseObject({ type: z.string() })
const content = z.union([z.string(), z.array(z.union([textPart, otherPart]))]).nullish()

const messageSchema = z
  .looseObject({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']), content })
  .openapi('ChatMessage')

export const chatCompletionRequestSchema = z
  .looseObject({
    model: z.string(),
    messages: z.array(messageSchema).min(1).max(MAX_MESSAGES),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.literal(1, { error: 'has to be 1; there is one answer to a question' }).nullish(),
    filters: filtersSchema.optional().openapi({ description: 'An addition to the format: what may be searched' }),
  })
  .openapi('ChatCompletionRequest', {
    description:
      'The last message of the user is the question, earlier ones complete it. System messages and sampling settings change nothing: answers are made of quotations, and what a chat model writes is shown as far as its sources prove it.',
  })

const usageSchema = z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() })

const additions = {
  citations: z.array(citationSchema).openapi({ description: 'An addition to the format: the proofs behind the numbers in the text' }),
  answerable: z.boolean().openapi({ description: 'An addition to the format: false for a refusal' }),
  nearest: z.array(citationSchema).openapi({ description: 'An addition to the format: for a refusal, what is there instead' }),
}

export const chatCompletionSchema = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int(),
        message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
        logprobs: z.null(),
        finish_reason: z.literal('stop'),
      }),
    ),
    usage: usageSchema,
    ...additions,
  })
  .openapi('ChatCompletion')

export const modelSchema = z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() }).openapi('Model')

export const modelListSchema = z.object({ object: z.literal('list'), data: z.array(modelSchema) }).openapi('ModelList')

export type ChatCompletionRequest = z.output<typeof chatCompletionRequestSchema>
export type ChatCompletion = z.output<typeof chatCompletionSchema>
export type ModelBody = z.output<typeof modelSchema>
