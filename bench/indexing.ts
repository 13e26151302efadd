// Indexing end to end (reading, splitting, embedding, linking, postings, files forced to disk) beside the bare model on the same
// texts in length-sorted batches; and with two model processes beside one. No cache: every text is embedded each time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPassages } from '../eval/data-sets.ts'
import { createAssistant } from '../src/assistant.ts'
import { bundledModel, type Config } from '../src/config.ts'
import { documentBlocks } from '../src/corpus/blocks.ts'
import { loadCorpusRules } from '../src/corpus/corpus-rules.ts'
import { documentPassages } from '../src/corpus/passages.ts'
import { EmbeddingClient } from '../src/inference/embedding-client.ts'
import { readEmbeddingProfile } from '../src/inference/embedding-profile.ts'
import { canonicalText } from '../src/language/canonical.ts'
import { packageRoot } from '../src/package-root.ts'
import type { BenchRun, Figure } from './bench-run.ts'
import { configOf, shortName, writeTexts } from './corpora.ts'
import { spreadOf } from './spread.ts'

const SETS = ['viquad1_dev', 'news_24h', 'legal_police', 'viquad1_train', 'tvpl_faq_dev'] as const
/** Passages indexed together, over all rounds. */
const PASSAGES = 2000
const ROUNDS = 4
/** Texts the bare model is given at once, sorted by length. */
const BARE_PORTION = 512

/** Texts each second. */
interface Rates {
  readonly bare: number
  readonly one: number
  readonly two: number
  /** Share of the bare model's time that is the tokeniser's. */
  readonly tokenizer: number
}

/** The part. */
export async function indexingFigures(run: BenchRun): Promise<Figure[]> {
  const corpora = run.data === undefined ? [join(packageRoot(), 'corpus')] : corporaOf(run, run.data)
  const rates: Rates[] = []
  for (const [round, corpus] of corpora.entries()) {
    run.say(`indexing: round ${round + 1} of ${corpora.length}`)
    rates.push(await rateOf(corpus, round))
  }
  const part = 'Indexing end to end'
  const spread = (of: (rate: Rates) => number) => spreadOf(rates.map(of))
  return [
    { part, name: 'bare model, length-sorted batches', unit: 'texts/s', ...spread(({ bare }) => bare) },
    { part, name: 'indexing, one model process', unit: 'texts/s', ...spread(({ one }) => one) },
    { part, name: 'indexing, two model processes', unit: 'texts/s', ...spread(({ two }) => two) },
    { part, name: 'indexing to bare model', unit: '×', ...spread(({ one, bare }) => one / bare), least: 0.9 },
    { part, name: 'two model processes to one', unit: '×', ...spread(({ two, one }) => two / one), least: 1.4 },
    { part, name: 'tokeniser in the bare model’s time', unit: 'share', ...spread(({ tokenizer }) => tokenizer) },
  ]
}

async function rateOf(corpus: string, round: number): Promise<Rates> {
  const texts = new Set<string>()
  const one = () => indexed(corpus, 1, (text) => texts.add(text))
  const two = () => indexed(corpus, 2, () => {})
  const first = round % 2 === 0 ? { one: await one(), two: 0 } : { two: await two(), one: await one() }
  const bare = await bareRate([...texts])
  return { ...first, ...bare, two: first.two || (await two()) }
}

/** Indexes a corpus from nothing; the model is loaded before. */
async function indexed(corpus: string, embedders: number, seen: (text: string) => void): Promise<number> {
  const index = mkdtempSync(join(tmpdir(), 'thuky-bench-'))
  const config: Config = { ...configOf({ corpus, index }), embedders }
  const assistant = createAssistant(
    config,
    {},
    {
      wrapEmbedder: (client) => ({
        embed: (kind, texts) => {
          for (const text of texts) seen(text)
          return client.embed(kind, texts)
        },
      }),
    },
  )
  try {
    await assistant.model.start()
    const started = performance.now()
    const report = await assistant.updateIndex(true)
    return (report?.embeddedTexts ?? 0) / ((performance.now() - started) / 1000)
  } finally {
    await assistant.close()
    rmSync(index, { recursive: true, force: true })
  }
}

async function bareRate(texts: readonly string[]): Promise<Pick<Rates, 'bare' | 'tokenizer'>> {
  const model = new EmbeddingClient({ profile: readEmbeddingProfile(bundledModel(), false), allowDownload: false, portion: BARE_PORTION })
  try {
    await model.start()
    const sorted = [...texts].sort((a, b) => a.length - b.length)
    const { tokenizeMs, inferMs } = await model.embed('passage', sorted)
    return { bare: texts.length / ((tokenizeMs + inferMs) / 1000), tokenizer: tokenizeMs / (tokenizeMs + inferMs) }
  } finally {
    await model.close()
  }
}

/** Corpora of different documents, each a round's share of the passages. */
function corporaOf({ cache }: BenchRun, data: string): string[] {
  const rules = loadCorpusRules()
  const all = SETS.flatMap((name) => readPassages(data, name)).map(({ id, text }) => ({ id: shortName(id), text: canonicalText(text) }))
  const documents = all.sort((a, b) => (a.id < b.id ? -1 : 1)).values()
  return Array.from({ length: ROUNDS }, (_, round) => {
    const folder = join(cache, `indexing-${round}`, 'corpus')
    const texts = new Map<string, string>()
    let passages = 0
    for (const { id, text } of documents) {
      texts.set(id, text)
      passages += documentPassages(text, documentBlocks(text, rules)).length
      if (passages >= PASSAGES / ROUNDS) break
    }
    rmSync(folder, { recursive: true, force: true })
    writeTexts(folder, texts)
    return folder
  })
}
