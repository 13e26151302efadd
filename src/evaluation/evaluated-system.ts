// In: an assistant. Out: what an evaluation asks: the body `/ask` gives, without anything being kept, and the corpus behind it.
import type { Assistant } from '../assistant.ts'
import { askBody } from '../contract/present.ts'
import type { AskResponse } from '../contract/schemas.ts'
import type { GoldDocument } from './gold-faults.ts'
import type { CorpusView } from './question-score.ts'

/** A question with the turns before it. */
export interface EvaluatedQuestion {
  readonly question: string
  readonly history: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]
}

/** Something that answers questions over a corpus. */
export interface EvaluatedSystem {
  ask(question: EvaluatedQuestion): Promise<AskResponse>
  readonly corpus: CorpusView
  /** Documents by id, for the check of the gold. */
  readonly documents: ReadonlyMap<string, GoldDocument>
}

/** Most passages the contract returns; enough for every rank that is measured. */
const TOP_K = 20

/** The assistant as the server serves it. */
export async function evaluatedSystem(assistant: Assistant): Promise<EvaluatedSystem> {
  const index = await assistant.index()
  const places = new Map<string, { start: number; end: number }[]>()
  for (const { documentId, start, end } of index.passages.values()) {
    const known = places.get(documentId)
    if (known === undefined) places.set(documentId, [{ start, end }])
    else known.push({ start, end })
  }
  const documents = new Map<string, GoldDocument>()
  for (const [id, document] of index.documents) {
    const { name, date } = index.conferenceOf(document)
    documents.set(id, { text: document.text, header: [name, date, document.metadata.publishedAt].join(' ; ') })
  }
  return {
    documents,
    corpus: {
      textOf: (id) => documents.get(id)?.text,
      conferenceOf: (id) => index.documents.get(id)?.metadata.conference,
      passagesOf: (id) => places.get(id) ?? [],
    },
    ask: async ({ question, history }) => {
      const earlierQuestions = history.filter(({ role }) => role === 'user').map(({ content }) => content)
      const result = await assistant.ask({ question, earlierQuestions, topK: TOP_K })
      return askBody(result, { model: assistant.config.model, conversationId: null })
    },
  }
}
