// In: results as they come. Out: one JSON Lines file, so that a run that was broken off can go on. Its first line says what it was
// made with; a file of anything else is begun anew.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { packageRoot } from '../package-root.ts'
import type { ResultJournal } from './evaluate.ts'
import type { GoldQuestion } from './gold-question.ts'
import { goldFingerprint } from './gold-question.ts'
import type { QuestionForm } from './question-forms.ts'
import { type QuestionResult, questionResultSchema } from './question-result.ts'

/** What a journal is for. */
export interface JournalOptions {
  readonly path: string
  /** See {@link runFingerprint}. */
  readonly fingerprint: string
  readonly golds: readonly GoldQuestion[]
  /** Whether to take over what is there; else the file is begun anew. */
  readonly resume: boolean
}

/** Keeps results on disk. */
export class RunJournal implements ResultJournal {
  readonly #path: string
  readonly #known = new Map<string, QuestionResult>()

  constructor({ path, fingerprint, golds, resume }: JournalOptions) {
    this.#path = path
    const head = JSON.stringify({ fingerprint })
    const lines = resume && existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
    const current = new Map(golds.map((gold) => [gold.id, goldFingerprint(gold)]))
    const taken = lines[0] === head ? lines.slice(1).flatMap(parsed) : []
    for (const result of taken) if (current.get(result.id) === result.gold) this.#known.set(keyOf(result.id, result.form), result)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, [head, ...[...this.#known.values()].map((result) => JSON.stringify(result)), ''].join('\n'))
  }

  /** Results taken over. */
  get size(): number {
    return this.#known.size
  }

  find(id: string, form: QuestionForm): QuestionResult | undefined {
    return this.#known.get(keyOf(id, form))
  }

  add(result: QuestionResult): void {
    const key = keyOf(result.id, result.form)
    if (this.#known.has(key)) return
    this.#known.set(key, result)
    appendFileSync(this.#path, `${JSON.stringify(result)}\n`)
  }
}

const keyOf = (id: string, form: QuestionForm) => `${form} ${id}`

function parsed(line: string): QuestionResult[] {
  try {
    const result = questionResultSchema.safeParse(JSON.parse(line))
    return result.success ? [result.data] : []
  } catch {
    return []
  }
}

/** Changes with the code, its data files, the model, the settings and the generation of the index. */
export function runFingerprint(config: Config, variant: string, generation: number): string {
  const hash = createHash('sha256')
  const settings = [variant, generation, config.model, config.corpusDir, config.indexDir, config.strictness, config.reader]
  hash.update(JSON.stringify(settings))
  for (const folder of [dirname(dirname(fileURLToPath(import.meta.url))), join(packageRoot(), 'data'), config.model])
    hash.update(listing(folder))
  return hash.digest('hex').slice(0, 16)
}

/** Names, sizes and times of the files below a folder. */
function listing(folder: string): string {
  if (!existsSync(folder)) return folder
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .join('\n')
}
