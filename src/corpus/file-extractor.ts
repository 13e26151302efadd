// In: bytes of a PDF, DOCX or HTML file. Out: its text and layout, read in a thread that is ended when a file takes too much time
// or memory, and started again for the next one.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { messageOf, ThukyError } from '../errors.ts'
import type { BinaryFormat, ExtractionReply, ExtractionRequest } from './extraction-protocol.ts'
import type { LoadedFile } from './loaded-file.ts'

/** Bounds for one file. */
export interface ExtractionLimits {
  /** Milliseconds. Default 60,000; a report of 300 pages takes two or three seconds. */
  readonly timeoutMs: number
  /** Megabytes this process may grow by meanwhile. Default 1,500. */
  readonly memoryMb: number
}

/** How often memory is looked at, in milliseconds: a decompression bomb fills a few hundred megabytes between two looks. */
const WATCH_MS = 50
const MEGABYTE = 1024 * 1024

/** A thread and what it is asked. */
class ExtractionThread {
  readonly #worker = new Worker(workerFile(), {
    resourceLimits: { maxOldGenerationSizeMb: 1024, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  })
  #settle: { resolve: (reply: ExtractionReply) => void; reject: (error: unknown) => void } | undefined

  constructor() {
    this.#worker.on('message', (reply: ExtractionReply) => this.#settle?.resolve(reply))
    this.#worker.on('error', (error) => this.#settle?.reject(error))
    this.#worker.on('exit', () => this.#settle?.reject(new Error('it ends the program that reads it')))
  }

  ask(request: ExtractionRequest): Promise<ExtractionReply> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#worker.postMessage(request)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** Opens files made by other programs, one after another. */
export class FileExtractor {
  readonly #limits: ExtractionLimits
  #thread: ExtractionThread | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(limits: Partial<ExtractionLimits> = {}) {
    this.#limits = { timeoutMs: 60_000, memoryMb: 1500, ...limits }
  }

  /** Reads a file. @throws ThukyError `corpus` with a reason for its owner */
  extract(format: BinaryFormat, bytes: Uint8Array): Promise<LoadedFile> {
    const done = this.#queue.then(() => this.#extract({ format, bytes }))
    this.#queue = done.catch(() => {})
    return done
  }

  /** Ends the thread; the next file starts another. */
  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    await thread?.end()
  }

  async #extract(request: ExtractionRequest): Promise<LoadedFile> {
    this.#thread ??= new ExtractionThread()
    try {
      const { file, reason } = await withinLimits(this.#thread.ask(request), this.#limits)
      if (file === undefined) throw new ThukyError('corpus', reason)
      return file
    } catch (error) {
      if (error instanceof ThukyError && error.facts['limit'] === undefined) throw error
      await this.close()
      throw new ThukyError('corpus', reasonOf(error, request.format))
    }
  }
}

/** Gives up waiting when the work takes more than the limits allow; who does the work has to be ended then. */
async function withinLimits<T>(work: Promise<T>, { timeoutMs, memoryMb }: ExtractionLimits): Promise<T> {
  const before = process.memoryUsage.rss()
  let timers: NodeJS.Timeout[] = []
  const exceeded = new Promise<never>((_, reject) => {
    const refuse = (reason: string, limit: string) => reject(new ThukyError('corpus', reason, { limit }))
    const watch = () => {
      const grownMb = (process.memoryUsage.rss() - before) / MEGABYTE
      if (grownMb > memoryMb)
        refuse(`it takes more than ${memoryMb} MB of memory to read, as a decompression bomb does; remove it`, 'memory')
    }
    const giveUp = () => refuse(`it takes longer than ${timeoutMs / 1000} s to read; simplify or split it`, 'time')
    timers = [setInterval(watch, WATCH_MS), setTimeout(giveUp, timeoutMs)]
  })
  try {
    return await Promise.race([work, exceeded])
  } finally {
    for (const timer of timers) clearTimeout(timer)
  }
}

function reasonOf(error: unknown, format: BinaryFormat): string {
  if (error instanceof ThukyError) return error.message
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (isMemory) return 'it takes more memory to read than a document should; simplify or split it'
  return `it is no readable ${format} file (${messageOf(error).split('\n')[0]}); open it in the program it was made with and save it again`
}

/** The compiled thread: beside this file when that is compiled, else in the build. */
function workerFile(): string {
  const beside = fileURLToPath(new URL('./extraction-worker.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/corpus/extraction-worker.js', import.meta.url))
}
