// What a question costs over HTTP beside the bare embedding of the same accented question in the same runtime, one client. In: servers
// over five documents and over 20,000 passages, with and without the reader. Every question is asked once of each server, so that
// nothing that remembers questions helps. In each round one server after the other answers the round's questions, each beside the bare
// embedding: servers that take turns with others at every question would find the caches of the processor full of these. While the others
// had their turns a server has gone cold (measured: the model of the server takes 5 % longer than the bare one, which never rests), so
// each turn begins with questions that are not counted. Forms alternate from question to question.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, quantile } from 'simple-statistics'
import { readDataSet } from '../eval/data-sets.ts'
import { bundledModel } from '../src/config.ts'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { QUESTION_FORMS } from '../src/evaluation/question-forms.ts'
import { EmbeddingClient } from '../src/inference/embedding-client.ts'
import { readEmbeddingProfile } from '../src/inference/embedding-profile.ts'
import { packageRoot } from '../src/package-root.ts'
import type { BenchRun, Figure } from './bench-run.ts'
import { RunningServer } from './running-server.ts'
import { overRounds, type Spread, stretches } from './spread.ts'

/** What the corpus of many documents has at least. */
const PASSAGES = 20_000
const FORMS = ['accented', 'unaccented'] as const
const ROUNDS = 8
/** Questions every server answers before it is measured, of its own and of another half of the data: warm is who has worked. */
const WARM_UP = 40
const OTHERS = { read: 80, unread: 400 }
/** Questions not counted at the beginning of a turn. */
const AGAIN = 12

interface Arm {
  readonly name: string
  readonly server: RunningServer
  readonly most: number | undefined
  readonly reader: boolean
}

interface Sample {
  /** Milliseconds. */
  readonly asked: number
  readonly bare: number
}

/** The part. */
export async function questionFigures(run: BenchRun): Promise<Figure[]> {
  const questions = await questionsOf(run)
  const model = new EmbeddingClient({ profile: readEmbeddingProfile(bundledModel(), false), allowDownload: false })
  const bare = async (question: string) => {
    const { tokenizeMs, inferMs } = await model.embed('query', [question])
    return tokenizeMs + inferMs
  }
  const arms = await startedArms(run)
  try {
    await uncounted(questions.slice(0, WARM_UP), ['accented'], arms, bare)
    const others = othersOf(run)
    if (others.length > 0) run.say(`questions: ${OTHERS.unread} others first`)
    await uncounted(others.slice(0, OTHERS.read), FORMS, arms, bare)
    const unread = arms.filter(({ reader }) => !reader)
    await uncounted(others.slice(OTHERS.read, OTHERS.unread), FORMS, unread, bare)
    const again = stretches(others.slice(OTHERS.unread), ROUNDS)
    const rounds = stretches(questions.slice(WARM_UP), ROUNDS)
    const samples = new Map<string, Sample[][]>()
    const bares: number[][] = []
    for (const [round, asked] of rounds.entries()) {
      run.say(`questions: round ${round + 1} of ${ROUNDS}`)
      bares.push([])
      for (const arm of rotated(arms, round)) {
        const { name, server } = arm
        await uncounted(again[round] ?? [], FORMS, [arm], bare)
        for (const [i, question] of asked.entries()) {
          const form = FORMS[i % 2] as (typeof FORMS)[number]
          const bareMs = await bare(question)
          bares.at(-1)?.push(bareMs)
          const key = `${name}, ${form}`
          const list = samples.get(key) ?? rounds.map(() => [])
          samples.set(key, list)
          list[round]?.push({ asked: await server.ask(QUESTION_FORMS[form](question)), bare: bareMs })
        }
      }
    }
    const figures: Figure[] = [
      { part: PART, name: 'bare embedding of a question', unit: 'ms', ...overRounds(bares, (list) => median([...list])) },
    ]
    for (const { name, most } of arms) {
      for (const form of FORMS)
        figures.push(...figuresOf(`${name}, ${form}`, samples.get(`${name}, ${form}`) ?? [], form === 'accented' ? most : undefined))
    }
    return figures
  } finally {
    await Promise.all([model.close(), ...arms.map(({ server }) => server.stop())])
  }
}

/** Questions of another half of the data, none without data: those of the warm-up, then those not counted. */
function othersOf({ data }: BenchRun): string[] {
  if (data === undefined) return []
  return readDataSet(data, 'viquad1_dev', 'tune', OTHERS.unread + ROUNDS * AGAIN).questions.map(({ question }) => question)
}

/** Asks questions that are not counted, each beside the bare embedding, in the forms in turn. */
async function uncounted(
  questions: readonly string[],
  forms: readonly (typeof FORMS)[number][],
  arms: readonly Arm[],
  bare: (question: string) => Promise<unknown>,
): Promise<void> {
  for (const [i, question] of questions.entries()) {
    await bare(question)
    for (const { server } of arms) await server.ask(QUESTION_FORMS[forms[i % forms.length] as (typeof FORMS)[number]](question))
  }
}

const PART = '`/ask` over HTTP, one client'

function figuresOf(name: string, rounds: readonly (readonly Sample[])[], most: number | undefined): Figure[] {
  const asked = (list: readonly Sample[]) => list.map((sample) => sample.asked)
  const ratio: Spread = overRounds(rounds, (list) => median(asked(list)) / median(list.map((sample) => sample.bare)))
  const tail = overRounds(rounds, (list) => quantile(asked(list), 0.99) / median(asked(list)))
  return [
    { part: PART, name: `${name}: median`, unit: 'ms', ...overRounds(rounds, (list) => median(asked(list))) },
    { part: PART, name: `${name}: median to bare embedding`, unit: '×', ...ratio, ...(most === undefined ? {} : { most }) },
    { part: PART, name: `${name}: p99 to median`, unit: '×', ...tail, ...(most === undefined ? {} : { most: 3 }) },
  ]
}

async function startedArms({ corpora }: BenchRun): Promise<Arm[]> {
  const five = { corpus: join(packageRoot(), 'corpus'), index: mkdtempSync(join(tmpdir(), 'thuky-bench-')) }
  const many = await corpora?.passages(PASSAGES)
  const arms: Arm[] = []
  for (const reader of [false, true]) {
    const suffix = reader ? 'reader on' : 'reader off'
    arms.push({
      name: `five documents, ${suffix}`,
      server: await RunningServer.start({ ...five, reader }),
      most: reader ? undefined : 1.6,
      reader,
    })
    if (many === undefined) continue
    arms.push({
      name: `20,000 passages, ${suffix}`,
      server: await RunningServer.start({ ...many, reader }),
      most: reader ? undefined : 2.2,
      reader,
    })
  }
  return arms
}

/** Questions of the package and, with data, of people about other texts; each once, in an order that mixes them. */
async function questionsOf({ data, quick }: BenchRun): Promise<string[]> {
  const own = goldQuestions(readFileSync(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), 'utf8'), 'conferences.jsonl')
  const others = data === undefined ? [] : readDataSet(data, 'viquad1_dev', 'report', 300).questions
  const mixed = [...own, ...others].map(({ id, question }) => ({
    question,
    key: QUESTION_FORMS.unaccented(id.split('').reverse().join('')),
  }))
  const all = mixed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ question }) => question)
  const unique = [...new Set(all)]
  return quick ? unique.slice(0, 120) : unique
}

const rotated = <T>(list: readonly T[], by: number): T[] => [...list.slice(by % list.length), ...list.slice(0, by % list.length)]
