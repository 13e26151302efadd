// In: texts of questions. Out: their vectors, each computed once: variants and forms ask the same again and again.
import type { WrapEmbedder } from '../assistant-options.ts'
import type { EmbeddedTexts } from '../inference/embedding-client.ts'

/** Questions remembered; 1.5 KB each. */
const LIMIT = 20_000

/** Remembers the vectors of single questions, for one model; everything else goes through. Where `inner` is given it comes before the model. */
export function queryMemo(inner: WrapEmbedder = (client) => client): WrapEmbedder {
  const known = new Map<string, EmbeddedTexts>()
  return (client) => {
    const embedder = inner(client)
    return {
      embed: async (kind, texts) => {
        if (kind !== 'query') return embedder.embed(kind, texts)
        const key = JSON.stringify(texts)
        const found = known.get(key)
        if (found !== undefined) return { ...found, vectors: found.vectors.slice() }
        const embedded = await embedder.embed(kind, texts)
        if (known.size < LIMIT) known.set(key, { ...embedded, vectors: embedded.vectors.slice() })
        return embedded
      },
    }
  }
}
