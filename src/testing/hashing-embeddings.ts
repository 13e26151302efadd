// In: texts. Out: vectors that depend on nothing but their syllables: texts with common words are near each other. Stands in
// for the model where its meaning does not matter; remembers what it was asked to embed.
import { Embeddings } from '@langchain/core/embeddings'
import { syllables } from '../language/syllables.ts'

/** Deterministic embeddings without a model; vectors are L2-normalised. */
export class HashingEmbeddings extends Embeddings<number[]> {
  /** Passages embedded so far, in order. */
  readonly passages: string[] = []

  constructor(readonly dimension: number = 64) {
    super({})
  }

  override async embedQuery(text: string): Promise<number[]> {
    return this.#vector(text)
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    this.passages.push(...texts)
    return texts.map((text) => this.#vector(text))
  }

  #vector(text: string): number[] {
    const vector = new Array<number>(this.dimension).fill(1e-3)
    for (const { folded } of syllables(text)) {
      const hash = [...folded].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5)
      const bucket = hash % this.dimension
      vector[bucket] = (vector[bucket] as number) + (hash & 0x10000 ? 1 : -1)
    }
    const norm = Math.hypot(...vector)
    return vector.map((value) => value / norm)
  }
}
