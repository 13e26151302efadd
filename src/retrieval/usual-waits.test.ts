import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { median } from 'simple-statistics'
import { expect, test } from 'vitest'
import { UsualWaits } from './usual-waits.ts'

const WAIT_MS = 8

/** Milliseconds this process sleeps in a wait of 8 ms, the middle of many once the usual time is known. */
async function slept(waits: UsualWaits, others = 0): Promise<number> {
  const idle: number[] = []
  for (let round = 0; round < 30; round++) {
    const before = performance.eventLoopUtilization()
    const pending = Array.from({ length: 1 + others }, () => delay(WAIT_MS))
    const awake = pending.map((awaited) => waits.begin(awaited, performance.now()))
    for (const stayAwake of awake) stayAwake()
    await Promise.all(pending)
    idle.push(performance.eventLoopUtilization(before).idle)
  }
  return median(idle.slice(10))
}

test('the likely end of a wait is spent awake, but not by one of several, nor where there is a single processor', async () => {
  const alone = await slept(new UsualWaits(2))
  expect(alone).toBeGreaterThan(1)
  expect(alone).toBeLessThan(WAIT_MS - 1.2)
  for (const asleep of [await slept(new UsualWaits(2), 1), await slept(new UsualWaits(1))]) expect(asleep).toBeGreaterThan(alone + 0.8)
})

test('what takes much longer than usual is not waited for awake, and a failure ends a wait as a result does', async () => {
  const waits = new UsualWaits(2)
  for (let round = 0; round < 3; round++) {
    const failing = delay(1).then(() => Promise.reject(new Error('failed')))
    waits.begin(failing, performance.now())()
    await failing.catch(() => {})
  }
  const before = performance.eventLoopUtilization()
  const long = delay(60)
  waits.begin(long, performance.now())()
  await long
  expect(performance.eventLoopUtilization(before).idle).toBeGreaterThan(40)
})
