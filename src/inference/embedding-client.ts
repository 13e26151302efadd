// In: texts, or a question and passages. Out: their vectors, or what the reader says of them, computed by a child process that is
// started on first use, restarted after a crash, and given questions before bulk work. Must not compute anything itself: this
// process has requests to serve.
import { ThukyError } from '../errors.ts'
import type { EmbeddingProfile } from './embedding-profile.ts'
import type { FromChild, TextKind, ToChild } from './embedding-protocol.ts'
import { ModelProcess } from './model-process.ts'
import { allOf, portionsOf } from './portions.ts'
import type { ReaderProfile } from './reader-profile.ts'
import type { WindowReading } from './window-reading.ts'

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
  /** The reader to load beside the embedding model. Default none. */
  readonly reader?: ReaderProfile | undefined
  /** Texts sent to the child at once; a question waits at most for one such portion. Default 16. */
  readonly portion?: number
  /** How often a request is given to a new child after the old one died under it. Default 2. */
  readonly retries?: number
  /** How long one portion may take before its child is ended and another one tried, in milliseconds. Default 60,000. */
  readonly portionTimeoutMs?: number
}

/** What waits for the child, most urgent first. */
const LANES = ['query', 'read', 'passage'] as const
type Lane = (typeof LANES)[number]
type Work = Omit<Extract<ToChild, { type: 'embed' }>, 'id'> | Omit<Extract<ToChild, { type: 'read' }>, 'id'>
type Result = Extract<FromChild, { type: 'embedded' | 'read' }>

interface Job {
  readonly id: number
  readonly lane: Lane
  readonly work: Work
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
  attempts: number
}

/** Under questions without end passages that wait get every so-manieth turn: what is sent in is indexed all the same. */
const PATIENCE = 12

/** Windows sent to the child at once. */
const READ_PORTION = 4

/** The embedding process, seen from the process that serves. */
export class EmbeddingClient {
  readonly #options: EmbeddingClientOptions & { readonly portion: number; readonly retries: number }
  readonly #waiting: Record<Lane, Job[]> = { query: [], read: [], passage: [] }
  #running: Job | undefined
  /** Turns others had while passages waited. */
  #passedOver = 0
  #child: ModelProcess | undefined
  #nextId = 1
  #closed = false
  #loaded = false
  #watchdog: NodeJS.Timeout | undefined
  #restarts = 0

  constructor(options: EmbeddingClientOptions) {
    this.#options = { portion: 16, retries: 2, portionTimeoutMs: 60_000, ...options }
  }

  /** How often a child died and another was started. */
  get restarts(): number {
    return this.#restarts
  }

  /** Whether there is a child that has loaded the model. */
  get isLoaded(): boolean {
    return this.#loaded
  }

  /** Id of the child process while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /**
   * Starts the child and loads the model, unless that has been done.
   * @throws ThukyError `model` when the model cannot be loaded
   */
  async start(): Promise<{ dimension: number; loadMs: number }> {
    if (this.#closed) throw closedError()
    this.#child ??= this.#spawn()
    return this.#child.ready
  }

  /** Starts the child and loads the reader too, which is loaded when it is first needed otherwise. @throws as `start` and `read` */
  async warm(): Promise<void> {
    await this.start()
    if (this.#options.reader !== undefined) await this.read('', [['']])
  }

  /**
   * Embeds texts; questions overtake waiting passages.
   * @throws ThukyError `model` when the model cannot be loaded, `unavailable` when the child dies again and again or is closed
   */
  async embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    const parts = portionsOf(texts, this.#options.portion).map(async (part) => {
      const { vectors, tokenizeMs, inferMs } = await this.#embedded(kind, part)
      return { vectors, dimension: dimensionOf(vectors, part.length), tokenizeMs, inferMs }
    })
    return joined(await allOf(parts))
  }

  /**
   * Reads windows of passages, each a list of neighbouring sentences; questions to embed overtake it.
   * @throws ThukyError as `embed`, and `model` when no reader was asked for; the signal's reason once it is aborted
   */
  async read(question: string, windows: readonly (readonly string[])[], signal?: AbortSignal): Promise<WindowReading[]> {
    const parts = portionsOf(windows, READ_PORTION).map(async (part) => {
      const result = await this.#enqueue('read', { type: 'read', question, windows: part }, signal)
      return result.type === 'read' ? result.readings : []
    })
    return (await allOf(parts)).flat()
  }

