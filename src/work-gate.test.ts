import { expect, test } from 'vitest'
import { WorkGate } from './work-gate.ts'

/** Work that ends when it is told to. */
function work(): { run: () => Promise<string>; end: () => void; began: () => boolean } {
  let end = () => {}
  let began = false
  const done = new Promise<string>((resolve) => {
    end = () => resolve('done')
  })
  const run = () => {
    began = true
    return done
  }
  return { run, end: () => end(), began: () => began }
}

test('so much runs at once, so much waits in turn, and the rest is refused at once', async () => {
  const gate = new WorkGate({ running: 2, waiting: 2 })
  const works = Array.from({ length: 5 }, work)
  const results = works.map(({ run }) => gate.through(run).catch((error: { kind: string }) => error.kind))
  expect(await results[4]).toBe('unavailable')
  expect([works.map(({ began }) => began()), gate.running, gate.waiting, gate.isFull]).toEqual([
    [true, true, false, false, false],
    2,
    2,
    true,
  ])
  works[0]?.end()
  await results[0]
  await Promise.resolve()
  expect([works[2]?.began(), works[3]?.began(), gate.waiting]).toEqual([true, false, 1])
  for (const { end } of works) end()
  expect(await Promise.all(results.slice(0, 4))).toEqual(['done', 'done', 'done', 'done'])
  expect([gate.running, gate.waiting]).toEqual([0, 0])
})

test('work that fails makes room, and a client that leaves while it waits keeps no place', async () => {
  const gate = new WorkGate({ running: 1, waiting: 1 })
  const first = work()
  const running = gate.through(first.run)
  const controller = new AbortController()
  const left = gate.through(async () => 'never', controller.signal)
  controller.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  const failing = gate.through(() => Promise.reject(new Error('broken')))
  first.end()
  await running
  await expect(failing).rejects.toThrow('broken')
  expect(await gate.through(async () => 'free')).toBe('free')
  expect([gate.running, gate.waiting]).toEqual([0, 0])
})
