// In: questions, as typed and as they were read. Out: their vectors, on the way as early as can be. Must not search.
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { LocalEmbeddings } from '../inference/local-embeddings.ts'
import { hasAccents } from '../language/folding.ts'
import { embeddedText, type ReadableQuestion } from './understand.ts'

/** Vectors of questions. */
export class QuestionVectors {
  /** What the model embeds ahead now, the latest of it. */
  #ahead: string | undefined

  constructor(private readonly embeddings: LocalEmbeddings) {}

  /**
   * Lets the model begin with a question that is written with accents before it is searched or even read: nearly always it turns out to
   * have been meant as it is written, and its vector is on the way when it is asked for. @returns whether the model has begun
   */
  async begin(question: string): Promise<boolean> {
    if (!hasAccents(question)) return false
    const text = embeddedText(question.trim())
    if (text === this.#ahead) return true
    this.#ahead = text
    const settled = () => {
      if (this.#ahead === text) this.#ahead = undefined
    }
    this.embeddings.embedMatrix('query', [text]).then(settled, settled)
    await othersFirst()
    return true
  }

  /** Vector of the question as it was meant; of an English one, the mean with that of its Vietnamese search words. */
  async of({ language, embedText, searchText }: ReadableQuestion): Promise<Float32Array> {
    const texts = language === 'en' ? [embedText, searchText] : [embedText]
    const { vectors, dimension } = await this.embeddings.embedMatrix('query', texts)
    if (texts.length === 1) return vectors
    const sum = vectors.slice(0, dimension).map((value, i) => value + (vectors[dimension + i] as number))
    const norm = Math.hypot(...sum) || 1
    return sum.map((value) => value / norm)
  }
}
