// In: questions with their answers or evidence, and an assistant over their documents. Out: for each question its candidate sentences
// with features, and which of them answer. Only reads.
import { readFileSync } from 'node:fs'
import { ANSWER_PASSAGES } from '../src/answering-engine.ts'
import { FEATURE_NAMES } from '../src/answering/feature-rows.ts'
import { type MeasuredSentence, measuredSentences } from '../src/answering/sentence-features.ts'
import { SentenceTerms } from '../src/answering/sentence-terms.ts'
import type { Assistant } from '../src/assistant.ts'
import { holdsWords, overlapsEvidence } from '../src/evaluation/answer-match.ts'
import { goldQuestions } from '../src/evaluation/gold-question.ts'
import { QUESTION_FORMS, type QuestionForm } from '../src/evaluation/question-forms.ts'
import type { LanguageKnowledge } from '../src/language/knowledge.ts'
import { readQueries, type Split, splitOf } from './data-sets.ts'
import type { RankedList } from './ranking-learner.ts'
import { documentIdOf } from './set-corpus.ts'

/** A question and how to tell whether a sentence answers it. */
export interface LabelledQuestion {
  readonly id: string
  readonly question: string
  readonly isRight: (sentence: MeasuredSentence, documentText: string) => boolean
}

/** Questions of a set; a sentence is right when it lies in a relevant document and has an answer in whole words. */
export function answeredQuestions(folder: string, name: string, split: Split): LabelledQuestion[] {
  return readQueries(folder, name)
    .filter(({ id, answerable }) => answerable !== false && splitOf(id) === split)
    .map(({ id, question, answers, passage_ids, twin_ids }) => {
      const relevant = new Set([...passage_ids, ...(twin_ids ?? [])].map(documentIdOf))
      const isRight = ({ retrieved, text }: MeasuredSentence) =>
        relevant.has(retrieved.passage.documentId) && answers.some((answer) => holdsWords(text, answer))
      return { id, question, isRight }
    })
}

/** Categories whose questions one sentence answers without a conversation before. */
const ONE_SENTENCE = new Set([
  'single_fact',
  'who',
  'when',
  'where',
  'how_many',
  'quote',
  'time_scoped',
  'unaccented',
  'abbreviation',
  'english',
  'typo',
  'list',
])

/** Gold questions that one sentence answers; it is right when it overlaps the evidence. */
export function evidencedQuestions(file: string, split: Split): LabelledQuestion[] {
  return goldQuestions(readFileSync(file, 'utf8'))
    .filter(
      ({ id, answerable, category, evidence }) => answerable && ONE_SENTENCE.has(category) && evidence.length > 0 && splitOf(id) === split,
    )
    .map(({ id, question, evidence }) => ({
      id,
      question,
      isRight: ({ start, end }, documentText) => evidence.some((text) => overlapsEvidence(documentText, start, end, text)),
    }))
}

/** Fewest characters of a sentence that may be shown. */
const MIN_LENGTH = 12

/** What is asked, how, and with which knowledge. */
export interface ListedQuestions {
  readonly knowledge: LanguageKnowledge
  readonly questions: readonly LabelledQuestion[]
  readonly form: QuestionForm
  /** What they are reported under. */
  readonly group: string
}

/** Candidate sentences of each question, as lists for the learner. */
export async function rankedLists(assistant: Assistant, { knowledge, questions, form, group }: ListedQuestions): Promise<RankedList[]> {
  const index = await assistant.index()
  const terms = new SentenceTerms(index)
  const lists: RankedList[] = []
  for (const { id, question, isRight } of questions) {
    const result = await assistant.search(QUESTION_FORMS[form](question), { limit: ANSWER_PASSAGES })
    const { sentences } = measuredSentences(result, { index, terms, knowledge })
    const candidates = sentences.filter(({ text }) => text.length >= MIN_LENGTH)
    const right = candidates.map((candidate) => isRight(candidate, index.documentOf(candidate.retrieved.passage).text))
    const values = Float64Array.from(candidates.flatMap(({ features }) => FEATURE_NAMES.map((name) => features[name])))
    lists.push({ id, group, right, values })
  }
  return lists
}
