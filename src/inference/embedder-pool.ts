// In: texts. Out: their vectors, from the process that also answers questions and, while much waits, from further ones beside it.
// Questions go to the first process only; the others are there for bulk work and end when it is done.
import { type EmbeddedTexts, type EmbeddingClient, joined } from './embedding-client.ts'
import type { TextKind } from './embedding-protocol.ts'
import { allOf, portionsOf } from './portions.ts'

/** Anything that embeds texts. */
export type TextEmbedder = Pick<EmbeddingClient, 'embed'>

/** Settings of the pool. */
export interface EmbedderPoolOptions {
  /** Answers questions and takes its share of the bulk; its owner closes it. */
  readonly first: TextEmbedder
  /** Makes a further process; it may start when it is first used. */
  readonly further: () => Pick<EmbeddingClient, 'embed' | 'close'>
  /** Most processes at once, the first included; at least 1. */
  readonly size: number
  /** Texts given to a process at once; a question waits at most for one such portion. Default 16. */
  readonly portion?: number
  /** Portions that have to wait before a further process is started: to load the model takes as long as some. Default 8. */
  readonly helpFrom?: number
  /** How long a further process is kept without work, in milliseconds. Default 5,000. */
  readonly idleMs?: number
}

interface Job {
  readonly texts: readonly string[]
  readonly resolve: (embedded: EmbeddedTexts) => void
  readonly reject: (error: unknown) => void
}

interface Worker {
  readonly embedder: TextEmbedder
  readonly close?: () => Promise<void>
  busy: boolean
  idle?: NodeJS.Timeout
}

/** Model processes that share bulk work. */
export class EmbedderPool implements TextEmbedder {
  readonly #options: Required<EmbedderPoolOptions>
  readonly #waiting: Job[] = []
  #workers: Worker[]
  #closed = false

  constructor(options: EmbedderPoolOptions) {
    this.#options = { portion: 16, helpFrom: 8, idleMs: 5000, ...options }
    this.#workers = [{ embedder: options.first, busy: false }]
  }

  /** Processes that are there now. */
  get size(): number {
    return this.#workers.length
  }

  /** Vectors in the order of the texts. @throws ThukyError as `EmbeddingClient.embed` */
  async embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    const { first, portion } = this.#options
    if (kind === 'query') return first.embed(kind, texts)
    const parts = portionsOf(texts, portion).map((part) => this.#enqueued(part))
    return joined(await allOf(parts))
  }

  /** Ends the further processes; the first is its owner's. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#workers.map((worker) => this.#end(worker)))
  }

  #enqueued(texts: readonly string[]): Promise<EmbeddedTexts> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ texts, resolve, reject })
      this.#hand()
    })
  }

  /** Gives what waits to who is free, the first one before the others. */
  #hand(): void {
    const { size, helpFrom, further } = this.#options
    for (const worker of this.#workers) if (!worker.busy) void this.#work(worker)
    if (this.#closed || this.#workers.length >= size || this.#waiting.length < helpFrom) return
    const helper = further()
    this.#workers.push({ embedder: helper, close: () => helper.close(), busy: false })
    this.#hand()
  }

  async #work(worker: Worker): Promise<void> {
    clearTimeout(worker.idle)
    worker.busy = true
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) {
      await worker.embedder.embed('passage', job.texts).then(job.resolve, job.reject)
    }
    worker.busy = false
    if (worker.close !== undefined) worker.idle = setTimeout(() => void this.#end(worker), this.#options.idleMs).unref()
  }

  async #end(worker: Worker): Promise<void> {
    clearTimeout(worker.idle)
    if (worker.close === undefined) return
    this.#workers = this.#workers.filter((other) => other !== worker)
    await worker.close()
  }
}
