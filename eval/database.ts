// npm run eval:database -- --data DIR: what a corpus costs in PostgreSQL: bytes, times of writing, starting, searching and of a change
// to reach another server, recall of its graph. Vectors come from the cache of earlier evaluations, so that embedding is not in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import pg from 'pg'
import { median, quantile } from 'simple-statistics'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { Database } from '../src/indexing/postgres/database.ts'
import { ensureGraphs } from '../src/indexing/postgres/schema.ts'
import { postgresPrograms, startPostgres } from '../src/testing/postgres-server.ts'
import { type DataSet, readDataSet } from './data-sets.ts'
import { cachedVectors, writeCorpus } from './set-corpus.ts'

interface Options {
  readonly data: string
  readonly cache: string
  readonly pools: string
  readonly questions: string
  readonly limit: string
  readonly embed: boolean
}

const NEIGHBOURS = 10
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`
const say = (name: string, value: string) => console.log(`| ${name} | ${value} |`)

/** How long work takes by the clock, and how much of the processor this process had for it: on a busy machine they differ. */
async function timed(work: () => Promise<unknown>): Promise<string> {
  const [started, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return `${seconds(performance.now() - started)} (${seconds((user + system) / 1000)} of processor time)`
}

async function sizes(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; rows: string; heap: string; indexes: string; graph: string | null }>(`
    SELECT t AS name, (SELECT reltuples FROM pg_class WHERE oid = to_regclass('thuky.' || t)) AS rows,
      pg_table_size('thuky.' || t) AS heap, pg_indexes_size('thuky.' || t) AS indexes, pg_relation_size(to_regclass('thuky.' || t || '_embedding')) AS graph
    FROM unnest(ARRAY['documents', 'passages', 'sentences', 'changes']) AS t`)
  for (const { name, rows: count, heap, indexes, graph } of rows) {
    const each = ((Number(heap) + Number(indexes)) / Math.max(1, Number(count))).toFixed(0)
    const ofGraph = graph === null ? '' : `, of these the graph ${mib(Number(graph))}`
    say(`table \`${name}\``, `${count} rows, ${mib(Number(heap))}, its indexes ${mib(Number(indexes))}${ofGraph}: ${each} bytes a row`)
  }
}

/** Share of the exact nearest neighbours that are found, and times of finding them. */
async function recall(assistant: Assistant, client: pg.Client, queries: readonly Float32Array[]): Promise<void> {
  const { sentenceVectors } = await assistant.index()
  let found = 0
  let wanted = 0
  const times: number[] = []
  for (const query of queries) {
    const started = performance.now()
    const near = new Set((await sentenceVectors.nearest(query, NEIGHBOURS)).map(({ label }) => label))
    times.push(performance.now() - started)
    const { rows } = await client.query<{ label: string }>(
      `SELECT label FROM thuky.sentences ORDER BY (embedding <#> $1::vector) + 0 LIMIT ${NEIGHBOURS}`,
      [`[${query.join(',')}]`],
    )
    wanted += rows.length
    found += rows.filter(({ label }) => near.has(Number(label))).length
  }
  const share = (found / Math.max(1, wanted)).toFixed(4)
  say(
    `nearest ${NEIGHBOURS} sentences`,
    `recall ${share}, median ${median(times).toFixed(1)} ms, 99 % ${quantile(times, 0.99).toFixed(1)} ms`,
  )
}

async function main({ data, cache, pools, questions, limit, embed }: Options): Promise<void> {
  const programs = postgresPrograms()
  if (programs === undefined) {
    process.exitCode = 1
    return
  }
  const server = await startPostgres(programs)
  const folder = mkdtempSync(join(tmpdir(), 'thuky-database-'))
  const url = await server.database()
  const read: DataSet[] = pools.split(',').map((name) => readDataSet(data, name, 'tune', 0))
  const cut = read.map((set) => ({ ...set, passages: set.passages.slice(0, Number(limit)) }))
  writeCorpus(join(folder, 'corpus'), cut)
  const opened = (name: string) => {
    const environment = { ...process.env, THUKY_STORE: 'pgvector', DATABASE_URL: url, THUKY_READER: 'off' }
    const config = loadConfig({ corpus: join(folder, 'corpus'), index: join(folder, name) }, environment)
    return createAssistant(config, {}, { wrapEmbedder: cachedVectors(cache, config.model, embed) })
  }
  const one = opened('one')
  await one.model.start()
  console.log('| what | measured |\n| --- | --- |')
  const wholly = await timed(() => one.updateIndex())
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('DROP INDEX IF EXISTS thuky.passages_embedding, thuky.sentences_embedding')
  const database = new Database(url)
  const graphs = await timed(() => ensureGraphs(database))
  await database.close()
  say('writing everything, vectors at hand', `${wholly}; the graphs once more, ${graphs}`)
  await client.query('VACUUM ANALYZE')
  await sizes(client)
  const before = process.memoryUsage().rss
  const other = opened('other')
  const start = await timed(() => other.openLive())
  globalThis.gc?.()
  say('start of another server, model included', `${start}, memory of its process + ${mib(process.memoryUsage().rss - before)}`)
  await one.openLive()
  const asked = readDataSet(data, questions, 'report', 200).questions.map(({ question }) => question)
  const queries: Float32Array[] = []
  for (const question of asked) queries.push((await one.embed('query', [question])).vectors)
  await recall(one, client, queries)
  const retrieval: number[] = []
  for (const question of asked) retrieval.push((await one.search(question)).timingsMs.retrieve)
  say(
    'retrieval of a question, embedding apart',
    `median ${median(retrieval).toFixed(1)} ms, 99 % ${quantile(retrieval, 0.99).toFixed(1)} ms`,
  )
  const put: number[] = []
  const seen: number[] = []
  for (let i = 0; i < 5; i++) {
    const bytes = new TextEncoder().encode(`Hội nghị số ${i} bàn về cây bần bên sông. Đại biểu trồng ${i + 3} cây.`)
    const started = performance.now()
    await one.documents.put({ id: `do-${i}`, extension: '.txt', bytes })
    put.push(performance.now() - started)
    while (other.currentIndex?.documents.has(`do-${i}`) !== true) await new Promise((resolve) => setTimeout(resolve, 10))
    seen.push(performance.now() - started)
  }
  say(
    'keeping one document over HTTP',
    `median ${median(put).toFixed(0)} ms; another server answers from it ${median(seen).toFixed(0)} ms after it was sent`,
  )
  await client.end()
  await one.close()
  await other.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

await main(
  new Command('eval:database')
    .requiredOption('--data <dir>', 'folder of question sets')
    .option('--cache <dir>', 'folder of earlier evaluations', '.cache/eval')
    .option('--pools <names>', 'sets whose passages are the documents', 'alqac,tvpl_faq_dev,viquad1_dev,uit_wiki,moh_faq')
    .option('--questions <name>', 'set whose questions are asked', 'viquad1_dev')
    .option('--limit <n>', 'most passages of a set', '1000000')
    .option('--embed', 'embed texts whose vectors are not there yet', false)
    .parse()
    .opts<Options>(),
)
