// In: nothing (types). Out: what an evaluation of retrieval finds out.

import type { QuestionForm } from '../src/evaluation/question-forms.ts'
import type { FusionMethod } from '../src/retrieval/fusion.ts'

/** Figures of one method on one set in one form. */
export interface RetrievalRow {
  /** `own`: the set's passages alone; `mixed`: those of all sets together. */
  readonly pool: string
  readonly set: string
  readonly form: QuestionForm
  readonly method: FusionMethod
  readonly questions: number
  /** Shares, 0–1. */
  readonly recall1: number
  readonly recall5: number
  readonly mrr10: number
  /** Paired test of recall@1 against ours: how often only ours, only this one is right (McNemar, exact, two-sided). */
  readonly againstOurs?: { readonly onlyOurs: number; readonly onlyThis: number; readonly p: number }
}
