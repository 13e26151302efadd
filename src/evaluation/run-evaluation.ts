// In: a configuration, gold questions, forms, variants. Out: the results of every variant, asked on the assembly that serves.
import { join } from 'node:path'
import { createAssistant } from '../assistant.ts'
import type { AssistantEvents, WrapEmbedder } from '../assistant-options.ts'
import type { Config } from '../config.ts'
import { evaluate } from './evaluate.ts'
import { evaluatedSystem } from './evaluated-system.ts'
import { type GoldFault, goldFaults } from './gold-faults.ts'
import type { GoldQuestion } from './gold-question.ts'
import { queryMemo } from './query-memo.ts'
import type { QuestionForm } from './question-forms.ts'
import type { QuestionResult } from './question-result.ts'
import { RunJournal, runFingerprint } from './run-journal.ts'
import { SERVED, type Variant, variantOf } from './variant.ts'

/** What is to be run. */
export interface EvaluationRequest {
  readonly config: Config
  readonly golds: readonly GoldQuestion[]
  readonly forms: readonly QuestionForm[]
  /** Names of variants, at least one; the first is the one that is judged. */
  readonly variants: readonly string[]
  /** Values of THUKY_STRICTNESS to try in the first form besides, for the curve of coverage against refusals. */
  readonly strictness: readonly number[]
  readonly parallel: number
  /** Whether to go on with a run that was broken off. */
  readonly resume: boolean
  readonly events?: AssistantEvents
  /** Comes before the model, such as a cache of vectors. */
  readonly wrapEmbedder?: WrapEmbedder
  readonly onProgress?: (variant: string, done: number, total: number) => void
}

/** What a variant was, and what came out. */
export interface VariantRun {
  readonly name: string
  readonly model: string
  readonly strictness: number
  readonly documents: number
  readonly passages: number
  /** Results taken over from a run that was broken off. */
  readonly resumed: number
  readonly results: readonly QuestionResult[]
}

/** What came out of everything. */
export interface EvaluationRun {
  readonly runs: readonly VariantRun[]
  readonly strictness: readonly VariantRun[]
  /** What does not fit between gold and corpus. */
  readonly faults: readonly GoldFault[]
}

/** Runs an evaluation, one variant after the other. */
export async function runEvaluation(request: EvaluationRequest): Promise<EvaluationRun> {
  const { config, forms, variants } = request
  const memos = new Map<string, WrapEmbedder>()
  const runs: VariantRun[] = []
  let faults: readonly GoldFault[] = []
  for (const name of variants) {
    const found = await runVariant(variantOf(name, config), request, forms, memos)
    if (runs.length === 0) faults = found.faults
    runs.push(found.run)
  }
  const strictness: VariantRun[] = []
  for (const value of request.strictness) {
    const name = `${variants[0] ?? SERVED}+strictness=${value}`
    strictness.push((await runVariant(variantOf(name, config), request, forms.slice(0, 1), memos)).run)
  }
  return { runs, strictness, faults }
}

async function runVariant(
  { name, config, overrides }: Variant,
  request: EvaluationRequest,
  forms: readonly QuestionForm[],
  memos: Map<string, WrapEmbedder>,
): Promise<{ run: VariantRun; faults: GoldFault[] }> {
  const { golds, parallel, resume, events, onProgress } = request
  const isFirst = memos.size === 0
  const wrapEmbedder = memos.get(config.model) ?? queryMemo(request.wrapEmbedder)
  memos.set(config.model, wrapEmbedder)
  const assistant = createAssistant(config, events, { ...overrides, wrapEmbedder })
  try {
    const index = await (isFirst ? assistant.open() : assistant.index())
    const system = await evaluatedSystem(assistant)
    const path = join(request.config.indexDir, 'evaluation', `${name.replace(/[^\w.=+-]+/g, '_')}.jsonl`)
    const journal = new RunJournal({ path, fingerprint: runFingerprint(config, name, index.generation), golds, resume })
    const resumed = journal.size
    const results = await evaluate(system, {
      golds,
      forms,
      parallel,
      journal,
      ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(name, done, total) }),
    })
    const { documents, passages } = index
    const sizes = { documents: documents.size, passages: passages.size }
    return {
      run: { name, model: config.model, strictness: config.strictness, ...sizes, resumed, results },
      faults: goldFaults(golds, system.documents),
    }
  } finally {
    await assistant.close()
  }
}
