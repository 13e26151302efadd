// In: documents and their passages. Out: their words and typed tokens as keys in which anchors of a question are looked for;
// remembered while the index is in use. Knows no question.
import { passageHeader } from '../corpus/passage-header.ts'
import type { SourceDocument } from '../corpus/source-document.ts'
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import { syllables } from '../language/syllables.ts'
import { typedTokens } from '../language/typed-tokens.ts'
import type { Anchor } from './question-anchors.ts'

/** A text as keys. */
export interface EvidenceText {
  /** Folded syllables with a space before, between and behind them; abbreviations written out follow. */
  readonly words: string
  /** First letters of these syllables. */
  readonly initials: string
  readonly tokens: readonly string[]
}

/** Most texts remembered; the oldest are forgotten first. */
const REMEMBERED = 500

/** A long document is looked through in parts of so many UTF-16 units, and what surrounds a passage is its part and both neighbours. */
const PART = 50_000

/** Looks texts up and remembers them. */
export class EvidenceTexts {
  readonly #parts = new Map<string, EvidenceText>()
  readonly #passages = new Map<number, EvidenceText>()

  constructor(private readonly index: CorpusIndex) {}

  /** A whole document with what its metadata say, in parts. */
  ofDocument(document: SourceDocument): EvidenceText[] {
    const count = Math.max(1, Math.ceil(document.text.length / PART))
    return Array.from({ length: count }, (_, part) => this.#around(document, part))
  }

  /** The document of a passage, of a long one what surrounds the passage, with what its metadata say. */
  ofSurroundings({ documentId, start }: IndexedPassage): EvidenceText {
    return this.#around(this.index.documents.get(documentId) as SourceDocument, Math.floor(start / PART))
  }

  #around(document: SourceDocument, part: number): EvidenceText {
    const [from, to] = [Math.max(0, part - 1) * PART, (part + 2) * PART]
    const key = document.text.length <= PART ? document.id : `${document.id}\n${part}`
    return remembered(this.#parts, key, () => this.#of(`${headOf(document)}\n${document.text.slice(from, to)}`))
  }

  /** A passage with the header it is searched by. */
  ofPassage(passage: IndexedPassage): EvidenceText {
    return remembered(this.#passages, passage.label, () => {
      const document = this.index.documentOf(passage)
      return this.#of(`${passageHeader(document, passage.section)}\n${document.text.slice(passage.start, passage.end)}`)
    })
  }

  #of(text: string): EvidenceText {
    const all = [text, ...this.index.abbreviations.expansions(text)].join('\n')
    const folded = syllables(all).map((syllable) => syllable.folded)
    const initials = folded.map((syllable) => syllable.charAt(0)).join('')
    return { words: ` ${folded.join(' ')} `, initials, tokens: typedTokens(text) }
  }
}

/** Whether a text speaks of what an anchor names. */
export function isAnchored({ keys, tokens, initials }: Anchor, text: EvidenceText): boolean {
  return (
    (initials !== undefined && text.initials.includes(initials)) ||
    keys.some((key) => text.words.includes(` ${key} `)) ||
    tokens.some((wanted) =>
      text.tokens.some((token) => (wanted.startsWith(':') ? token.startsWith('ord:') && token.endsWith(wanted) : token === wanted)),
    )
  )
}

function headOf({ metadata }: SourceDocument): string {
  const { title, conferenceName, publisher, publishedAt } = metadata
  return [passageHeader({ metadata, provenance: {} }, null), title, conferenceName, publisher, publishedAt?.slice(0, 10)].join('\n')
}

function remembered<Key>(known: Map<Key, EvidenceText>, key: Key, make: () => EvidenceText): EvidenceText {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  if (known.size >= REMEMBERED) known.delete(known.keys().next().value as Key)
  known.set(key, made)
  return made
}
