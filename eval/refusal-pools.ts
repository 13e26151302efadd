// In: a folder of question sets. Out: all questions of a set, those without an answer too, and the passages they were asked about.
// A pool holds no passage that no question names: embedding takes time, and the neighbours of a question are what misleads.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type DataSet, readPassages, type Split, splitOf } from './data-sets.ts'

const querySchema = z.looseObject({
  id: z.string(),
  question: z.string(),
  answers: z.array(z.string()),
  passage_ids: z.array(z.string()),
  twin_ids: z.array(z.string()).nullish(),
  negative_ids: z.array(z.string()).nullish(),
  answerable: z.boolean().nullish(),
})

/** A question of a set, answerable from its pool or not. */
export interface PoolQuestion {
  readonly id: string
  readonly question: string
  readonly answers: readonly string[]
  /** Passages that answer it; none when nothing does. */
  readonly relevant: ReadonlySet<string>
  readonly answerable: boolean
}

function queries(folder: string, name: string) {
  return readFileSync(join(folder, `${name}.queries.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => querySchema.parse(JSON.parse(line)))
}

/** Questions of one half of a set. */
export function poolQuestions(folder: string, name: string, split: Split): PoolQuestion[] {
  return queries(folder, name)
    .filter(({ id }) => splitOf(id) === split)
    .map(({ id, question, answers, passage_ids, twin_ids, answerable }) => ({
      id,
      question,
      answers,
      relevant: new Set(answerable === false ? [] : [...passage_ids, ...(twin_ids ?? [])]),
      answerable: answerable !== false,
    }))
}

/** The passages that questions of a set name, right and wrong ones. */
export function passagePool(folder: string, name: string): DataSet {
  const named = new Set(queries(folder, name).flatMap(({ passage_ids, negative_ids }) => [...passage_ids, ...(negative_ids ?? [])]))
  const passages = readPassages(folder, name).filter(({ id }) => named.has(id))
  return { name, passages, questions: [] }
}
