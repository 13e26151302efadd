// In: stretches of documents. Out: the syllables and pairs of syllables they hold, remembered while the index is in use.
import { passageHeader } from '../corpus/passage-header.ts'
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import { syllables } from '../language/syllables.ts'

/** Terms of a passage: of its header, and of each sentence. Terms are those of the lexical index without typed tokens. */
export interface PassageTerms {
  readonly header: ReadonlySet<string>
  readonly sentences: readonly ReadonlySet<string>[]
}

/** Most passages remembered; the oldest are forgotten first. */
const REMEMBERED = 2000

/** Looks terms up and remembers them. */
export class SentenceTerms {
  readonly #remembered = new Map<number, PassageTerms>()

  constructor(private readonly index: CorpusIndex) {}

  /** Terms of a passage and its sentences. */
  of(passage: IndexedPassage): PassageTerms {
    const known = this.#remembered.get(passage.label)
    if (known !== undefined) return known
    const document = this.index.documentOf(passage)
    const terms = {
      header: this.#terms(passageHeader(document, passage.section)),
      sentences: passage.sentences.map(({ start, end }) => this.#terms(document.text.slice(start, end))),
    }
    if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value as number)
    this.#remembered.set(passage.label, terms)
    return terms
  }

  #terms(text: string): Set<string> {
    const terms = new Set<string>()
    for (const part of [text, ...this.index.abbreviations.expansions(text)]) addTerms(terms, part)
    return terms
  }
}

function addTerms(terms: Set<string>, text: string): void {
  let previous: { key: string; folded: string; end: number } | undefined
  for (const syllable of syllables(text)) {
    terms.add(`a${syllable.key}`)
    terms.add(`f${syllable.folded}`)
    if (previous !== undefined && syllable.start - previous.end <= 3) {
      terms.add(`A${previous.key} ${syllable.key}`)
      terms.add(`F${previous.folded} ${syllable.folded}`)
    }
    previous = syllable
  }
}
