// In: question sets. Out: an assistant over their passages, each passage a document, with vectors cached between runs.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import type { DataSet, SetPassage } from './data-sets.ts'
import { VectorCache } from './vector-cache.ts'

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
      if (!present.has(file)) writeFileSync(join(folder, file), fileOf(passage, !WITHOUT_TITLE.test(name)))
    }
  }
}

function fileOf({ title, text }: SetPassage, withTitle: boolean): string {
  return withTitle && title ? `---\ntitle: ${JSON.stringify(title)}\n---\n${text}` : text
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
    { wrapEmbedder: (client) => new VectorCache(client, join(cacheDir, 'vectors', `${modelKey(config.model)}.f32`), DIMENSION) },
  )
  await assistant.index()
  return assistant
}

function modelKey(model: string): string {
  return model.replace(/[^\w-]+/g, '_').slice(-60)
}

/** Whether a folder holds question sets. */
export function isDataFolder(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.passages.jsonl'))
}
