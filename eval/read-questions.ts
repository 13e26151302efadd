// In: a question set and an assistant with a reader. Out: for each question its candidates with features beside the reader, which of
// them answer, and what reading cost. Only reads.
import { join } from 'node:path'
import { ANSWER_PASSAGES } from '../src/answering-engine.ts'
import { candidateSentences } from '../src/answering/candidate-sentences.ts'
import { answerability, readCandidates } from '../src/answering/closer-reading.ts'
import { READING_FEATURES } from '../src/answering/reading-features.ts'
import { readReadingWeights } from '../src/answering/reading-weights.ts'
import { SentenceTerms } from '../src/answering/sentence-terms.ts'
import { readSentenceWeights } from '../src/answering/sentence-weights.ts'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { loadConfig } from '../src/config.ts'
import { QUESTION_FORMS, type QuestionForm } from '../src/evaluation/question-forms.ts'
import { loadLanguageKnowledge } from '../src/language/knowledge.ts'
import { packageRoot } from '../src/package-root.ts'
import { readDataSet, readQueries, type Split, splitOf } from './data-sets.ts'
import { answeredQuestions, evidencedQuestions, type LabelledQuestion } from './labelled-sentences.ts'
import type { RankedList } from './ranking-learner.ts'
import { openSetAssistant } from './set-corpus.ts'

/** A question whose candidates were read. */
export interface ReadQuestion {
  readonly list: RankedList
  readonly answerable: boolean
  /** How surely the corpus answers it, by the reader and by the words of its best passage. */
  readonly answerability: number
  readonly coverage: number
  /** Milliseconds for embedding it and for reading, one after the other. */
  readonly embedMs: number
  readonly readMs: number
}

/** What is read. */
export interface ReadingTask {
  readonly data: string
  readonly cache: string
  readonly set: string
  readonly split: Split
  readonly limit: number
  readonly say: (line: string) => void
}

/** Fewest characters of a sentence that may be shown. */
const MIN_LENGTH = 12

/** The shipped weights in the order of the features. */
export function closelyRead(): { weights: number[] } {
  const weights = readReadingWeights()
  return { weights: READING_FEATURES.map((name) => weights[name]) }
}

/** Reads the questions of a set in its forms. */
export async function readQuestions(task: ReadingTask): Promise<ReadQuestion[]> {
  const { data, set, split, limit, say } = task
  const assistant = await opened(task)
  const adversarial = set === 'viquad2_dev'
  const labelled =
    set === 'conferences'
      ? evidencedQuestions(join(packageRoot(), 'eval', 'gold', 'conferences.jsonl'), split)
      : answeredQuestions(data, set, split)
  const questions = labelled.slice(0, limit)
  const forms: readonly QuestionForm[] = adversarial ? ['accented'] : ['accented', 'unaccented']
  const read: ReadQuestion[] = []
  for (const form of forms) {
    for (const question of questions) read.push(await readOne(assistant, question, { form, group: `${set} ${form}`, answerable: true }))
    say(`${set} ${form}: ${questions.length} questions`)
  }
  for (const question of adversarial ? unanswerable(data, set, split) : []) {
    read.push(await readOne(assistant, question, { form: 'accented', group: `${set} unanswerable`, answerable: false }))
  }
  await assistant.close()
  return read
}

async function opened({ data, cache, set, split, say }: ReadingTask): Promise<Assistant> {
  if (set === 'conferences') return createAssistant(loadConfig({ index: join(cache, 'conferences-index') }))
  if (set !== 'viquad2_dev') return openSetAssistant(cache, `own-${set}`, [readDataSet(data, set, split)], say)
  const named = new Set(readQueries(data, set).flatMap(({ passage_ids }) => passage_ids))
  const passages = readDataSet(data, 'viquad1_train', split).passages.filter(({ id }) => named.has(id))
  return openSetAssistant(cache, `pool-${set}`, [{ name: set, passages, questions: [] }], say)
}

function unanswerable(data: string, set: string, split: Split): LabelledQuestion[] {
  return readQueries(data, set)
    .filter(({ id, answerable }) => answerable === false && splitOf(id) === split)
    .map(({ id, question }) => ({ id, question, isRight: () => false }))
}

const knowledge = loadLanguageKnowledge()
const shipped = readSentenceWeights()

/** Features of a question that is not read: its order stays as it was. */
const UNREAD = { span: 0, share: 0, window: 0, unread: 0 }

async function readOne(
  assistant: Assistant,
  { id, question, isRight }: LabelledQuestion,
  { form, group, answerable }: { form: QuestionForm; group: string; answerable: boolean },
): Promise<ReadQuestion> {
  const index = await assistant.index()
  const result = await assistant.search(QUESTION_FORMS[form](question), { limit: ANSWER_PASSAGES })
  const listed = candidateSentences(result, { index, terms: new SentenceTerms(index), knowledge }, shipped)
  const candidates = listed.filter(({ text }) => text.length >= MIN_LENGTH)
  const started = performance.now()
  await assistant.model.embed('query', [result.understood.embedText])
  const embedded = performance.now()
  const read = await readCandidates(result.understood, candidates, assistant.model, index)
  const readMs = performance.now() - embedded
  const features = read?.features ?? candidates.map(({ score }) => ({ ...UNREAD, odds: Math.log(score) }))
  const right = candidates.map((candidate) => isRight(candidate, index.documentOf(candidate.retrieved.passage).text))
  const values = Float64Array.from(features.flatMap((values) => READING_FEATURES.map((name) => values[name])))
  return {
    list: { id, group, right, values },
    answerable,
    answerability: answerability(read?.candidates ?? []) ?? 0,
    coverage: Math.max(...candidates.map((candidate) => candidate.features.passageCoverage)),
    embedMs: embedded - started,
    readMs,
  }
}
