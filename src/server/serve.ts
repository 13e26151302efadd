// In: a configuration. Out: a listening server that loads model and index while it already answers probes, and stops gracefully.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { serve as listen } from '@hono/node-server'
import { destination, type Logger, pino } from 'pino'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { AssistantEvents } from '../assistant-options.ts'
import type { Config } from '../config.ts'
import { messageOf, ThukyError } from '../errors.ts'
import type { ModelClient } from '../model-client.ts'
import { isLoopbackHost } from './access.ts'
import { ApiKeys } from './api-keys.ts'
import { createApp } from './app.ts'
import { Metrics } from './metrics.ts'
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

/** Requests that have been sent but not read yet are still taken when a stop begins: to close at once would break them off. */
const UNDER_WAY_MS = 100

/** How often a stop closes connections whose request has ended; a client would keep them open for seconds. */
const IDLE_SWEEP_MS = 50

/**
 * Starts the server.
 * @param model a client made from the same configuration, perhaps started already
 * @throws ThukyError `configuration` when the address cannot be listened on
 */
export async function startServer(config: Config, version: string, model?: ModelClient): Promise<RunningServer> {
  const keys = new ApiKeys(config.indexDir, config.apiKeys)
  checkHost(config, await keys.exist())
  const logger: Logger = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }))
  const metrics = new Metrics()
  const events: AssistantEvents = {
    onNote: (line) => logger.info(withoutPaths(line, config)),
    onAnswered: (result) => metrics.answered(result),
    onSearched: (result) => metrics.searched(result),
    limits: LIMITS,
  }
  const assistant = createAssistant(config, events, model === undefined ? {} : { model })
  metrics.watch(assistant)
  let stopping: Promise<void> | undefined
  let isDraining = false
  const app = createApp({ assistant, logger, keys, metrics, version, isDraining: () => isDraining })
  const { server, port } = await listening(
    config,
    (options, onListening) => listen({ ...options, fetch: app.fetch, serverOptions: SERVER_OPTIONS }, onListening) as Server,
  )
  server.on('clientError', refuseMalformed)
  dropIdleReaders(server)
  const ready = assistant.openLive().then(
    (index) => logger.info({ generation: index.generation, documents: index.documents.size, passages: index.passages.size }, 'ready'),
    (error) => {
      logger.error(withoutPaths(messageOf(error), config))
      throw error
    },
  )
  ready.catch(() => {})
  const stop = async () => {
    await delay(UNDER_WAY_MS)
    isDraining = true
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

/** Requests arrive whole within these times (milliseconds), or their connection ends with 408. */
const SERVER_OPTIONS = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
  maxHeaderSize: 16 * 1024,
  keepAlive: true,
  keepAliveInitialDelay: 30_000,
} as const

/** Connections at once; those above it are refused by the system. */
const MAX_CONNECTIONS = 1024
/** How long a client may leave unread what has been sent to it, in milliseconds. */
const UNREAD_MS = 30_000

/** A client that no longer reads its answer is dropped; one that waits for an answer is not. */
function dropIdleReaders(server: Server): void {
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(UNREAD_MS, (socket) => {
    if (socket.writableLength > 0) socket.destroy()
  })
}

/** Paths of this machine are for its owner: they are in the log only at level debug. */
function withoutPaths(line: string, { corpusDir, indexDir, model, logLevel }: Config): string {
  if (logLevel === 'debug' || logLevel === 'trace') return line
  return line.replaceAll(corpusDir, '(corpus)').replaceAll(indexDir, '(index)').replaceAll(model, '(model)')
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

/** Questions answered at once, and how many wait; one that waits last is answered within about half a second. */
const LIMITS = { running: 4, waiting: 32 }

/** Others than this machine need a key, or leave that has been given to all. */
function checkHost({ host, public: isPublic }: Config, hasKeys: boolean): void {
  if (isPublic || hasKeys || isLoopbackHost(host)) return
  throw new ThukyError(
    'configuration',
    `${host} can be reached by other machines; make a key with thuky keys add NAME, set THUKY_PUBLIC=true to let everyone read, or listen on 127.0.0.1.`,
    { host },
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
