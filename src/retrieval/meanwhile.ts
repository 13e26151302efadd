// In: something that is waited for, and work in small steps. Out: as many steps taken as there was time for. Others get their turns
// between the steps: what is waited for can only come then.
import { setImmediate as othersFirst } from 'node:timers/promises'

/** Longest that steps are taken without looking whether what is waited for has come, in milliseconds. */
const STRETCH_MS = 0.1

/** Takes steps until something that is waited for has come, or all are taken. */
export async function takenUntil(awaited: Promise<unknown>, steps: Iterable<void>): Promise<void> {
  let hasCome = false
  const come = () => {
    hasCome = true
  }
  awaited.then(come, come)
  let until = performance.now() + STRETCH_MS
  for (const _ of steps) {
    if (performance.now() < until) continue
    await othersFirst()
    if (hasCome) return
    until = performance.now() + STRETCH_MS
  }
}
