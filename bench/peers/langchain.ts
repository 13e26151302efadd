// LangChain.js as its tutorials do it: RecursiveCharacterTextSplitter, transformers.js embeddings, community's HNSWLib. Left as it is:
// no prefixes for the model, batches in the order of the texts; only the batch of 512 is made 32, which would need gigabytes.
import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers'
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib'
import { pieces, serve, useFolder } from './peer.js'

let store: HNSWLib | undefined

serve({
  async index(documents, model) {
    const embeddings = new HuggingFaceTransformersEmbeddings({ model: useFolder(model), pretrainedOptions: { dtype: 'q8' } })
    embeddings.batchSize = 32
    const cut = await pieces(documents)
    store = await HNSWLib.fromTexts(
      cut.map(({ text }) => text),
      cut.map(({ id }) => ({ id })),
      embeddings,
    )
  },
  async ask(question) {
    const found = (await store?.similaritySearch(question, 20)) ?? []
    return found.map(({ metadata }) => String(metadata['id']))
  },
})
