// In: this process and those it started. Out: the most memory each has had. Linux tells of the others, elsewhere only this one counts.
import { existsSync, readFileSync } from 'node:fs'

const MIB = 1024 * 1024

/** Watches memory. */
export class PeakMemory {
  readonly #children = new Map<number, number>()

  /** Looks at the processes started by this one. */
  look(): void {
    const path = `/proc/self/task/${process.pid}/children`
    if (!existsSync(path)) return
    for (const pid of readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number)) {
      const peak = peakOf(pid)
      if (peak !== undefined) this.#children.set(pid, peak)
    }
  }

  /** In words. */
  text(): string {
    const own = process.resourceUsage().maxRSS * 1024
    const largest = Math.max(0, ...this.#children.values())
    return `peak memory: this process ${(own / MIB).toFixed(0)} MiB, the model's ${(largest / MIB).toFixed(0)} MiB, together at most ${((own + largest) / MIB).toFixed(0)} MiB`
  }
}

function peakOf(pid: number): number | undefined {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}
