// In: a chat model's server in the OpenAI wire format. Out: a server in front of it that passes all on and keeps what was streamed for
// each question. Changes nothing.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** What a model streamed for a question. */
export interface Recording {
  readonly question: string
  /** Text of each chunk, in order. */
  readonly pieces: readonly string[]
}

const requestSchema = z.looseObject({ messages: z.array(z.looseObject({ content: z.string() })) })
const chunkSchema = z.looseObject({ choices: z.array(z.looseObject({ delta: z.looseObject({ content: z.string().nullish() }) })) })

/** The question at the end of a prompt. */
export const askedIn = (prompt: string): string => /Câu hỏi: (.*)\nTrả lời/.exec(prompt)?.[1] ?? ''

/** A proxy that is listening. */
export interface RecordingProxy {
  readonly baseUrl: string
  readonly recordings: readonly Recording[]
  close(): void
}

/** Starts the proxy. */
export async function recordingProxy(baseUrl: string): Promise<RecordingProxy> {
  const recordings: Recording[] = []
  const server: Server = createServer(async (request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const body = Buffer.concat(parts).toString('utf8')
      const { authorization = '' } = request.headers
      const headers = { 'content-type': 'application/json', authorization }
      const reply = await fetch(`${baseUrl}${request.url}`, { method: 'POST', headers, body, signal: gone.signal })
      response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'text/event-stream' })
      let text = ''
      const decoder = new TextDecoder()
      try {
        for await (const part of reply.body ?? []) {
          text += decoder.decode(part, { stream: true })
          response.write(part)
        }
      } finally {
        const { messages } = requestSchema.parse(JSON.parse(body))
        recordings.push({ question: askedIn(messages.at(-1)?.content ?? ''), pieces: piecesOf(text) })
      }
      response.end()
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}`, recordings, close: () => server.closeAllConnections() ?? server.close() }
}

function piecesOf(stream: string): string[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .flatMap((line) => {
      try {
        return chunkSchema.parse(JSON.parse(line.slice(6))).choices.map(({ delta }) => delta.content ?? '')
      } catch {
        return []
      }
    })
    .filter((piece) => piece !== '')
}
