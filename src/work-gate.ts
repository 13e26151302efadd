// In: work to do. Out: its result; only so much runs at once, some waits, the rest is refused at once, so that a server that has
// too much to do answers some in time instead of all too late.
import { ThukyError } from './errors.ts'

/** How much is let in. */
export interface WorkLimits {
  /** Runs at once, at least 1. Default without limit. */
  readonly running?: number
  /** Waits for a place. Default without limit. */
  readonly waiting?: number
}

/** A door with a queue. */
export class WorkGate {
  readonly #running: number
  readonly #waiting: number
  readonly #queue: (() => void)[] = []
  #count = 0

  constructor({ running = Number.POSITIVE_INFINITY, waiting = Number.POSITIVE_INFINITY }: WorkLimits = {}) {
    this.#running = running
    this.#waiting = waiting
  }

  /** What runs now. */
  get running(): number {
    return this.#count
  }

  /** What waits now. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Whether the next one would be refused. */
  get isFull(): boolean {
    return this.#count >= this.#running && this.#queue.length >= this.#waiting
  }

  /** Does the work when its turn comes. @throws ThukyError `unavailable` when too much waits; the signal's reason when it ends the wait */
  async through<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.isFull) throw new ThukyError('unavailable', 'Too many questions wait to be answered; try again in a second.')
    if (this.#count >= this.#running) await this.#turn(signal)
    else this.#count++
    try {
      return await work()
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#count--
      else next()
    }
  }

  /** Waits; whoever leaves hands its place on. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        const place = this.#queue.indexOf(go)
        if (place >= 0) this.#queue.splice(place, 1)
        reject(signal?.reason)
      }
      this.#queue.push(go)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }
}
