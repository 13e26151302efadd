// npm run eval:stores: every question of the gold answered from files and from a PostgreSQL with pgvector that was migrated from
// them. Every answer has to be the same, marks, quotes, scores and refusals included; what differs is named, and times are told.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { median } from 'simple-statistics'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { type Config, loadConfig } from '../src/config.ts'
import type { AskResponse } from '../src/contract/schemas.ts'
import { evaluatedSystem } from '../src/evaluation/evaluated-system.ts'
import { type GoldQuestion, goldQuestions } from '../src/evaluation/gold-question.ts'
import { QUESTION_FORMS } from '../src/evaluation/question-forms.ts'
import { packageRoot } from '../src/package-root.ts'
import { postgresPrograms, startPostgres } from '../src/testing/postgres-server.ts'

interface Options {
  readonly data?: string
  readonly corpus?: string
  readonly index?: string
  readonly gold: readonly string[]
}

/** Documents and the questions about them. */
interface Set {
  readonly name: string
  readonly corpus: string
  /** An index to start from; made when there is none. */
  readonly index?: string
  readonly golds: readonly GoldQuestion[]
}

const FORMS = ['accented', 'unaccented'] as const
const OWN = ['conferences', 'english', 'dialogues', 'dialogues-held-out', 'near-misses', 'out-of-corpus']
const gold = join(packageRoot(), 'eval', 'gold')
const read = (file: string) => goldQuestions(readFileSync(file, 'utf8'), file)

function sets({ data, corpus, index, gold: files }: Options, folder: string): Set[] {
  if (corpus !== undefined) return [{ name: corpus, corpus, ...(index === undefined ? {} : { index }), golds: files.flatMap(read) }]
  const own = OWN.flatMap((name) => read(join(gold, `${name}.jsonl`)))
  const all: Set[] = [
    { name: 'the five documents', corpus: join(packageRoot(), 'corpus'), golds: own },
    { name: 'paired reports', corpus: join(gold, 'paired-reports'), golds: read(join(gold, 'paired-reports.jsonl')) },
  ]
  if (data === undefined) return all
  execFileSync(process.execPath, [join(gold, 'expand-news.mjs'), '--data', data, '--out', join(folder, 'news')])
  return [...all, { name: 'news', corpus: join(folder, 'news', 'corpus'), golds: read(join(folder, 'news', 'gold.jsonl')) }]
}

/** What a caller sees of an answer, but for what differs every time. */
function seen({ id, timingsMs, ...body }: AskResponse): string {
  return id === '' || timingsMs === undefined ? '' : JSON.stringify(body)
}

/** Answers and times of one store. */
async function answers(assistant: Assistant, golds: readonly GoldQuestion[]): Promise<{ bodies: Map<string, string>; ms: number[] }> {
  const system = await evaluatedSystem(assistant)
  const bodies = new Map<string, string>()
  const ms: number[] = []
  for (const { id, question, history } of golds) {
    for (const form of FORMS) {
      const body = await system.ask({ question: QUESTION_FORMS[form](question), history })
      bodies.set(`${id} (${form})`, seen(body))
      ms.push(body.timingsMs.retrieve)
    }
  }
  return { bodies, ms }
}

async function compared({ name, corpus, index, golds }: Set, folder: string, database: string): Promise<number> {
  const place = (store: Config['store'], indexDir: string) =>
    loadConfig({ corpus, index: indexDir }, { ...process.env, THUKY_STORE: store, DATABASE_URL: database })
  const files = createAssistant(place('hnsw', index ?? join(folder, 'files')))
  await files.open()
  const moved = await files.migrate('pgvector')
  const shared = createAssistant(place('pgvector', join(folder, 'shared')))
  await shared.open()
  const [local, other] = [await answers(files, golds), await answers(shared, golds)]
  const different = [...local.bodies].filter(([id, body]) => other.bodies.get(id) !== body).map(([id]) => id)
  console.log(
    `${name}: ${moved.documents} documents, ${moved.passages} passages moved with ${moved.taken} vectors, ${moved.embedded} computed; ` +
      `${local.bodies.size} questions, ${different.length} answered differently; ` +
      `retrieval, median: ${median(local.ms).toFixed(2)} ms from files, ${median(other.ms).toFixed(2)} ms from the database.`,
  )
  for (const id of different) console.log(`  ${id}`)
  await files.close()
  await shared.close()
  return different.length
}

const collect = (value: string, values: readonly string[]) => [...values, value]
const options = new Command('eval:stores')
  .option('--data <dir>', 'folder of question sets: the news of the gold too')
  .option('--corpus <dir>', 'one corpus of your own instead, with --gold')
  .option('--index <dir>', 'its index in files')
  .option('--gold <file>', 'its questions (repeatable)', collect, [])
  .parse()
  .opts<Options>()
const programs = postgresPrograms()
if (programs === undefined) process.exit(1)
const server = await startPostgres(programs)
const folder = mkdtempSync(join(tmpdir(), 'thuky-stores-'))
let different = 0
for (const [i, set] of sets(options, folder).entries()) {
  if (!existsSync(set.corpus)) throw new Error(`There is no corpus in ${set.corpus}`)
  different += await compared(set, join(folder, String(i)), await server.database())
}
await server.stop()
rmSync(folder, { recursive: true, force: true })
process.exitCode = different === 0 ? 0 : 1
