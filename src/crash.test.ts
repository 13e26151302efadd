import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskResponse } from './contract/schemas.ts'
import { CLOSING } from './testing/faces-api.ts'
import { ended, makeWorkspace, startThuky, thuky, type Workspace } from './testing/faces-workspace.ts'

/** `THUKY_CRASH_SEED` repeats a run. */
const seed = Number(process.env['THUKY_CRASH_SEED'] || Date.now() % 2 ** 31)

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
function randomNumbers(state: number): () => number {
  let a = state
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const ROUNDS = 5

/** Moments of the kills as shares of a whole run, one in each fifth of it. */
function moments(): number[] {
  const random = randomNumbers(seed)
  return Array.from({ length: ROUNDS }, (_, round) => (round + random()) / ROUNDS)
}

let full: Workspace
let small: Workspace

beforeAll(async () => {
  process.stdout.write(`Seed of the kills: THUKY_CRASH_SEED=${seed}\n`)
  full = await makeWorkspace()
  small = await makeWorkspace({ indexed: false, documents: [`${CLOSING.document}.md`] })
})
afterAll(async () => {
  await full?.remove()
  await small?.remove()
})

/** Runs `thuky index`, whole or until it is killed. Returns how long it ran, in milliseconds, and whether it was killed. */
async function index(folder: string, killAfterMs?: number): Promise<{ ms: number; killed: boolean }> {
  const started = performance.now()
  const child = startThuky(folder, ['index'])
  const result = ended(child)
  if (killAfterMs !== undefined) {
    await Promise.race([delay(killAfterMs), result])
    child.kill('SIGKILL')
  }
  const { status, stderr } = await result
  if (status !== null) expect(status, stderr).toBe(0)
  return { ms: performance.now() - started, killed: status === null }
}

/** Whatever was left behind, the next question is answered. */
async function expectAnswer(folder: string, moment: string): Promise<void> {
  const first = await thuky(folder, ['ask', '--json', CLOSING.question])
  expect(first.status, `${moment}, seed ${seed}: ${first.stderr}`).toBe(0)
  const [citation] = (JSON.parse(first.stdout) as AskResponse).citations
  expect(citation, moment).toMatchObject({ quote: CLOSING.sentence, document: { id: CLOSING.document } })
}

/** What the question mended stays mended: nothing has to be made for the next one. */
async function expectMended(folder: string): Promise<void> {
  const { status, stdout, stderr } = await thuky(folder, ['ask', CLOSING.question])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain(CLOSING.sentence)
}

describe.concurrent('thuky index killed at any moment leaves an index that the next question mends', () => {
  test('while it makes the index from nothing', async ({ expect }) => {
    const whole = await index(small.folder)
    const kills: boolean[] = []
    for (const share of moments()) {
      await rm(small.indexDir, { recursive: true, force: true })
      const moment = share * whole.ms
      kills.push((await index(small.folder, moment)).killed)
      await expectAnswer(small.folder, `killed after ${moment.toFixed(0)} of ${whole.ms.toFixed(0)} ms`)
    }
    expect(kills).toContain(true)
    await expectMended(small.folder)
  })

  test('while it brings an index up to date, which is served as it was or as it should be', async ({ expect }) => {
    const change = (round: number) =>
      appendFile(join(full.corpusDir, `${CLOSING.document}.md`), `\n\nLần sửa thứ ${round} của tập tin này nói về xe đạp điện.\n`)
    await change(0)
    const whole = await index(full.folder)
    const kills: boolean[] = []
    for (const [round, share] of moments().entries()) {
      await change(round + 1)
      const moment = share * whole.ms
      kills.push((await index(full.folder, moment)).killed)
      await expectAnswer(full.folder, `killed after ${moment.toFixed(0)} of ${whole.ms.toFixed(0)} ms`)
    }
    expect(kills).toContain(true)
    await expectMended(full.folder)
  })
})
