// In: a configuration. Out: a listening server that loads model and index while it already answers probes, and stops gracefully.
import type { Server } from 'node:http'
import { serve as listen } from '@hono/node-server'
import { destination, type Logger, pino } from 'pino'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { Config } from '../config.ts'
import { messageOf, ThukyError } from '../errors.ts'
import { createApp } from './app.ts'

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

/**
 * Starts the server.
 * @throws ThukyError `configuration` when the address cannot be listened on
 */
export async function startServer(config: Config, version: string): Promise<RunningServer> {
  const logger: Logger = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }))
  const assistant = createAssistant(config, { onNote: (line) => logger.info(line) })
  const app = createApp({ assistant, logger, version })
  const { server, port } = await listening(config, (options, onListening) => listen({ ...options, fetch: app.fetch }, onListening) as Server)
  const ready = assistant.open().then(
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
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    await closed
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
