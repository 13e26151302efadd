// In: the name of a question set. Out: its cases, measured over a corpus of their passages. Vectors come from a cache.
import type { LanguageKnowledge } from '../src/language/knowledge.ts'
import { type DataSet, readDataSet, type Split } from './data-sets.ts'
import { setCases } from './refusal-cases.ts'
import { passagePool } from './refusal-pools.ts'
import { type RefusalRow, refusalRows } from './refusal-rows.ts'
import { openSetAssistant } from './set-corpus.ts'

/** Sets gates learn from. Of those whose passages are many, only the ones questions name are searched. */
export const SET_NAMES = ['viquad1_dev', 'uit_wiki', 'tvpl_faq_dev', 'viquad2_dev', 'person_qa'] as const
const POOLED: ReadonlySet<string> = new Set(['viquad2_dev', 'person_qa'])

/** What is measured. */
export interface SetRowsOptions {
  readonly data: string
  readonly cache: string
  readonly name: string
  readonly split: Split
  /** Most answerable questions. */
  readonly limit?: number
  /** Whether near-misses are made of the answerable ones too, and questions that a reader looked at are measured without it too. */
  readonly made: boolean
  readonly knowledge: LanguageKnowledge
  readonly say: (line: string) => void
}

/** Rows of a set. */
export async function setRows({
  data,
  cache,
  name,
  split,
  limit = Number.POSITIVE_INFINITY,
  made,
  knowledge,
  say,
}: SetRowsOptions): Promise<RefusalRow[]> {
  const pooled = POOLED.has(name)
  const set: DataSet = pooled ? passagePool(data, name) : readDataSet(data, name, split)
  const assistant = await openSetAssistant(cache, pooled ? `pool-${name}` : `own-${name}`, [set], say)
  const rows = await refusalRows(assistant, setCases(data, name, split, { limit, made }), { knowledge, alsoUnread: made })
  await assistant.close()
  say(`${name}: ${rows.length} questions`)
  return rows
}
