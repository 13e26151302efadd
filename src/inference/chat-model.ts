// In: a LangChain chat model, or where one is served. Out: what it writes, piece by piece, within a time, with a second try while
// nothing has come. Cancelling ends the request at once. Knows nothing of what is asked.
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { ThukyError } from '../errors.ts'

/** Where a chat model is served in the OpenAI wire format. */
export interface ChatServer {
  readonly baseUrl: string
  readonly model: string
  readonly apiKey: string | null
}

/** How long is waited, in milliseconds. */
export interface ChatLimits {
  /** Longest time an answer may take. Default 60,000. */
  readonly timeoutMs?: number
  /** Pause before the second try. Default 300. */
  readonly retryAfterMs?: number
  /** How long a model that was away is not asked again. Default 10,000. */
  readonly restMs?: number
}

/** Most tokens of an answer: three sentences of Vietnamese are about 200, the rest is for models that think aloud. */
const MAX_TOKENS = 1024

const TRIES = 2

/** The client of LangChain; loaded only where a chat model is wanted. Repeats nothing by itself. */
export async function openChatModel({ baseUrl, model, apiKey }: ChatServer, maxTokens = MAX_TOKENS): Promise<BaseChatModel> {
  const { ChatOpenAICompletions } = await import('@langchain/openai')
  const configuration = { baseURL: baseUrl, maxRetries: 0 }
  // A server without keys still wants the header.
  return new ChatOpenAICompletions({
    model,
    apiKey: apiKey ?? 'none',
    configuration,
    temperature: 0,
    maxTokens,
    maxRetries: 0,
    streamUsage: false,
  })
}

/** A chat model that is asked with patience, but not with too much. */
export class TimedChatModel {
  #model: Promise<BaseChatModel> | undefined
  #awayUntil = 0

  /**
   * @param name as it is shown to people
   * @param open makes the model when it is first needed
   */
  constructor(
    readonly name: string,
    private readonly open: () => Promise<BaseChatModel>,
    private readonly limits: ChatLimits = {},
  ) {}

  /** @throws the signal's reason; ThukyError `unavailable` when the model is away, fails or takes too long */
  async *write(messages: readonly { readonly role: string; readonly content: string }[], signal?: AbortSignal): AsyncGenerator<string> {
    const { timeoutMs = 60_000, retryAfterMs = 300, restMs = 10_000 } = this.limits
    if (performance.now() < this.#awayUntil) throw away('was away a moment ago')
    const done = new AbortController()
    const late = AbortSignal.timeout(timeoutMs)
    const until = AbortSignal.any([done.signal, late, ...(signal === undefined ? [] : [signal])])
    let hasBegun = false
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          for await (const piece of this.#pieces(messages, until)) {
            hasBegun = true
            yield piece
          }
          return
        } catch (error) {
          signal?.throwIfAborted()
          if (hasBegun || late.aborted || attempt >= TRIES || isRejected(error)) throw error
          await pause(retryAfterMs, until)
        }
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (!hasBegun) this.#awayUntil = performance.now() + restMs
      throw late.aborted ? away(`took longer than ${timeoutMs / 1000} s`, error) : away('cannot be reached or failed', error)
    } finally {
      done.abort()
    }
  }

  async *#pieces(messages: readonly { readonly role: string; readonly content: string }[], signal: AbortSignal): AsyncGenerator<string> {
    this.#model ??= this.open()
    const model = await this.#model
    const stream = await model.stream(
      messages.map(({ role, content }) => ({ role, content })),
      { signal },
    )
    for await (const chunk of stream) {
      signal.throwIfAborted()
      if (chunk.text !== '') yield chunk.text
    }
    signal.throwIfAborted()
  }
}

/** The server has answered and will not answer otherwise: a wrong key, an unknown model. */
function isRejected(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429
}

function away(how: string, cause?: unknown): ThukyError {
  return new ThukyError('unavailable', `The chat model ${how}; check THUKY_LLM_BASE_URL and THUKY_LLM_MODEL.`, {}, { cause })
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', leave, { once: true })
  })
}

/** The chat model given, else the one configured. @param configured with its time limit, in milliseconds */
export function timedChatModel(
  configured: (ChatServer & { readonly timeoutMs: number }) | null,
  given?: BaseChatModel,
): TimedChatModel | undefined {
  const limits = configured === null ? {} : { timeoutMs: configured.timeoutMs }
  if (given !== undefined) return new TimedChatModel(configured?.model ?? given.getName(), async () => given, limits)
  return configured === null ? undefined : new TimedChatModel(configured.model, () => openChatModel(configured), limits)
}
