// In: texts. Out: their vectors, handed over portion by portion while the next ones are computed, so that whoever links them works
// meanwhile. Texts of similar length go together; the order is the same in every run.
import type { EmbeddingJournal } from './embedding-journal.ts'
import { likelyTokens } from './likely-tokens.ts'

/** Embeds passages: n × dimension, row-major, L2-normalised. */
export type EmbedPassages = (texts: readonly string[]) => Promise<Float32Array>

/** What is needed to embed. */
export interface EmbeddingRun {
  readonly embed: EmbedPassages
  readonly dimension: number
  /** Keeps and gives vectors of a run that was broken off. Default none. */
  readonly journal?: EmbeddingJournal | undefined
  /** Called for each text with its place and its vector, a view. */
  readonly onVector: (place: number, vector: Float32Array) => void
  /** Called after each portion. */
  readonly onPortion: (done: number) => Promise<void> | void
}

/** Texts asked for at once. */
const STEP = 32
/** Requests under way at once: enough for all model processes. */
const UNDER_WAY = 8

interface Portion {
  readonly places: readonly number[]
  readonly vectors: Promise<Float32Array>
}

/** Embeds all texts. @throws what `embed` throws */
export async function embeddedTexts(texts: readonly string[], run: EmbeddingRun): Promise<void> {
  const { embed, dimension, journal, onVector, onPortion } = run
  let done = 0
  const missing: { readonly place: number; readonly tokens: number }[] = []
  for (const [place, text] of texts.entries()) {
    const known = journal?.vector(text)
    if (known === undefined) missing.push({ place, tokens: likelyTokens(text) })
    else {
      onVector(place, known)
      done++
    }
  }
  missing.sort((a, b) => a.tokens - b.tokens || a.place - b.place)
  const textsAt = (places: readonly number[]) => places.map((place) => texts[place] as string)
  const portions: Portion[] = []
  const settleFirst = async () => {
    const { places, vectors } = portions.shift() as Portion
    const matrix = await vectors
    await journal?.keep(textsAt(places), matrix)
    for (const [row, place] of places.entries()) onVector(place, matrix.subarray(row * dimension, (row + 1) * dimension))
    done += places.length
    await onPortion(done)
  }
  for (let at = 0; at < missing.length; at += STEP) {
    const places = missing.slice(at, at + STEP).map(({ place }) => place)
    const vectors = embed(textsAt(places))
    vectors.catch(() => {})
    portions.push({ places, vectors })
    if (portions.length >= UNDER_WAY) await settleFirst()
  }
  while (portions.length > 0) await settleFirst()
}
