// In: texts. Out: their vectors, computed by a child process that is started on first use, restarted after a crash, and given
// questions before bulk work. Must not compute anything itself: this process has requests to serve.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ThukyError } from '../errors.ts'
import type { EmbeddingProfile } from './embedding-profile.ts'
import type { FromChild, TextKind, ToChild } from './embedding-protocol.ts'

/** Vectors of a list of texts. */
export interface EmbeddedTexts {
  /** Row-major, n × dimension, each row L2-normalised. */
  readonly vectors: Float32Array
  readonly dimension: number
  /** Milliseconds spent in the tokeniser and in the model. */
  readonly tokenizeMs: number
  readonly inferMs: number
}

/** Settings of the client. */
export interface EmbeddingClientOptions {
  readonly profile: EmbeddingProfile
  readonly allowDownload: boolean
  /** Texts sent to the child at once; a question waits at most for one such portion. Default 16. */
  readonly portion?: number
  /** How often a request is given to a new child after the old one died under it. Default 2. */
  readonly retries?: number
}

interface Job {
  readonly id: number
  readonly kind: TextKind
  readonly texts: readonly string[]
  readonly resolve: (result: EmbeddedTexts) => void
  readonly reject: (error: Error) => void
  attempts: number
}

interface Child {
  readonly process: ChildProcess
  readonly ready: Promise<{ dimension: number; loadMs: number }>
}

/** The embedding process, seen from the process that serves. */
export class EmbeddingClient {
  readonly #options: Required<EmbeddingClientOptions>
  readonly #waiting: { query: Job[]; passage: Job[] } = { query: [], passage: [] }
  #running: Job | undefined
  #child: Child | undefined
  #nextId = 1
  #closed = false
  #restarts = 0

  constructor(options: EmbeddingClientOptions) {
    this.#options = { portion: 16, retries: 2, ...options }
  }

  /** How often a child died and another was started. */
  get restarts(): number {
    return this.#restarts
  }

  /** Id of the child process while there is one. */
  get pid(): number | undefined {
    return this.#child?.process.pid
  }

