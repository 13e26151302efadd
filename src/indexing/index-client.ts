// In: tasks (bring the index up to date, look at a file). Out: their results, from a process that is started when it is needed
// and ended when it is idle. Its death costs one retry or one refusal, never the server.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { messageOf, ThukyError } from '../errors.ts'
import type { FromIndexProcess, IndexPlace, IndexTask, PutOutcome, ToIndexProcess } from './index-protocol.ts'
import type { IndexReport } from './index-writer.ts'
import type { IndexProgress } from './segment-writer.ts'

/** What the index process needs of the server, and what it tells. */
export interface IndexClientOptions {
  readonly place: IndexPlace
  readonly embed: (texts: readonly string[]) => Promise<Float32Array>
  readonly dimension: () => Promise<number>
  readonly onNote?: (line: string) => void
  readonly onProgress?: (progress: IndexProgress) => void
  /** How long a file may take to be looked at, in milliseconds. Default 30,000. */
  readonly checkTimeoutMs?: number
  /** How long an idle process is kept, in milliseconds. Default 60,000. */
  readonly idleMs?: number
}

type Done = Extract<FromIndexProcess, { type: 'done' }>

interface Job {
  readonly id: number
  readonly task: IndexTask
  readonly resolve: (done: Done) => void
  readonly reject: (error: Error) => void
  attempts: number
}

/** The index process, seen from the server. Tasks run one after the other. */
export class IndexClient {
  readonly #options: IndexClientOptions
  readonly #waiting: Job[] = []
  #running: Job | undefined
  #child: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #nextId = 1
  #closed = false
  #restarts = 0

  constructor(options: IndexClientOptions) {
    this.#options = options
  }

  /** How often the process died at work. */
  get restarts(): number {
    return this.#restarts
  }

  /** Id of the process while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Brings the index up to date; undefined when nothing had to be done. A death is retried once. @throws ThukyError */
  async update(rebuild = false): Promise<IndexReport | undefined> {
    return (await this.#enqueue({ type: 'update', rebuild })).report
  }

  /** Why a file cannot be a document at `path` below the corpus; undefined when it can. */
  async check(file: string, path: string): Promise<string | undefined> {
    return (await this.#enqueue({ type: 'check', file, path })).reason
  }

  /** Keeps a file in the database at `path` below the corpus. A death is retried once. @throws ThukyError */
  async put(file: string, path: string): Promise<PutOutcome> {
    return (await this.#enqueue({ type: 'put', file, path })).outcome ?? 'replaced'
  }

  /** Removes a document from the database; false when there is none. A death is retried once. @throws ThukyError */
  async remove(id: string): Promise<boolean> {
    return (await this.#enqueue({ type: 'remove', id })).found === true
  }

  /** Ends the process; what waits fails as `unavailable`. */
  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.reject(closedError())
    await this.#end()
  }

  #enqueue(task: IndexTask): Promise<Done> {
    if (this.#closed) return Promise.reject(closedError())
    return new Promise((resolve, reject) => {
      const job: Job = { id: this.#nextId++, task, resolve, reject, attempts: 0 }
      const firstUpdate = this.#waiting.findIndex((waiting) => waiting.task.type !== 'check')
      if (task.type === 'check' && firstUpdate >= 0) this.#waiting.splice(firstUpdate, 0, job)
      else this.#waiting.push(job)
      this.#next()
    })
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return
    clearTimeout(this.#timer)
    const job = this.#waiting.shift()
    if (job === undefined) {
      this.#timer = setTimeout(() => void this.#end(), this.#options.idleMs ?? 60_000).unref()
      return
    }
    this.#running = job
    this.#child ??= this.#spawn()
    this.#send({ type: 'task', id: job.id, task: job.task })
    if (job.task.type !== 'check') return
    const timeout = this.#options.checkTimeoutMs ?? 30_000
    this.#timer = setTimeout(() => {
      this.#settle(job, () => job.resolve({ type: 'done', id: job.id, reason: 'it takes too long to read; split or simplify it' }))
    }, timeout)
  }

  /** Ends a job. One that was given up leaves a busy process behind, which is ended with it. */
  #settle(job: Job, settle: () => void, processIsIdle = false): void {
    if (this.#running !== job) return
    clearTimeout(this.#timer)
    this.#running = undefined
    settle()
    if (processIsIdle) this.#next()
    else void this.#end().then(() => this.#next())
  }

  #spawn(): ChildProcess {
    const child = fork(childScript(), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
    child.on('message', (message: FromIndexProcess) => this.#receive(message))
    child.on('error', () => this.#ended(child))
    child.once('exit', () => this.#ended(child))
    child.send({ type: 'place', place: this.#options.place } satisfies ToIndexProcess, () => {})
    return child
  }

  #send(message: ToIndexProcess): void {
    if (this.#child?.connected === true) this.#child.send(message, () => {})
  }

  #receive(message: FromIndexProcess): void {
    const { onNote, onProgress, embed, dimension } = this.#options
    if (message.type === 'note') onNote?.(message.line)
    else if (message.type === 'progress') onProgress?.(message.progress)
    else if (message.type === 'embed') this.#answer(message.id, async () => ({ vectors: await embed(message.texts) }))
    else if (message.type === 'dimension') this.#answer(message.id, async () => ({ dimension: await dimension() }))
    else {
      const job = this.#running
      if (job === undefined || job.id !== message.id) return
      if (message.type === 'done') this.#settle(job, () => job.resolve(message), true)
      else this.#settle(job, () => job.reject(failure(message)), true)
    }
  }

  #answer(id: number, give: () => Promise<{ vectors?: Float32Array; dimension?: number }>): void {
    give().then(
      (answer) => this.#send({ type: 'answer', id, ...answer }),
      (error) => {
        const kind = error instanceof ThukyError ? error.kind : 'unavailable'
        this.#send({ type: 'refused', id, kind, message: messageOf(error) })
      },
    )
  }

  /** A dead process: an update is tried once more, a file that was looked at is refused. */
  #ended(child: ChildProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    const job = this.#running
    if (job === undefined) return
    clearTimeout(this.#timer)
    this.#running = undefined
    this.#restarts++
    job.attempts++
    if (this.#closed) job.reject(closedError())
    else if (job.task.type === 'check')
      job.resolve({ type: 'done', id: job.id, reason: 'it cannot be read safely; save it again or leave it out' })
    else if (job.attempts <= 1) this.#waiting.unshift(job)
    else
      job.reject(
        new ThukyError('unavailable', 'The process that writes the index died twice; try again, and run thuky doctor if it stays so.'),
      )
    this.#next()
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer)
    const child = this.#child
    this.#child = undefined
    this.#running?.reject(closedError())
    this.#running = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await ended
  }
}

const closedError = () => new ThukyError('unavailable', 'The index cannot be written while the server stops; try again after the restart.')

function failure({ kind, message }: Extract<FromIndexProcess, { type: 'failed' }>): Error {
  return kind === undefined ? new Error(message) : new ThukyError(kind, message)
}

/** The compiled process; from the sources (tests) the one in `dist`. */
function childScript(): string {
  const beside = fileURLToPath(new URL('./index-process.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/indexing/index-process.js', import.meta.url))
}
