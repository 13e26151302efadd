// In: nothing (types). Out: why a question is not answered.
import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'
import type { Span } from '../language/spans.ts'
import type { RefusalReason } from './answer.ts'

/** Why a question is not answered, with what there is to say about it. */
export interface Verdict {
  readonly reason: RefusalReason
  /** Phrases of the question that nothing in the documents fits. */
  readonly phrases?: readonly string[]
  /** Where the documents say what is true instead. */
  readonly truth?: Span & { readonly document: SourceDocument }
  /** Conferences the question may mean, or asks to be told of. */
  readonly choices?: readonly Conference[]
  /** Whether nothing was asked of the documents: a greeting, or a question for what there is. */
  readonly isTalk?: boolean
}