  /**
   * Starts the child and loads the model, unless that has been done.
   * @throws ThukyError `model` when the model cannot be loaded
   */
  async start(): Promise<{ dimension: number; loadMs: number }> {
    if (this.#closed) throw closedError()
    if (this.#closed) throw closedError()
    this.#child ??= this.#spawn()
    return this.#child.ready
  }

  /**
   * Embeds texts; questions overtake waiting passages.
   * @throws ThukyError `model` when the model cannot be loaded, `unavailable` when the child dies again and again or is closed
   */
  async embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    const portions: Promise<EmbeddedTexts>[] = []
    for (let at = 0; at < texts.length; at += this.#options.portion) {
      portions.push(this.#enqueue(kind, texts.slice(at, at + this.#options.portion)))
    }
    const results = await Promise.allSettled(portions)
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return joined(results.map((result) => (result as PromiseFulfilledResult<EmbeddedTexts>).value))
  }

  /** Ends the child; waiting requests fail as `unavailable`. */
  async close(): Promise<void> {
    this.#closed = true
    const waiting = [...this.#waiting.query.splice(0), ...this.#waiting.passage.splice(0)]
    for (const job of waiting) job.reject(closedError())
    const child = this.#child?.process
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await ended
  }

  #enqueue(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    if (this.#closed) return Promise.reject(closedError())
    return new Promise((resolve, reject) => {
      this.#waiting[kind].push({ id: this.#nextId++, kind, texts, resolve, reject, attempts: 0 })
      this.#next()
    })
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return
    const job = this.#waiting.query.shift() ?? this.#waiting.passage.shift()
    if (job === undefined) return
    this.#running = job
    const attempt = job.attempts
    this.start().then(
      () => this.#child?.process.send({ type: 'embed', id: job.id, kind: job.kind, texts: job.texts } satisfies ToChild, () => {}),
      (error: Error) => {
        if (job.attempts === attempt) this.#settle(job, () => job.reject(error))
      },
    )
  }

  #settle(job: Job, settle: () => void): void {
    if (this.#running === job) this.#running = undefined
    settle()
    this.#next()
  }

  #spawn(): Child {
    const child = fork(childScript(), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
    const ready = new Promise<{ dimension: number; loadMs: number }>((resolve, reject) => {
      child.on('message', (message: FromChild) => {
        if (message.type === 'ready') resolve(message)
        else if (message.type === 'unusable') reject(unusableError(this.#options.profile.model, message.message))
        else this.#receive(message)
      })
      child.on('error', (cause) => {
        reject(
          new ThukyError(
            'unavailable',
            `The embedding process cannot be started (${cause.message}); free some memory, then ask again.`,
            {},
            { cause },
          ),
        )
      })
      child.once('exit', (code, signal) => {
        reject(
          new ThukyError(
            'unavailable',
            `The embedding process ended while it started (${signal ?? code}); ask again, and run thuky doctor if it stays so.`,
          ),
        )
        this.#childEnded(child)
      })
    })
    ready.catch(() => {
      if (this.#child?.process === child) this.#child = undefined
      child.kill('SIGKILL')
    })
    child.send({ type: 'load', profile: this.#options.profile, allowDownload: this.#options.allowDownload } satisfies ToChild)
    return { process: child, ready }
  }

  #receive(message: Extract<FromChild, { id: number }>): void {
    const job = this.#running
    if (job === undefined || job.id !== message.id) return
    if (message.type === 'failed') {
      const error = new ThukyError('model', `The text could not be embedded (${message.message}); run thuky doctor.`)
      this.#settle(job, () => job.reject(error))
      return
    }
    const dimension = message.vectors.length / job.texts.length
    if (!Number.isInteger(dimension) || !message.vectors.every(Number.isFinite)) {
      const error = new ThukyError(
        'model',
        'The model returned vectors that are no numbers; restore the model folder, then run thuky doctor.',
      )
      this.#settle(job, () => job.reject(error))
      return
    }
    this.#settle(job, () => job.resolve({ ...message, dimension }))
  }

  /** A dead child's request goes to a new child, in front of the others. */
  #childEnded(child: ChildProcess): void {
    if (this.#child?.process !== child) return
    this.#child = undefined
    const job = this.#running
    this.#running = undefined
    if (this.#closed) {
      job?.reject(closedError())
      return
    }
    this.#restarts++
    if (job === undefined) return
    job.attempts++
    if (job.attempts <= this.#options.retries) this.#waiting[job.kind].unshift(job)
    else
      job.reject(
        new ThukyError(
          'unavailable',
          'The embedding process died several times on one request; ask again, and run thuky doctor if it stays so.',
        ),
      )
    this.#next()
  }
}

const closedError = () => new ThukyError('unavailable', 'The embedding process is being shut down; ask again after the restart.')

function unusableError(model: string, cause: string): ThukyError {
  return new ThukyError(
    'model',
    `The embedding model in ${model} cannot be loaded (${cause.split('\n')[0]}); restore it or correct THUKY_MODEL.`,
    { model },
  )
}

/** The compiled child; from the sources (tests) the one in `dist`. */
function childScript(): string {
  const beside = fileURLToPath(new URL('./embedding-process.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/inference/embedding-process.js', import.meta.url))
}

function joined(parts: readonly EmbeddedTexts[]): EmbeddedTexts {
  const dimension = parts[0]?.dimension ?? 0
  const vectors = new Float32Array(parts.reduce((length, part) => length + part.vectors.length, 0))
  let at = 0
  for (const part of parts) {
    vectors.set(part.vectors, at)
    at += part.vectors.length
  }
  const sum = (of: (part: EmbeddedTexts) => number) => parts.reduce((total, part) => total + of(part), 0)
  return { vectors, dimension, tokenizeMs: sum((part) => part.tokenizeMs), inferMs: sum((part) => part.inferMs) }
}
