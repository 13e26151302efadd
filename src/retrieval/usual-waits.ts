// In: something that is waited for again and again. Out: waits whose likely end is spent awake. A process that sleeps has to be woken
// when its message comes, and where idle processors sleep deeply that takes as long as half of what is done then.
import { availableParallelism } from 'node:os'
import { median } from 'simple-statistics'

/** Waits the usual time is taken from. */
const REMEMBERED = 15
/** Share of the usual time that may be slept through. */
const SLEPT = 0.75
/** Longest that is spent awake, in milliseconds. */
const AWAKE_MS = 2

/** Waits for results of one kind. */
export class UsualWaits {
  readonly #took: number[] = []
  #waiting = 0

  /** @param processors where there is one only, staying awake would keep whoever is waited for from working. Default: those there are */
  constructor(private readonly processors: number = availableParallelism()) {}

  /**
   * Begins to wait.
   * @param begunAt when what is waited for was begun, as `performance.now()` says it
   * @returns called when nothing is left to do: stays awake at the usual time, unless others wait too, with whom there is enough to do
   */
  begin(awaited: Promise<unknown>, begunAt: number): () => void {
    this.#waiting++
    let isOver = false
    const over = () => {
      isOver = true
      this.#waiting--
      if (this.#took.push(performance.now() - begunAt) > REMEMBERED) this.#took.shift()
    }
    awaited.then(over, over)
    return () => {
      if (this.processors < 2 || this.#took.length === 0) return
      const from = begunAt + SLEPT * median(this.#took)
      const look = () => {
        if (!isOver && this.#waiting === 1 && performance.now() < from + AWAKE_MS) setImmediate(look)
      }
      const asleep = Math.floor(from - performance.now())
      if (asleep > 0) setTimeout(look, asleep).unref()
      else look()
    }
  }
}
