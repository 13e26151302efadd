// How long the server takes from its start to its first answer over a built index, and what it holds in memory after some questions.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { readManifest, segmentSize } from '../src/indexing/index-manifest.ts'
import { packageRoot } from '../src/package-root.ts'
import type { BenchRun, Figure } from './bench-run.ts'
import type { BenchCorpus } from './corpora.ts'
import { RunningServer } from './running-server.ts'
import { spreadOf } from './spread.ts'

const QUESTIONS = 60
/** What an indexed text may cost beyond the five documents, in KB. */
const KB_PER_TEXT = 4

/** The part. */
export async function startFigures({ corpora, quick, say }: BenchRun): Promise<Figure[]> {
  const five = { corpus: join(packageRoot(), 'corpus'), index: mkdtempSync(join(tmpdir(), 'thuky-bench-')) }
  await (await RunningServer.start({ ...five, reader: true })).stop()
  const large = await corpora?.large()
  const times = { five: [] as number[], large: [] as number[] }
  const memory = { five: [] as number[], large: [] as number[] }
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    say(`starts: round ${round + 1}`)
    await measure(five, times.five, memory.five)
    if (large !== undefined && round < 4) await measure(large, times.large, memory.large)
  }
  const part = 'Start of the server, memory'
  const figures: Figure[] = [
    { part, name: 'five documents: start to first answer', unit: 's', ...spreadOf(times.five), most: 1.2 },
    { part, name: 'five documents: memory of all processes, reader on', unit: 'MB', ...spreadOf(memory.five), most: 400 },
  ]
  if (large === undefined) return figures
  const texts = await textsOf(large)
  return [
    ...figures,
    { part, name: 'large corpus: passages and sentences indexed', unit: 'texts', value: texts },
    { part, name: 'large corpus: start to first answer', unit: 's', ...spreadOf(times.large), most: 5 },
    { part, name: 'large corpus: memory of all processes, reader on', unit: 'MB', ...spreadOf(memory.large) },
    {
      part,
      name: 'large corpus: memory beyond 400 MB for each text',
      unit: 'KB/text',
      ...spreadOf(memory.large.map((mb) => (1024 * (mb - 400)) / texts)),
      most: KB_PER_TEXT,
    },
  ]
}

async function measure(place: BenchCorpus, seconds: number[], memory: number[]): Promise<void> {
  const server = await RunningServer.start({ ...place, reader: true })
  seconds.push(server.startMs / 1000)
  const own = goldQuestions(readFileSync(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), 'utf8'), 'conferences.jsonl')
  for (const { question } of own.slice(0, QUESTIONS)) await server.ask(question)
  await delay(500)
  memory.push(server.memory())
  await server.stop()
}

/** Vectors of an index. */
export async function textsOf({ index }: BenchCorpus): Promise<number> {
  const manifest = await readManifest(index)
  return (manifest?.segments ?? []).reduce((sum, segment) => sum + segmentSize(segment), 0)
}
