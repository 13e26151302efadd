// In: messages of the benchmark: documents to index once, then questions. Out: ids of documents, best first. What each system does
// stands in its own file; nothing of the product is used here.
import { env, pipeline } from '@huggingface/transformers'
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters'
import { basename, dirname } from 'node:path'

/** A document as every system gets it: title and text in one. */
export interface PeerDocument {
  readonly id: string
  readonly text: string
}

/** One system. */
export interface System {
  index(documents: readonly PeerDocument[], model: string): Promise<void>
  /** Ids of documents, best first; a document may come more than once. */
  ask(question: string): Promise<string[]>
}

type PeerRequest =
  | {
      readonly type: 'index'
      readonly documents: readonly { readonly id: string; readonly title: string; readonly text: string }[]
      readonly model: string
    }
  | { readonly type: 'ask'; readonly question: string }

/** Serves a system to the benchmark. */
export function serve(system: System): void {
  process.on('message', (message: PeerRequest) => {
    const work =
      message.type === 'index'
        ? system
            .index(
              message.documents.map(({ id, title, text }) => ({ id, text: title === '' ? text : `${title}\n${text}` })),
              message.model,
            )
            .then(() => ({}))
        : system.ask(message.question).then((ids) => ({ ids }))
    work.then((answer) => process.send?.(answer))
  })
}

/** Pieces of documents as the tutorials cut them. */
export async function pieces(documents: readonly PeerDocument[]): Promise<PeerDocument[]> {
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 200 })
  const cut = await Promise.all(
    documents.map(async ({ id, text }) => (await splitter.splitText(text)).map((piece) => ({ id, text: piece }))),
  )
  return cut.flat()
}

/** Lets transformers.js find a model folder under its name. */
export function useFolder(model: string): string {
  env.allowRemoteModels = false
  env.localModelPath = dirname(model)
  return basename(model)
}

/** Embeds one text after the other, which is the fastest way on a processor, with the prefix the model was trained with. */
export async function embedder(model: string): Promise<(kind: 'query' | 'passage', text: string) => Promise<number[]>> {
  const extract = await pipeline('feature-extraction', useFolder(model), { dtype: 'q8' })
  return async (kind, text) => {
    const { data } = await extract(`${kind}: ${text}`, { pooling: 'mean', normalize: true })
    return Array.from(data as Float32Array)
  }
}
