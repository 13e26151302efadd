// In: nothing (types). Out: what every command is given.
import type { Config } from '../config.ts'

/** What every command is given. */
export interface CommandContext {
  readonly config: Config
  readonly version: string
  /** Whether to show timings and stacks. */
  readonly verbose: boolean
  /** `performance.now()` when the program began. */
  readonly startedAt: number
}
