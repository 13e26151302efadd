// In: progress and notes of the assistant. Out: a progress bar and lines on stderr; colours and bars only on a terminal.
import { Presets, SingleBar } from 'cli-progress'
import picocolors from 'picocolors'
import type { AssistantEvents } from '../assistant-options.ts'
import type { Config } from '../config.ts'
import { translation } from './message-catalogue.ts'

/** Tells how far something is. */
export type Progress = (what: string, done: number, total: number) => void

/**
 * A bar on stderr, where that is a terminal.
 * @param tellEveryMs elsewhere a line as often as this; none by default
 */
export function terminalProgress(tellEveryMs = Number.POSITIVE_INFINITY): Progress {
  if (!process.stderr.isTTY) return toldProgress(tellEveryMs)
  const bar = new SingleBar(
    { format: '{phase} {bar} {value}/{total} · {eta_formatted}', hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  )
  let phase: string | undefined
  return (now, done, total) => {
    if (phase !== now) {
      if (phase !== undefined) bar.stop()
      bar.start(total, done, { phase: now })
      phase = now
    }
    bar.update(done)
    if (done >= total) {
      bar.stop()
      phase = undefined
    }
  }
}

function toldProgress(everyMs: number): Progress {
  let toldAt = Date.now()
  return (what, done, total) => {
    if (Date.now() - toldAt < everyMs) return
    toldAt = Date.now()
    process.stderr.write(`${what}: ${done}/${total}\n`)
  }
}

/** Notes and progress on stderr, so that stdout holds the result alone. */
export function terminalEvents(language: Config['language']): AssistantEvents {
  const translate = translation(language)
  const progress = terminalProgress()
  return {
    onNote: (line) => process.stderr.write(`${translate(line)}\n`),
    onProgress: ({ phase, done, total }) => progress(translate(phase), done, total),
  }
}

/** Colours for stdout; plain text when it is no terminal or the environment forbids them. */
export const pc = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true)
