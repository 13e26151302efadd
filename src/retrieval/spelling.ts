// In: a canonical question as typed. Out: its likely intended spelling: typing residue decoded, typos mended, missing accents put
// back.
// Only the search uses it; what the user typed is what is shown.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AccentModel } from '../language/accent-model.ts'
import { AccentRestorer } from '../language/accent-restoration.ts'
import { CorpusSyllableCounts } from '../language/accent-restoration-counts.ts'
import { withTraditionalTones } from '../language/canonical.ts'
import { calmed } from '../language/shouting.ts'
import { decodeTypingResidue } from '../language/telex.ts'
import { repairTypos, type SyllableLexicon } from '../language/typos.ts'

/** A question in its likely spelling. */
export interface Spelling {
  readonly text: string
  /** Probability, 0–1, that restored syllables are right; 1 when nothing was restored. */
  readonly confidence: number
}

/** Most texts the corpus' own spelling is learned from, spread evenly over a larger corpus. */
const MAX_LEARNED_DOCUMENTS = 20_000
/** Most syllables, and different pairs of them, that are counted: 8 s and 32 MB at the very most. */
const MAX_LEARNED_SYLLABLES = 10_000_000
const MAX_LEARNED_PAIRS = 2 ** 21

/** Spells questions as the corpus does: names and terms that occur in it are the likeliest readings. */
export class Speller implements SyllableLexicon {
  readonly #restorer: AccentRestorer

  constructor(
    private readonly index: CorpusIndex,
    private readonly accents: AccentModel,
  ) {
    const corpus = new CorpusSyllableCounts({ syllableLimit: MAX_LEARNED_SYLLABLES, pairLimit: MAX_LEARNED_PAIRS })
    const stride = Math.ceil(index.documents.size / MAX_LEARNED_DOCUMENTS)
    let place = 0
    for (const { text, metadata } of index.documents.values()) {
      if (place++ % stride !== 0) continue
      corpus.add(`${metadata.title}. ${metadata.conferenceName}. ${text}`)
    }
    this.#restorer = new AccentRestorer(accents, { corpus })
  }

  /** Whether Vietnamese or the corpus has a folded syllable. */
  knows(folded: string): boolean {
    return this.accents.knowsFolded(folded) || this.index.lexical.documentFrequency(`f${folded}`) > 0
  }

  /** In how many passages two folded syllables stand next to each other. */
  pairs(left: string, right: string): number {
    return this.index.lexical.documentFrequency(`F${left} ${right}`)
  }

  /** The likely spelling of a question. */
  spell(question: string): Spelling {
    const calm = withTraditionalTones(this.index.abbreviations.capitalised(calmed(question)))
    const decoded = decodeTypingResidue(calm, (folded) => this.knows(folded))
    const { text, confidence } = this.#restorer.restore(repairTypos(decoded, this))
    return { text, confidence }
  }
}
