// In: a configuration. Out: a listening server that loads model and index while it already answers probes, and stops gracefully.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { serve as listen } from '@hono/node-server'
import { destination, type Logger, pino } from 'pino'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { Config } from '../config.ts'
import { messageOf, ThukyError } from '../errors.ts'
import { createApp } from './app.ts'
import { problemBody } from './problem.ts'

/** A server that is listening. */
export interface RunningServer {
  readonly url: string
  readonly assistant: Assistant
  /** Settles when model and index are loaded; rejects when they cannot be. */
  readonly ready: Promise<void>
  /** Takes no new requests, waits for those running (at most 10 s), ends the model process. */
  stop(): Promise<void>
}

/** How long a stop waits for running requests. */
const DRAIN_MS = 10_000

/** How often a stop closes connections whose request has ended; a client would keep them open for seconds. */
const IDLE_SWEEP_MS = 50

/**
 * Starts the server.
 * @throws ThukyError `configuration` when the address cannot be listened on
 */
export async function startServer(config: Config, version: string): Promise<RunningServer> {
  checkHost(config)
  const logger: Logger = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }))
  const assistant = createAssistant(config, { onNote: (line) => logger.info(line) })
  const app = createApp({ assistant, logger, version })
  const { server, port } = await listening(
    config,
    (options, onListening) => listen({ ...options, fetch: app.fetch }, onListening) as Server,
  )
  server.on('clientError', refuseMalformed)
  const ready = assistant.openLive().then(
    (index) => logger.info({ generation: index.generation, documents: index.documents.size, passages: index.passages.size }, 'ready'),
    (error) => {
      logger.error(messageOf(error))
      throw error
    },
  )
  ready.catch(() => {})
  let stopping: Promise<void> | undefined
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    const closeIdle = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    await closed
    clearInterval(closeIdle)
    clearTimeout(timer)
    await assistant.close()
  }
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return {
    url: `http://${host}:${port}`,
    assistant,
    ready,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** What the HTTP parser refuses never reaches the application; it is answered with a problem all the same. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = problemBody({ status, detail: 'The request is not valid HTTP; correct its headers.' }, randomUUID())
  const text = JSON.stringify(body)
  const headers = `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`
  socket.end(`HTTP/1.1 ${status} ${body.title}\r\n${headers}\r\n\r\n${text}`)
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/

/** Others than this machine may read only where that has been said. */
function checkHost({ host, public: isPublic }: Config): void {
  if (isPublic || LOOPBACK.test(host)) return
  throw new ThukyError(
    'configuration',
    `${host} can be reached by other machines; set THUKY_PUBLIC=true to let everyone read, or listen on 127.0.0.1.`,
    {
      host,
    },
  )
}

type Listen = (options: { hostname: string; port: number }, onListening: (info: { port: number }) => void) => Server

function listening({ host, port }: Config, start: Listen): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = start({ hostname: host, port }, (info) => resolve({ server, port: info.port }))
    server.once('error', (error: NodeJS.ErrnoException) => {
      const remedy =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use; stop the other program or choose another port with --port or THUKY_PORT.`
          : `${host}:${port} cannot be listened on (${error.code}); choose another address with --host and --port.`
      reject(new ThukyError('configuration', remedy, { host, port, code: error.code }))
    })
  })
}
