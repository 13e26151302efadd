// In: models to load. Out: the child process that computes with them, its results as they come, and why it cannot be used. Must not
// decide what it computes next, nor whether another one is started.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ThukyError } from '../errors.ts'
import type { EmbeddingProfile } from './embedding-profile.ts'
import type { FromChild, ToChild } from './embedding-protocol.ts'
import type { ReaderProfile } from './reader-profile.ts'

/** What a process loads. */
export interface ModelsToLoad {
  readonly profile: EmbeddingProfile
  readonly allowDownload: boolean
  /** The reader to load beside the embedding model. Default none. */
  readonly reader?: ReaderProfile | undefined
}

/** What a process tells. */
export interface ModelProcessEvents {
  readonly onReady: () => void
  readonly onResult: (message: Extract<FromChild, { id: number }>) => void
  readonly onExit: () => void
}

/** Nearly all of the child's memory is the models'; a small young generation costs it no time. Measured: 20 MB less. */
const LEAN_HEAP = ['--max-semi-space-size=1']
/** What loading the models takes for a while goes back to the system (glibc only). Measured: 20 MB less, no slower. */
const LEAN_ALLOCATOR = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

/** A child process with its models. */
export class ModelProcess {
  readonly #child: ChildProcess
  /** Settles when the models are loaded. Rejects with ThukyError `model` when they cannot be, `unavailable` when the process cannot run. */
  readonly ready: Promise<{ dimension: number; loadMs: number }>

  constructor({ profile, allowDownload, reader }: ModelsToLoad, { onReady, onResult, onExit }: ModelProcessEvents) {
    const child = fork(childScript(), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: LEAN_HEAP,
      env: { ...LEAN_ALLOCATOR, ...process.env },
    })
    this.#child = child
    this.ready = new Promise((resolve, reject) => {
      child.on('message', (message: FromChild) => {
        if (message.type === 'ready') {
          onReady()
          resolve(message)
        } else if (message.type === 'unusable') reject(unusableError(profile.model, message.message))
        else onResult(message)
      })
      child.on('error', (cause) => reject(unstartedError(cause)))
      child.once('exit', (code, signal) => {
        reject(endedError(signal ?? code))
        onExit()
      })
    })
    this.send({ type: 'load', profile, allowDownload, reader })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** A message that cannot be delivered any more is lost: the process has ended then, which is told. */
  send(message: ToChild): void {
    this.#child.send(message, () => {})
  }

  /** Ends the process; does not wait. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Ends the process and waits until it is gone. */
  async end(): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    this.kill()
    await ended
  }
}

function unstartedError(cause: Error): ThukyError {
  const advice = `The embedding process cannot be started (${cause.message}); free some memory, then ask again.`
  return new ThukyError('unavailable', advice, {}, { cause })
}

function endedError(how: string | number | null): ThukyError {
  return new ThukyError(
    'unavailable',
    `The embedding process ended while it started (${how}); ask again, and run thuky doctor if it stays so.`,
  )
}

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
