// In: names of gold files, or none. Out: their questions and the baseline that belongs to them. Reads files; writes only a baseline.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { messageOf, ThukyError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { type Baseline, baselineText, parseBaseline } from './baseline.ts'
import { type GoldQuestion, goldQuestions } from './gold-question.ts'

/** Gold questions and what they are compared with. */
export interface GoldSource {
  /** Names of the files, without folder. */
  readonly names: readonly string[]
  readonly golds: readonly GoldQuestion[]
  /** Where the baseline is or would be. */
  readonly baselinePath: string
}

/** What a user says about it. */
export interface GoldOptions {
  readonly gold?: readonly string[] | undefined
  readonly baseline?: string | undefined
  /** Ids of the documents of the corpus: the questions of the package fit those of the package alone. */
  readonly hasDocument: (id: string) => boolean
}

/** Questions over the documents that come with the package. */
const OWN_GOLD = ['conferences.jsonl', 'english.jsonl', 'dialogues.jsonl']

/**
 * Reads gold files; without names those of the package.
 * @throws ThukyError `usage` for a file that cannot be read, or when the questions of the package do not fit the corpus
 */
export function readGold({ gold = [], baseline, hasDocument }: GoldOptions): GoldSource {
  const own = gold.length === 0
  const folder = join(packageRoot(), 'eval')
  const paths = own ? OWN_GOLD.map((name) => join(folder, 'gold', name)) : gold.map((path) => resolve(path))
  const golds = paths.flatMap((path) => goldQuestions(readText(path), basename(path)))
  if (own && !golds.some(({ source_docs }) => source_docs.some(hasDocument))) {
    throw new ThukyError(
      'usage',
      'The gold questions of the package are about the documents of the package, not about this corpus; name your own with --gold FILE, or let "thuky eval draft" propose some.',
    )
  }
  const beside = own ? join(folder, 'baseline.json') : `${(paths[0] ?? '').replace(/\.jsonl$/, '')}.baseline.json`
  return { names: paths.map((path) => basename(path)), golds, baselinePath: baseline === undefined ? beside : resolve(baseline) }
}

/** Reads a baseline; undefined when there is none yet. @throws ThukyError `configuration` when it is damaged */
export function readBaseline(path: string): Baseline | undefined {
  return existsSync(path) ? parseBaseline(readFileSync(path, 'utf8'), basename(path)) : undefined
}

/** Writes a baseline. */
export function writeBaseline(path: string, baseline: Baseline): void {
  writeFileSync(path, baselineText(baseline))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ThukyError('usage', `${path} cannot be read (${messageOf(error)}); name a gold file in JSON Lines.`, { path })
  }
}
