// In: the types of the HTTP contract. Out: the same under the names the page uses. Types only: no code of the server comes along.
import type { ConversationBody } from '../../contract/conversation-schemas.ts'
import type { AskResponse, CitationBody, ConferenceBody, DocumentBody, FullDocumentBody, PassageBody } from '../../contract/schemas.ts'

/** An answer or refusal, the body of `/ask`. */
export type Answer = AskResponse
/** A proof: a verbatim stretch of a document. `source` is told of kept answers whose document is no longer as it was. */
export type Citation = CitationBody & {
  readonly source?: { readonly state: 'changed' | 'moved' | 'removed'; readonly documentId: string | null } | undefined
}
export type Conference = ConferenceBody
/** A conversation with its turns. */
export type Conversation = ConversationBody
/** A conversation in a list. */
export type ConversationSummary = Omit<ConversationBody, 'turns'>
/** A document in a list. */
export type DocumentEntry = DocumentBody & { readonly conference: Conference }
/** A document with its text and where its metadata came from. */
export type FullDocument = FullDocumentBody
export type Passage = PassageBody
export type Interpretation = AskResponse['interpretation']
export type Refusal = NonNullable<AskResponse['refusal']>

/** What may be searched; dates may be partial. */
export interface Filters {
  readonly conferenceIds?: readonly string[]
  readonly documentIds?: readonly string[]
  readonly from?: string
  readonly to?: string
}

/** Verdicts the page offers. */
export type Verdict = 'right' | 'wrong-answer' | 'wrong-citation' | 'should-answer'

/** `GET /corpus`. */
export interface Corpus {
  readonly documents: number
  readonly conferences: number
  readonly passages: number
  readonly generation: number
  /** Whether documents may be written with the key sent. */
  readonly writable: boolean
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}
