// In: progress and notes of the assistant. Out: a progress bar and lines on stderr; colours and bars only on a terminal.
import { Presets, SingleBar } from 'cli-progress'
import picocolors from 'picocolors'
import type { AssistantEvents } from '../assistant.ts'

/** Notes and progress on stderr, so that stdout holds the result alone. */
export function terminalEvents(): AssistantEvents {
  const bar = process.stderr.isTTY
    ? new SingleBar(
        { format: '{phase} {bar} {value}/{total} · {eta_formatted}', hideCursor: true, stream: process.stderr },
        Presets.shades_classic,
      )
    : undefined
  let phase: string | undefined
  return {
    onNote: (line) => process.stderr.write(`${line}\n`),
    onProgress: ({ phase: now, done, total }) => {
      if (bar === undefined) return
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
    },
  }
}

/** Colours for stdout; plain text when it is no terminal or the environment forbids them. */
export const pc = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true)
