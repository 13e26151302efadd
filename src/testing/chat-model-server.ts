// In: what a real chat model streamed for some questions. Out: a server of the OpenAI wire format that streams the same again, over real
// HTTP; for other questions it does what it is told to. It knows nothing of the product.
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../package-root.ts'

/** What a model streamed for a question. */
export interface Recording {
  readonly question: string
  readonly pieces: readonly string[]
}

/** What happens to a question without recording: nothing comes, words come without end, or the server fails. */
export type Otherwise = 'silence' | 'endless' | 'failure'

/** A server that is listening. */
export interface ChatModelServer {
  readonly baseUrl: string
  /** What happens to further questions without recording. */
  otherwise: Otherwise
  /** Requests so far. */
  readonly requests: readonly { readonly body: string; readonly authorization: string }[]
  /** When the latest client went away before its answer was whole, by `performance.now()`. */
  readonly leftAt: number | undefined
  /** Settles when the next request has come and its stream has begun. */
  begun(): Promise<void>
  close(): Promise<void>
}

/** What gemma-3-270m (4 bits, of llama.cpp) streamed for questions of the gold, kept by `npm run eval:chat-model -- --record`. */
export function chatRecordings(): Recording[] {
  return recordingsSchema.parse(JSON.parse(readFileSync(join(packageRoot(), 'src', 'testing', 'chat-recordings.json'), 'utf8')))
}

const recordingsSchema = z.array(z.object({ question: z.string(), pieces: z.array(z.string()) }))

/** Starts a server on a free port. */
export async function chatModelServer(recordings: readonly Recording[], unknown: Otherwise = 'silence'): Promise<ChatModelServer> {
  let otherwise = unknown
  const requests: { body: string; authorization: string }[] = []
  let leftAt: number | undefined
  let waiting: (() => void)[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    requests.push({ body, authorization: request.headers.authorization ?? '' })
    response.on('close', () => {
      if (!response.writableFinished) leftAt = performance.now()
    })
    const recording = recordings.find(({ question }) => body.includes(JSON.stringify(`Câu hỏi: ${question}\n`).slice(1, -1)))
    if (recording === undefined && otherwise === 'failure') response.writeHead(500).end('{"error":{"message":"out of memory"}}')
    else {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      await stream(response, recording?.pieces ?? (otherwise === 'endless' ? words() : undefined))
    }
    for (const go of waiting) go()
    waiting = []
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    get otherwise() {
      return otherwise
    },
    set otherwise(next) {
      otherwise = next
    },
    get leftAt() {
      return leftAt
    },
    begun: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Streams pieces; what never ends goes on beside the caller until the client leaves. */
async function stream(response: ServerResponse, pieces: Iterable<string> | undefined): Promise<void> {
  if (pieces === undefined) return
  const send = (piece: string) => {
    const chunk = {
      id: 'chat',
      object: 'chat.completion.chunk',
      created: 0,
      model: 'recorded',
      choices: [{ index: 0, delta: { content: piece }, finish_reason: null }],
    }
    response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  if (!Array.isArray(pieces)) {
    const iterator = pieces[Symbol.iterator]()
    const timer = setInterval(() => send(iterator.next().value ?? ''), 10)
    response.on('close', () => clearInterval(timer))
    return
  }
  for (const piece of pieces) send(piece)
  response.end('data: [DONE]\n\n')
}

function* words(): Generator<string> {
  for (;;) yield 'và '
}
