// In: nothing (types). Out: what an answer consists of. Quotations are exact slices of a document's text.

import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'

/** A proof: a verbatim stretch of one document. `quote === document.text.slice(start, end)`. */
export interface Citation {
  /** Number in the answer's text, from 1. */
  readonly marker: number
  readonly conference: Conference
  readonly document: SourceDocument
  readonly quote: string
  readonly start: number
  readonly end: number
  /** How well it fits the question, in [0, 1]. */
  readonly score: number
}

/** Why a question is not answered. */
export type RefusalReason = 'unknown-conference' | 'not-stated' | 'false-premise' | 'out-of-corpus' | 'ambiguous'

/** A refusal as a value: what was searched and what comes nearest. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly searched: readonly Conference[]
  /** At most three. */
  readonly nearest: readonly Citation[]
}

/**
 * What a chat model had to do with an answer: `checked` it wrote it, and what is shown of it is proven; `replaced` nothing it wrote
 * was proven, so it is answered as without it; `away` it could not be reached or did not answer in time; `busy` too many answers were
 * being written.
 */
export interface Writing {
  readonly model: string
  readonly state: 'checked' | 'replaced' | 'away' | 'busy'
  /** Sentences shown, and those left out because what they cite does not prove them. */
  readonly shown: number
  readonly dropped: number
}

/** An answer with its proofs, or a refusal; the text is for people, in the language of the question. */
export type Answer =
  | {
      readonly answerable: true
      readonly text: string
      readonly citations: readonly Citation[]
      readonly refusal: null
      readonly writing?: Writing
    }
  | { readonly answerable: false; readonly text: string; readonly citations: readonly []; readonly refusal: Refusal }

/** What is told while an answer is being written. All texts together are the text of the answer. */
export interface AnswerListener {
  onCitation(citation: Citation): void
  onText(text: string): void
}
