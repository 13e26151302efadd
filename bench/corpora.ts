// In: a folder of question sets. Out: corpora of a wanted size with their indexes, built once and kept; vectors come from a cache
// of earlier runs where they can. The texts stay in the cache folder.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DataSet, readDataSet, type SetPassage } from '../eval/data-sets.ts'
import { documentIdOf, fileText, writeCorpus } from '../eval/set-corpus.ts'
import { type TextEmbedder, VectorCache } from '../eval/vector-cache.ts'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import type { WrapEmbedder } from '../src/assistant-options.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { buildDocument } from '../src/corpus/build-document.ts'
import { loadCorpusRules } from '../src/corpus/corpus-rules.ts'
import { readEmbeddingProfile } from '../src/inference/embedding-profile.ts'
import { modelFingerprint } from '../src/inference/model-fingerprint.ts'
import type { Say } from './bench-run.ts'

/** Sets the large corpus is made of: 28,000 passages and 105,000 sentences. */
export const LARGE: readonly string[] = [
  'viquad1_dev',
  'uit_wiki',
  'moh_faq',
  'tvpl_faq_dev',
  'alqac_dev',
  'news_baomoi',
  'legal_police',
  'news_24h',
  'viquad1_train',
]
const SMALL_PASSAGES = 240
const DIMENSION = 384

/** Where a corpus and its index lie. */
export interface BenchCorpus {
  readonly corpus: string
  readonly index: string
}

/** The corpora of a run. */
export class BenchCorpora {
  constructor(
    private readonly data: string,
    private readonly cache: string,
    private readonly say: Say,
    private readonly pool: readonly string[] = LARGE,
  ) {}

  /** The large corpus. */
  large(): Promise<BenchCorpus> {
    return this.indexed(
      `large-${shortName(this.pool.join())}`,
      this.pool.map((name) => readDataSet(this.data, name, 'report')),
    )
  }

  /** The first documents of the large corpus that have so many passages together. */
  passages(least: number): Promise<BenchCorpus> {
    const sets = this.pool.map((name) => readDataSet(this.data, name, 'report'))
    return this.indexed(`passages-${least}-${shortName(this.pool.join())}`, firstPassages(sets, least))
  }

  /** About 1,000 indexed texts. */
  small(): Promise<BenchCorpus> {
    const set = readDataSet(this.data, 'viquad1_dev', 'report')
    return this.indexed('small', [{ ...set, passages: set.passages.slice(0, SMALL_PASSAGES) }])
  }

  /** The index of some documents, brought up to date. */
  private async indexed(name: string, sets: readonly DataSet[]): Promise<BenchCorpus> {
    const place = this.folder(name)
    writeCorpus(place.corpus, sets)
    const assistant = await this.assistant(place)
    await assistant.updateIndex()
    await assistant.close()
    return place
  }

  private folder(name: string): BenchCorpus {
    const corpus = join(this.cache, name, 'corpus')
    mkdirSync(corpus, { recursive: true })
    return { corpus, index: join(this.cache, name, 'index') }
  }

  /** An assistant over a corpus, with vectors from the cache. */
  async assistant(place: BenchCorpus): Promise<Assistant> {
    const config = configOf(place)
    const wrapEmbedder = await this.cachedVectors(config)
    let told = 0
    const onProgress = ({ phase, done, total }: { phase: string; done: number; total: number }) => {
      if (Date.now() - told < 10_000) return
      told = Date.now()
      this.say(`${place.corpus}: ${phase} ${done}/${total}`)
    }
    return createAssistant(config, { onProgress }, { wrapEmbedder })
  }

  /** Vectors of earlier runs before those of the model; the file is named after all that decides them. */
  private async cachedVectors(config: Config): Promise<WrapEmbedder> {
    const { sha256 } = await modelFingerprint(readEmbeddingProfile(config.model, false))
    const file = join(this.cache, 'vectors', `${sha256.slice(0, 16)}.f32`)
    return (client: TextEmbedder) => new VectorCache(client, file, DIMENSION)
  }
}

/** The sets cut after the document with which they have `least` passages. @throws when they have fewer */
function firstPassages(sets: readonly DataSet[], least: number): DataSet[] {
  const rules = loadCorpusRules()
  const seen = new Set<string>()
  const taken: DataSet[] = []
  let count = 0
  for (const set of sets) {
    const documents: SetPassage[] = []
    for (const document of set.passages) {
      if (count >= least) break
      const id = documentIdOf(document.id)
      if (!seen.has(id)) count += buildDocument(`${id}.md`, fileText(set.name, document), rules).passages.length
      seen.add(id)
      documents.push(document)
    }
    taken.push({ ...set, passages: documents })
  }
  if (count < least) throw new Error(`The sets have ${count} passages; ${least} are needed.`)
  return taken
}

/** Configuration of a corpus. */
export const configOf = ({ corpus, index }: BenchCorpus): Config => loadConfig({ corpus, index })

/** Files of a corpus made from plain texts, for what is measured without cache. */
export function writeTexts(folder: string, texts: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true })
  for (const [id, text] of texts) writeFileSync(join(folder, `${id}.md`), text)
}

/** A short name for an id of a set: a file name. */
export const shortName = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 16)
