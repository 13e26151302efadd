// In: a folder of question sets in JSON Lines (`<name>.passages.jsonl`, `<name>.queries.jsonl`). Out: passages and questions.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const passageSchema = z.looseObject({ id: z.string(), title: z.string().nullish(), text: z.string(), date: z.string().nullish() })
const querySchema = z.looseObject({
  id: z.string(),
  question: z.string(),
  passage_ids: z.array(z.string()),
  twin_ids: z.array(z.string()).nullish(),
  negative_ids: z.array(z.string()).nullish(),
  answerable: z.boolean().nullish(),
  answers: z.array(z.string()),
  type: z.string().nullish(),
})

/** A passage of a set, a document of its own. */
export type SetPassage = z.output<typeof passageSchema>

/** A question and the passages that answer it. */
export interface SetQuestion {
  readonly id: string
  readonly question: string
  readonly relevant: ReadonlySet<string>
}

/** Halves of a set: what may be tuned on, what is reported, what is looked at once a release. */
export type Split = 'tune' | 'report' | 'vault'

/** A set of questions over passages. */
export interface DataSet {
  readonly name: string
  readonly passages: readonly SetPassage[]
  readonly questions: readonly SetQuestion[]
}

/** By the first byte of SHA-256 of the id, modulo 6: 0–2 tune, 3–4 report, 5 vault. */
export function splitOf(id: string): Split {
  const part = (createHash('sha256').update(id).digest()[0] as number) % 6
  return part < 3 ? 'tune' : part < 5 ? 'report' : 'vault'
}

/** Sets whose passages lie in another set's file. */
const PASSAGES_OF: Readonly<Record<string, string>> = { alqac_dev: 'alqac', viquad2_dev: 'viquad1_train' }

/** All passages of a set. */
export function readPassages(folder: string, name: string): SetPassage[] {
  return readLines(join(folder, `${PASSAGES_OF[name] ?? name}.passages.jsonl`), passageSchema)
}

/** All questions of a set as its file has them. */
export function readQueries(folder: string, name: string): z.output<typeof querySchema>[] {
  return readLines(join(folder, `${name}.queries.jsonl`), querySchema)
}

/** Reads a set; only answerable questions of the split, at most `limit`. */
export function readDataSet(folder: string, name: string, split: Split, limit = Number.POSITIVE_INFINITY): DataSet {
  const passages = readPassages(folder, name)
  const known = new Set(passages.map(({ id }) => id))
  const queries = existsSync(join(folder, `${name}.queries.jsonl`)) ? readQueries(folder, name) : []
  const questions = queries
    .filter(({ id, answerable }) => answerable !== false && splitOf(id) === split)
    .map(({ id, question, passage_ids, twin_ids }) => ({ id, question, relevant: new Set([...passage_ids, ...(twin_ids ?? [])]) }))
    .filter(({ relevant }) => [...relevant].some((id) => known.has(id)))
  return { name, passages, questions: questions.slice(0, limit) }
}

/** A question with its short answers; not all are answerable. */
export interface AnsweredSetQuestion extends SetQuestion {
  readonly answers: readonly string[]
  readonly answerable: boolean
  /** Kind of the question, where the set says. */
  readonly type: string | undefined
}

/** Questions of a split with their answers, unanswerable ones included, at most `limit`. */
export function setQueries(folder: string, name: string, split: Split, limit: number): AnsweredSetQuestion[] {
  return readQueries(folder, name)
    .filter(({ id }) => splitOf(id) === split)
    .slice(0, limit)
    .map(({ id, question, passage_ids, twin_ids, answers, answerable, type }) => ({
      id,
      question,
      relevant: new Set([...passage_ids, ...(twin_ids ?? [])]),
      answers,
      answerable: answerable !== false,
      type: type ?? undefined,
    }))
}

function readLines<T>(path: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => schema.parse(JSON.parse(line)))
}
