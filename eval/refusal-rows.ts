// In: cases and an assistant over their documents. Out: for each case the features gates judge by, and what judging it right means.
import { ANSWER_PASSAGES } from '../src/answering-engine.ts'
import { type CandidateSentence, candidateSentences } from '../src/answering/candidate-sentences.ts'
import { CloserReader } from '../src/answering/closer-reading.ts'
import { EvidenceTexts } from '../src/answering/evidence-texts.ts'
import { REFUSAL_FEATURE_NAMES } from '../src/answering/refusal-feature-names.ts'
import { refusalFeatures } from '../src/answering/refusal-features.ts'
import { isJudgedBySentence, refusalVerdict } from '../src/answering/refusal-gates.ts'
import type { RefusalWeights } from '../src/answering/refusal-weights.ts'
import { SentenceTerms } from '../src/answering/sentence-terms.ts'
import { readSentenceWeights } from '../src/answering/sentence-weights.ts'
import type { Assistant } from '../src/assistant.ts'
import { QUESTION_FORMS, type QuestionForm } from '../src/evaluation/question-forms.ts'
import type { LanguageKnowledge } from '../src/language/knowledge.ts'
import type { RefusalCase } from './refusal-cases.ts'

/** A case, measured. */
export interface RefusalRow {
  readonly id: string
  readonly group: string
  readonly answerable: boolean
  /** Whether the best sentence answers it. */
  readonly right: boolean
  /** Whether a gate that nothing was learned for refuses it already. */
  readonly gated: boolean
  /** Whether the learned gates judge it: the one for what answers, the one for what the corpus is about. */
  readonly judged: boolean
  readonly unscoped: boolean
  /** In the order of `REFUSAL_FEATURE_NAMES`. */
  readonly values: readonly number[]
}

/** Weights that never refuse. */
const ALWAYS: RefusalWeights = {
  model: '',
  answering: { bias: 1, weights: {} },
  belonging: { bias: 1, weights: {} },
  usualCosines: {},
  curves: { reports: neverRefusing(), texts: neverRefusing() },
}

function neverRefusing(): RefusalWeights['curves']['texts'] {
  return [0, 1].map((strictness) => ({ strictness, threshold: 0 }))
}

const MIN_LENGTH = 12

/** Rows of the cases that found anything at all, as they are served; with `alsoUnread` those that a reader looked at once more without it. */
export async function refusalRows(
  assistant: Assistant,
  cases: readonly RefusalCase[],
  { knowledge, form = 'accented', alsoUnread = false }: { knowledge: LanguageKnowledge; form?: QuestionForm; alsoUnread?: boolean },
): Promise<RefusalRow[]> {
  const index = await assistant.index()
  const terms = new SentenceTerms(index)
  const texts = new EvidenceTexts(index)
  const weights = readSentenceWeights()
  const reader = assistant.reader === null ? undefined : new CloserReader(assistant.model, index)
  const rows: RefusalRow[] = []
  for (const { id, question, group, answerable, without, isRight } of cases) {
    const documentIds = without.size === 0 ? [] : [...index.documents.keys()].filter((document) => !without.has(document))
    const result = await assistant.search(QUESTION_FORMS[form](question), { limit: ANSWER_PASSAGES, filters: { documentIds } })
    const listed = candidateSentences(result, { index, terms, knowledge }, weights).filter(({ text }) => text.length >= MIN_LENGTH)
    if (listed.length === 0) continue
    const { understood } = result
    const judged = isJudgedBySentence(understood)
    const unscoped = understood.interpretation.conferenceIds === null && !understood.aboutEvent
    const measured = (sentences: readonly CandidateSentence[]): RefusalRow => {
      const features = refusalFeatures(result, sentences, { index, knowledge, texts })
      const best = sentences[0] as CandidateSentence
      const right = isRight(best, index.documentOf(best.retrieved.passage).text)
      const gated = refusalVerdict(result, sentences, { index, knowledge, texts, weights: ALWAYS, strictness: 0 }) !== undefined
      return { id, group, answerable, right, gated, judged, unscoped, values: REFUSAL_FEATURE_NAMES.map((name) => features[name]) }
    }
    const served = (await reader?.reordered(understood, listed)) ?? listed
    rows.push(measured(served))
    if (alsoUnread && served.some(({ reading }) => reading !== undefined)) rows.push(measured(listed))
  }
  return rows
}
