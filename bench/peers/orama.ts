// Orama: full text and vectors of the same pieces, with the model's prefixes; `hybrid` or `vector` is its first argument. Its default cut
// at a similarity of 0.8 is taken away, since this model's similarities lie closer together.
import { create, insert, search } from '@orama/orama'
import { embedder, pieces, serve } from './peer.js'

const database = create({ schema: { document: 'string', text: 'string', embedding: 'vector[384]' } as const })
let embed: Awaited<ReturnType<typeof embedder>> | undefined

serve({
  async index(documents, model) {
    embed = await embedder(model)
    for (const { id, text } of await pieces(documents))
      await insert(database, { document: id, text, embedding: await embed('passage', text) })
  },
  async ask(question) {
    const value = (await embed?.('query', question)) ?? []
    const vector = { vector: { value, property: 'embedding' }, similarity: 0, limit: 20 } as const
    const found =
      process.argv[2] === 'vector'
        ? await search(database, { mode: 'vector', ...vector })
        : await search(database, { mode: 'hybrid', term: question, properties: ['text'], ...vector })
    return found.hits.map((hit) => String(hit.document.document))
  },
})
