// In: a canonical question as typed. Out: its likely intended spelling: typing residue decoded, missing accents put back.
// Only the search uses it; what the user typed is what is shown.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { AccentRestorer } from '../language/accent-restoration.ts'
import { CorpusSyllableCounts } from '../language/accent-restoration-counts.ts'
import type { AccentModel } from '../language/accent-model.ts'
import { decodeTypingResidue } from '../language/telex.ts'

/** A question in its likely spelling. */
export interface Spelling {
  readonly text: string
  /** Probability, 0–1, that restored syllables are right; 1 when nothing was restored. */
  readonly confidence: number
}

/** Most texts the corpus' own spelling is learned from. */
const MAX_LEARNED_DOCUMENTS = 20_000

/** Spells questions as the corpus does: names and terms that occur in it are the likeliest readings. */
export class Speller {
  readonly #restorer: AccentRestorer

  constructor(
    private readonly index: CorpusIndex,
    private readonly accents: AccentModel,
  ) {
    const corpus = new CorpusSyllableCounts()
    let learned = 0
    for (const { text, metadata } of index.documents.values()) {
      if (learned++ >= MAX_LEARNED_DOCUMENTS) break
      corpus.add(`${metadata.title}. ${metadata.conferenceName}. ${text}`)
    }
    this.#restorer = new AccentRestorer(accents, { corpus })
  }

  /** The likely spelling of a question. */
  spell(question: string): Spelling {
    const known = (folded: string) => this.accents.knowsFolded(folded) || this.index.lexical.documentFrequency(`f${folded}`) > 0
    const decoded = decodeTypingResidue(question, known)
    const { text, confidence } = this.#restorer.restore(decoded)
    return { text, confidence }
  }
}
