// In: a canonical question as typed. Out: its likely intended spelling: typing residue decoded, typos mended, missing accents put
// back.
// Only the search uses it; what the user typed is what is shown.
import { addedDocuments, type CorpusIndex } from '../indexing/corpus-index.ts'
import type { AccentModel } from '../language/accent-model.ts'
import { AccentRestorer } from '../language/accent-restoration.ts'
import { CorpusSyllableCounts } from '../language/accent-restoration-counts.ts'
import { withTraditionalTones } from '../language/canonical.ts'
import { calmed } from '../language/shouting.ts'
import { decodeTypingResidue } from '../language/telex.ts'
import { repairTypos, type SyllableLexicon } from '../language/typos.ts'
import { learnedFrom } from './learned-documents.ts'

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
  readonly #corpus: CorpusSyllableCounts

  /** Settles when the spelling of all documents has been learned. */
  readonly learned: Promise<void>
  #isComplete = false

  /** @param before of the generation before: where documents have only been added, only they are read */
  constructor(
    private readonly index: CorpusIndex,
    private readonly accents: AccentModel,
    before?: Speller,
  ) {
    const takesOver = before?.isComplete === true && index.documents.size <= MAX_LEARNED_DOCUMENTS
    const added = takesOver ? addedDocuments(before.index, index) : undefined
    const stride = Math.ceil(index.documents.size / MAX_LEARNED_DOCUMENTS)
    this.#corpus =
      added === undefined || before === undefined
        ? new CorpusSyllableCounts({ syllableLimit: MAX_LEARNED_SYLLABLES, pairLimit: MAX_LEARNED_PAIRS })
        : before.#corpus
    this.#restorer = new AccentRestorer(accents, { corpus: this.#corpus })
    const documents = added ?? [...index.documents.values()].filter((_, place) => place % stride === 0)
    this.learned = learnedFrom(documents, ({ text, metadata }) => {
      this.#corpus.add(`${metadata.title}. ${metadata.conferenceName}. ${text}`)
    }).then(() => {
      this.#isComplete = true
    })
  }

  /** Whether all documents have been learned. */
  get isComplete(): boolean {
    return this.#isComplete
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
