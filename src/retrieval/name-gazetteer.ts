// In: the documents of the corpus. Out: the names of people and places they hold, found again in a question however it is
// spelt: in small letters, without accents, inside an English sentence.
import { addedDocuments, type CorpusIndex } from '../indexing/corpus-index.ts'
import { fold } from '../language/folding.ts'
import { properNames } from '../language/proper-names.ts'
import type { Span } from '../language/spans.ts'
import { type Syllable, syllables } from '../language/syllables.ts'
import { learnedFrom } from './learned-documents.ts'

/** A name of the corpus at its place in a question. */
export interface NamedSpan extends Span {
  /** As the corpus writes it. */
  readonly name: string
}

/** Most documents whose names are read. */
const MAX_DOCUMENTS = 20_000
/** Names of two syllables have to occur so often; longer ones once. "Hà Nội" is a name, a chance pair of capitals is none. */
const MIN_PAIR_OCCURRENCES = 2
const MAX_SYLLABLES = 4

/** Names by their folded form. */
export class NameGazetteer {
  readonly #byFolded: Map<string, { name: string; occurrences: number }>

  /** Settles when the names of all documents have been read. */
  readonly learned: Promise<void>
  #isComplete = false

  /** @param before of the generation before: where documents have only been added, only they are read */
  constructor(
    private readonly index: CorpusIndex,
    before?: NameGazetteer,
  ) {
    const takesOver = before?.isComplete === true && index.documents.size <= MAX_DOCUMENTS
    const added = takesOver ? addedDocuments(before.index, index) : undefined
    this.#byFolded = added === undefined || before === undefined ? new Map() : before.#byFolded
    this.learned = learnedFrom(added ?? [...index.documents.values()].slice(0, MAX_DOCUMENTS), ({ text }) => {
      for (const name of properNames(text)) this.#add(name)
    }).then(() => {
      this.#isComplete = true
    })
  }

  /** Whether all documents have been read. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  /** Names in a question, longest first in effect; they do not overlap. A question with accents has to spell them rightly. */
  find(question: string): NamedSpan[] {
    const parts = syllables(question)
    const found: NamedSpan[] = []
    for (let at = 0; at < parts.length; ) {
      const named = this.#longestAt(parts, at)
      if (named === undefined) {
        at++
        continue
      }
      found.push({ name: named.name, start: (parts[at] as Syllable).start, end: (parts[at + named.length - 1] as Syllable).end })
      at += named.length
    }
    return found
  }

  #longestAt(parts: readonly Syllable[], at: number): { name: string; length: number } | undefined {
    for (let length = Math.min(MAX_SYLLABLES, parts.length - at); length >= 2; length--) {
      const window = parts.slice(at, at + length)
      const entry = this.#byFolded.get(window.map(({ folded }) => folded).join(' '))
      if (entry === undefined || (length === 2 && entry.occurrences < MIN_PAIR_OCCURRENCES)) continue
      const keys = syllables(entry.name).map(({ key }) => key)
      const agrees = window.every(({ key, folded }, i) => key === folded || key === keys[i])
      if (agrees) return { name: entry.name, length }
    }
    return undefined
  }

  #add(name: string): void {
    const folded = syllables(fold(name))
      .map((part) => part.folded)
      .join(' ')
    const known = this.#byFolded.get(folded)
    if (known === undefined) this.#byFolded.set(folded, { name, occurrences: 1 })
    else known.occurrences++
  }
}
