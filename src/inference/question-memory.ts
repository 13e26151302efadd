// In: texts to embed. Out: their vectors; those of questions that were asked before are remembered. Must not remember anything else.
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { EmbeddedTexts } from './embedding-client.ts'
import type { TextEmbedder } from './embedder-pool.ts'
import type { TextKind } from './embedding-protocol.ts'

/** Questions remembered by default; 1.5 KB each. */
const QUESTIONS = 1000

/**
 * An embedder that remembers the questions asked last; even those give way once, so that it is noticed when nobody waits any more.
 * A question that is being embedded is not embedded a second time.
 */
export class QuestionMemory implements TextEmbedder {
  readonly #known = new Map<string, Float32Array>()
  readonly #underWay = new Map<string, Promise<EmbeddedTexts>>()

  /** @param limit questions remembered; those asked least recently go first */
  constructor(
    private readonly inner: TextEmbedder,
    private readonly limit: number = QUESTIONS,
  ) {}

  /** @throws as the embedder */
  async embed(kind: TextKind, texts: readonly string[]): Promise<EmbeddedTexts> {
    const [text] = texts
    if (kind !== 'query' || texts.length !== 1 || text === undefined) return this.inner.embed(kind, texts)
    const known = this.#known.get(text)
    if (known === undefined) {
      const embedded = await (this.#underWay.get(text) ?? this.#embedded(text))
      return { ...embedded, vectors: embedded.vectors.slice() }
    }
    await othersFirst()
    this.#remember(text, known)
    return { vectors: known.slice(), dimension: known.length, tokenizeMs: 0, inferMs: 0 }
  }

  #embedded(text: string): Promise<EmbeddedTexts> {
    const embedded = this.inner
      .embed('query', [text])
      .then((result) => {
        this.#remember(text, result.vectors)
        return result
      })
      .finally(() => this.#underWay.delete(text))
    this.#underWay.set(text, embedded)
    return embedded
  }

  #remember(text: string, vector: Float32Array): void {
    this.#known.delete(text)
    this.#known.set(text, vector)
    const [oldest] = this.#known.keys()
    if (this.#known.size > this.limit && oldest !== undefined) this.#known.delete(oldest)
  }
}
