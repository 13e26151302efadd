// In: a folder of question sets. Out: all questions of a set, those without an answer too, and the passages they were asked about.
// A pool holds no passage that no question names: embedding takes time, and the neighbours of a question are what misleads.
import { type DataSet, readPassages, readQueries, type Split, splitOf } from './data-sets.ts'

/** A question of a set, answerable from its pool or not. */
export interface PoolQuestion {
  readonly id: string
  readonly question: string
  readonly answers: readonly string[]
  /** Passages that answer it; none when nothing does. */
  readonly relevant: ReadonlySet<string>
  readonly answerable: boolean
}

/** Questions of one half of a set. */
export function poolQuestions(folder: string, name: string, split: Split): PoolQuestion[] {
  return readQueries(folder, name)
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
  const named = new Set(readQueries(folder, name).flatMap(({ passage_ids, negative_ids }) => [...passage_ids, ...(negative_ids ?? [])]))
  const passages = readPassages(folder, name).filter(({ id }) => named.has(id))
  return { name, passages, questions: [] }
}