  async #embedded(kind: TextKind, texts: readonly string[]): Promise<Extract<Result, { type: 'embedded' }>> {
    const result = await this.#enqueue(kind, { type: 'embed', kind, texts })
    if (result.type !== 'embedded') throw new ThukyError('model', 'The model answered something else than was asked; restart the server.')
    return result
  }

  /** Ends the child; waiting requests fail as `unavailable`. */
  async close(): Promise<void> {
    this.#closed = true
    for (const lane of LANES) for (const job of this.#waiting[lane].splice(0)) job.reject(closedError())
    await this.#child?.end()
  }

  #enqueue(lane: Lane, work: Work, signal?: AbortSignal): Promise<Result> {
    if (this.#closed) return Promise.reject(closedError())
    if (signal?.aborted) return Promise.reject(signal.reason)
    return new Promise((resolve, reject) => {
      const job: Job = { id: this.#nextId++, lane, work, resolve, reject, attempts: 0 }
      this.#waiting[lane].push(job)
      signal?.addEventListener('abort', () => this.#abandon(job, signal.reason), { once: true })
      this.#next()
    })
  }

  /** Nobody waits for a job any more: it is not begun; one that runs is finished and forgotten. */
  #abandon(job: Job, reason: Error): void {
    this.#waiting[job.lane] = this.#waiting[job.lane].filter((other) => other !== job)
    job.reject(reason)
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return
    const job = this.#taken()
    if (job === undefined) return
    this.#running = job
    if (this.#loaded) {
      this.#send(job)
      return
    }
    const attempt = job.attempts
    this.start().then(
      () => this.#send(job),
      (error: Error) => {
        if (job.attempts === attempt) this.#settle(job, () => job.reject(error))
      },
    )
  }

  #send({ id, work }: Job): void {
    this.#watchdog = setTimeout(() => this.#child?.kill(), this.#options.portionTimeoutMs).unref()
    this.#child?.send({ ...work, id })
  }

  /** The next job, no longer waiting. */
  #taken(): Job | undefined {
    const { passage } = this.#waiting
    const isTheirTurn = passage.length > 0 && this.#passedOver >= PATIENCE
    const job = (isTheirTurn ? passage : LANES.map((lane) => this.#waiting[lane]).find((jobs) => jobs.length > 0))?.shift()
    this.#passedOver = job === undefined || job.lane === 'passage' || passage.length === 0 ? 0 : this.#passedOver + 1
    return job
  }

  #settle(job: Job, settle: () => void): void {
    if (this.#running === job) {
      this.#running = undefined
      clearTimeout(this.#watchdog)
    }
    settle()
    this.#next()
  }

  #spawn(): ModelProcess {
    const child = new ModelProcess(this.#options, {
      onReady: () => {
        this.#loaded = this.#child === child
      },
      onResult: (message) => this.#receive(message),
      onExit: () => this.#childEnded(child),
    })
    child.ready.catch(() => {
      if (this.#child === child) this.#child = undefined
      child.kill()
    })
    return child
  }

  #receive(message: Extract<FromChild, { id: number }>): void {
    const job = this.#running
    if (job === undefined || job.id !== message.id) return
    if (message.type === 'failed') {
      const error = new ThukyError('model', failureOf(job.work, message.message))
      this.#settle(job, () => job.reject(error))
      return
    }
    if (!isSound(message, job.work)) {
      const error = new ThukyError(
        'model',
        'The model returned values that are no numbers; restore the model folder, then run thuky doctor.',
      )
      this.#settle(job, () => job.reject(error))
      return
    }
    this.#settle(job, () => job.resolve(message))
  }

  /** A dead child's request goes to a new child, in front of the others; without one a new child is ready for the next. */
  #childEnded(child: ModelProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#loaded = false
    clearTimeout(this.#watchdog)
    const job = this.#running
    this.#running = undefined
    if (this.#closed) {
      job?.reject(closedError())
      return
    }
    this.#restarts++
    if (job === undefined) {
      this.start().catch(() => {})
      return
    }
    job.attempts++
    if (job.attempts <= this.#options.retries) this.#waiting[job.lane].unshift(job)
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

const failureOf = ({ type }: Work, cause: string) =>
  type === 'embed'
    ? `The text could not be embedded (${cause}); run thuky doctor.`
    : `The passages could not be read (${cause}); restore the reader or set THUKY_READER=off.`

const closedError = () => new ThukyError('unavailable', 'The embedding process is being shut down; ask again after the restart.')

/** Whether a result has the shape that was asked for and is made of numbers. */
function isSound(result: Result, work: Work): boolean {
  if (result.type === 'read') return work.type === 'read' && result.readings.every(({ answerable }) => Number.isFinite(answerable))
  return work.type === 'embed' && Number.isInteger(dimensionOf(result.vectors, work.texts.length)) && result.vectors.every(Number.isFinite)
}

const dimensionOf = (vectors: Float32Array, texts: number) => vectors.length / texts

/** The vectors of several lists of texts, as those of one. */
export function joined(parts: readonly EmbeddedTexts[]): EmbeddedTexts {
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
