// Thư Ký as one of the systems side by side: its library in a process, the index made from nothing, no reader. In: messages of
// `peers/peer.ts`. Out: ids of documents, best first.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { documentIdOf, writeCorpus } from '../eval/set-corpus.ts'
import { type Assistant, createAssistant } from '../src/assistant.ts'
import { configOf } from './corpora.ts'

interface PeerDocument {
  readonly id: string
  readonly title: string
  readonly text: string
}

type PeerRequest =
  | { readonly type: 'index'; readonly documents: readonly PeerDocument[]; readonly folder: string }
  | { readonly type: 'ask'; readonly question: string }

let assistant: Assistant | undefined
const originals = new Map<string, string>()

async function index(documents: readonly PeerDocument[], folder: string): Promise<void> {
  const place = { corpus: join(folder, 'corpus'), index: join(folder, 'index') }
  rmSync(place.index, { recursive: true, force: true })
  writeCorpus(place.corpus, [{ name: 'peers', passages: documents.map((document) => ({ ...document })), questions: [] }])
  for (const { id } of documents) originals.set(documentIdOf(id), id)
  assistant = createAssistant({ ...configOf(place), reader: null })
  await assistant.open()
}

async function ask(question: string): Promise<string[]> {
  const { passages } = (await assistant?.search(question, { limit: 20 })) ?? { passages: [] }
  return passages.map(({ passage }) => originals.get(passage.documentId) ?? passage.documentId)
}

process.on('message', (message: PeerRequest) => {
  const work =
    message.type === 'index' ? index(message.documents, message.folder).then(() => ({})) : ask(message.question).then((ids) => ({ ids }))
  work.then((answer) => process.send?.(answer))
})
