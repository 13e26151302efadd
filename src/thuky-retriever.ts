// In: a query of somebody else's chain. Out: passages of the corpus as LangChain documents, each with its place and its event.
// The search is the assistant's own; nothing is answered here.
import { Document } from '@langchain/core/documents'
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers'
import type { Assistant } from './assistant.ts'
import { placeAt } from './corpus/document-places.ts'
import type { RetrievalFilters } from './retrieval/retrieval-filters.ts'

/** Settings of the retriever. */
export interface ThukyRetrieverOptions extends BaseRetrieverInput {
  readonly assistant: Assistant
  /** Documents returned for a query, 1–100. Default 10. */
  readonly topK?: number
  /** What may be searched. Default: everything. */
  readonly filters?: RetrievalFilters
}

/** What is known of a passage. Offsets count UTF-16 units in the text of the document: `pageContent === text.slice(start, end)`. */
export interface ThukyMetadata {
  readonly documentId: string
  readonly title: string
  readonly conferenceId: string
  readonly conferenceName: string
  /** ISO date of the event, as precise as known. */
  readonly date: string | null
  readonly publisher: string | null
  readonly url: string | null
  readonly start: number
  readonly end: number
  /** Page, in formats that have pages. */
  readonly page: number | null
  /** Heading the passage stands under. */
  readonly heading: string | null
  /** In [0, 1]; comparable within one query only. */
  readonly score: number
}

/** The corpus as a LangChain retriever. */
export class ThukyRetriever extends BaseRetriever<ThukyMetadata & Record<string, unknown>> {
  static override lc_name(): string {
    return 'ThukyRetriever'
  }
  override lc_namespace = ['thuky']
  readonly #assistant: Assistant
  readonly #topK: number
  readonly #filters: RetrievalFilters

  constructor({ assistant, topK = 10, filters = {}, ...fields }: ThukyRetrieverOptions) {
    super(fields)
    this.#assistant = assistant
    this.#topK = topK
    this.#filters = filters
  }

  /** @throws ThukyError `invalid-request` for an unknown id in the filters */
  override async _getRelevantDocuments(query: string): Promise<Document<ThukyMetadata & Record<string, unknown>>[]> {
    const { passages, index } = await this.#assistant.search(query, { filters: this.#filters, limit: this.#topK })
    return passages.map(({ passage: { start, end, documentId }, passage, score }) => {
      const document = index.documentOf(passage)
      const { title, conference, conferenceName, date, publisher, url } = document.metadata
      const { page, heading } = placeAt(document, start)
      const event = { conferenceId: conference, conferenceName, date, publisher, url }
      return new Document({
        id: `${documentId}:${start}-${end}`,
        pageContent: document.text.slice(start, end),
        metadata: { documentId, title, ...event, start, end, page, heading, score },
      })
    })
  }
}
