// In: question sets and gold files. Out: cases for gates to learn from or be judged by: questions that are answered, questions
// written to have no answer, swapped ones, and answerable ones whose proof is taken away. Only reads.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MeasuredSentence } from '../src/answering/sentence-features.ts'
import { packageRoot } from '../src/package-root.ts'
import { holdsWords, overlapsEvidence } from '../src/evaluation/answer-match.ts'
import { readPassages, type Split, splitOf } from './data-sets.ts'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { randomNumbers } from '../src/evaluation/random-numbers.ts'
import { type PoolQuestion, poolQuestions } from './refusal-pools.ts'
import { documentIdOf } from './set-corpus.ts'
import { swappedQuestions } from './swapped-questions.ts'

/** A question with what is known about it. */
export interface RefusalCase {
  readonly id: string
  readonly question: string
  /** Where it comes from and what was done to it. */
  readonly group: string
  readonly answerable: boolean
  /** Documents that may not be searched. */
  readonly without: ReadonlySet<string>
  readonly isRight: (sentence: MeasuredSentence, documentText: string) => boolean
}

const nothingRight = () => false
const nothing: ReadonlySet<string> = new Set()

/** Cases of one half of a set; at most `limit` answerable ones, spread over the set. */
export function setCases(
  folder: string,
  name: string,
  split: Split,
  { limit = Number.POSITIVE_INFINITY, made = true } = {},
): RefusalCase[] {
  const all = poolQuestions(folder, name, split)
  const own = all.filter(({ answerable }) => !answerable).map((question) => unanswered(question, `${name} unanswerable`))
  const answerable = spread(
    all.filter((question) => question.answerable),
    limit,
  )
  const asked = answerable.map((question) => answered(question, name))
  if (!made) return [...asked, ...own]
  const textOf = new Map(readPassages(folder, name).map(({ id, text }) => [id, text]))
  const swapped = swappedQuestions(
    answerable.map(({ id, question, relevant }) => ({ id, question, texts: [...relevant].map((passage) => textOf.get(passage) ?? '') })),
    randomNumbers(5),
  )
  return [
    ...asked,
    ...own,
    ...swapped.map((question) => unanswered(question, `${name} swapped`)),
    ...answerable.filter((_, i) => i % 2 === 0).map((question) => withoutProof(question, name)),
  ]
}

function answered({ id, question, answers, relevant }: PoolQuestion, name: string): RefusalCase {
  const documents = new Set([...relevant].map(documentIdOf))
  const isRight: RefusalCase['isRight'] = ({ retrieved, text }) =>
    documents.has(retrieved.passage.documentId) && answers.some((answer) => holdsWords(text, answer))
  return { id, question, group: name, answerable: true, without: nothing, isRight }
}

function unanswered({ id, question }: { id: string; question: string }, group: string): RefusalCase {
  return { id, question, group, answerable: false, without: nothing, isRight: nothingRight }
}

function withoutProof({ id, question, relevant }: PoolQuestion, name: string): RefusalCase {
  return { ...unanswered({ id: `${id}~removed`, question }, `${name} proof removed`), without: new Set([...relevant].map(documentIdOf)) }
}

/** Every so-manieth of a list. */
function spread<T>(items: readonly T[], limit: number): T[] {
  const step = Math.max(1, items.length / limit)
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

/** A near-miss belongs to the half of the question it was made from. */
const originalOf = (id: string) => /^near-(\w+-\d+)/.exec(id)?.[1] ?? id

/** Questions of a gold file in the repository, without those that go on with a talk. */
export function goldCases(file: string, group: string, split: Split): RefusalCase[] {
  return goldQuestions(readFileSync(file.includes('/') ? file : join(packageRoot(), 'eval', 'gold', file), 'utf8'))
    .filter(({ id, history }) => splitOf(originalOf(id)) === split && history.length === 0)
    .map(({ id, question, answerable, evidence, category }) => ({
      id,
      question,
      group: answerable ? group : `${group} ${category}`,
      answerable,
      without: nothing,
      isRight: ({ start, end }, text) => evidence.some((proof) => overlapsEvidence(text, start, end, proof)),
    }))
}
