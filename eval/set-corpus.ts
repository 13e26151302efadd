// In: question sets. Out: an assistant over their passages, each passage a document, with vectors cached between runs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import type { WrapEmbedder } from '../src/assistant-options.ts'
import { loadConfig } from '../src/config.ts'
import type { EmbeddedTexts } from '../src/inference/embedding-client.ts'
import type { TextKind } from '../src/inference/embedding-protocol.ts'
import type { DataSet, SetPassage } from './data-sets.ts'
import { type TextEmbedder, VectorCache } from './vector-cache.ts'

/** Sets whose questions are headlines: their passages are indexed without title. */
const WITHOUT_TITLE = /^news_/

/** Dimension of the bundled model. */
const DIMENSION = 384

/** Id under which a passage is indexed: a file name. */
export function documentIdOf(passageId: string): string {
  return passageId
    .replace(/[^\p{L}\p{N}@.=-]+/gu, '_')
    .replace(/\./g, '-')
    .normalize('NFC')
}

/** Writes the passages of the sets as files, once. */
export function writeCorpus(folder: string, sets: readonly DataSet[]): void {
  mkdirSync(folder, { recursive: true })
  const present = new Set(readdirSync(folder))
  for (const { name, passages } of sets) {
    for (const passage of passages) {
      const file = `${documentIdOf(passage.id)}.md`
      if (!present.has(file)) writeFileSync(join(folder, file), fileText(name, passage))
    }
  }
}

/** What the file of a passage says. @param set the set it is of */
export function fileText(set: string, { title, text }: SetPassage): string {
  return !WITHOUT_TITLE.test(set) && title ? `---\ntitle: ${JSON.stringify(title)}\n---\n${text}` : text
}

/** Opens an assistant over the passages of the sets; files, index and vectors are kept below `cacheDir`. */
export async function openSetAssistant(
  cacheDir: string,
  name: string,
  sets: readonly DataSet[],
  onNote: (line: string) => void,
): Promise<Assistant> {
  const corpus = join(cacheDir, name, 'corpus')
  writeCorpus(corpus, sets)
  const config = loadConfig({ corpus, index: join(cacheDir, name, 'index') })
  let told = 0
  const assistant = createAssistant(
    config,
    {
      onNote: (line) => {
        if (!line.startsWith('Skipped')) onNote(`${name}: ${line}`)
      },
      onProgress: ({ phase, done, total }) => {
        if (Date.now() - told < 10_000) return
        told = Date.now()
        onNote(`${name}: ${phase} ${done}/${total}`)
      },
    },
    { wrapEmbedder: cachedVectors(cacheDir, config.model, true) },
  )
  await assistant.index()
  return assistant
}

/** Vectors of earlier runs before those of the model. @param embed whether passages may be embedded that are not there */
export function cachedVectors(cacheDir: string, model: string, embed: boolean): WrapEmbedder {
  return (client) => {
    const inner: TextEmbedder = embed ? client : new KnownPassages(client)
    return new VectorCache(inner, join(cacheDir, 'vectors', `${modelKey(model)}.f32`), DIMENSION)
  }
}

/** Embeds questions only. */
class KnownPassages implements TextEmbedder {
  constructor(private readonly inner: TextEmbedder) {}

  embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    if (kind === 'query') return this.inner.embed(kind, texts)
    throw new Error(`${texts.length} texts or more have no vectors in the cache yet; run it again with --embed, which takes its time.`)
  }
}

/** Two models of one name have vectors of their own. */
function modelKey(model: string): string {
  const weights = join(model, 'onnx', 'model_quantized.onnx')
  const name = basename(model).replace(/[^\w-]+/g, '_')
  return existsSync(weights) ? `${name}-${createHash('sha256').update(readFileSync(weights)).digest('hex').slice(0, 12)}` : name
}

/** Whether a folder holds question sets. */
export function isDataFolder(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.passages.jsonl'))
}
