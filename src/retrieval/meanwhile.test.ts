import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takenUntil } from './meanwhile.ts'

function* steps(taken: number[], count: number): Generator<void> {
  for (let step = 0; step < count; step++) {
    const until = performance.now() + 1
    while (performance.now() < until);
    taken.push(step)
    yield
  }
}

test('all steps are taken where there is time', async () => {
  const taken: number[] = []
  await takenUntil(new Promise(() => {}), steps(taken, 5))
  expect(taken).toEqual([0, 1, 2, 3, 4])
})

test('steps end once what is waited for has come, or has failed', async () => {
  const failing = () => delay(10).then(() => Promise.reject(new Error('failed')))
  for (const awaited of [() => delay(10), failing]) {
    const taken: number[] = []
    await takenUntil(awaited(), steps(taken, 1000))
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.length).toBeLessThan(500)
  }
})
