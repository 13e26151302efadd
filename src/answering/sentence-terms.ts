// In: stretches of documents. Out: their syllables as numbers that are quick to compare, remembered while the index is in use.
// Knows nothing of questions.
import { passageHeader } from '../corpus/passage-header.ts'
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import { goesOn } from '../language/abbreviations.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { syllableKey } from '../language/canonical.ts'
import { fold } from '../language/folding.ts'
import { eachWord, wordsOf } from '../language/words.ts'
import { holdsType } from './sentence-features-type.ts'

/** What a syllable looks like: in small letters, with a capital, a number. */
export const Shape = { small: 0, capital: 1, number: 2 } as const

/** Number that no syllable has; it stands before every abbreviation that is written out behind a text. */
export const NO_SYLLABLE = -1

/** Syllables of a text in order, and behind them those of its abbreviations written out. All arrays have the same length. */
export interface TextTerms {
  /** Numbers of the comparison keys with accents. */
  readonly accented: Int32Array
  /** Numbers of the comparison keys without accents. */
  readonly folded: Int32Array
  /** One `Shape` for each. */
  readonly shapes: Uint8Array
  /** How many of them the text itself has. */
  readonly length: number
}

/** Terms of a passage: of its header, and of each sentence in order. */
export interface PassageTerms {
  readonly header: TextTerms
  readonly sentences: readonly TextTerms[]
  /** For kinds of things looked for so far, which sentences hold one. */
  readonly held: Map<string, readonly boolean[]>
}

/** Most passages remembered, about 4 KB each; the oldest are forgotten first. */
const REMEMBERED = 6000

/** Looks terms up and remembers them. */
export class SentenceTerms {
  readonly #remembered = new Map<number, PassageTerms>()
  readonly #ids = new Map<string, number>()
  readonly #words = new Map<string, Word>()

  constructor(private readonly index: CorpusIndex) {}

  /** Terms of a passage and its sentences. */
  of(passage: IndexedPassage): PassageTerms {
    const known = this.#remembered.get(passage.label)
    if (known !== undefined) return known
    const document = this.index.documentOf(passage)
    const terms = {
      header: this.#terms(passageHeader(document, passage.section)),
      sentences: passage.sentences.map(({ start, end }) => this.#terms(document.text.slice(start, end))),
      held: new Map<string, readonly boolean[]>(),
    }
    if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value as number)
    this.#remembered.set(passage.label, terms)
    return terms
  }

  /** Whether a sentence of a passage holds the kind of thing asked for, see `holdsType`. */
  holds(passage: IndexedPassage, sentence: number, type: AnswerType): boolean {
    return this.has(passage, sentence, type, (text) => holdsType(text, type))
  }

  /** Whether a sentence of a passage holds something of a kind; looked at once for all sentences of the passage. */
  has(passage: IndexedPassage, sentence: number, kind: string, test: (sentence: string) => boolean): boolean {
    const { held } = this.of(passage)
    const known = held.get(kind)
    if (known !== undefined) return known[sentence] === true
    const { text } = this.index.documentOf(passage)
    const holding = passage.sentences.map(({ start, end }) => test(text.slice(start, end)))
    held.set(kind, holding)
    return holding[sentence] === true
  }

  /** Number of a comparison key (`syllableKey`, folded or not) that some passage looked up so far has; undefined when none has. */
  idOf(key: string): number | undefined {
    return this.#ids.get(key)
  }

  #terms(text: string): TextTerms {
    const { abbreviations } = this.index
    const words: Word[] = []
    let isPlain = true
    eachWord(text, (start, end) => {
      const word = this.#word(text.slice(start, end))
      words.push(word)
      isPlain &&= word.isPlain && !goesOn(text, end)
    })
    const { length } = words
    for (const expansion of isPlain ? words.flatMap(({ meanings }) => meanings) : abbreviations.expansions(text)) {
      words.push(BREAK, ...wordsOf(expansion).map((word) => this.#word(word)))
    }
    const terms = {
      accented: new Int32Array(words.length),
      folded: new Int32Array(words.length),
      shapes: new Uint8Array(words.length),
      length,
    }
    words.forEach(({ accented, folded, shape }, at) => {
      terms.accented[at] = accented
      terms.folded[at] = folded
      terms.shapes[at] = shape
    })
    return terms
  }

  /** A language has few syllables: each is normalised once. */
  #word(text: string): Word {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    const key = syllableKey(text)
    const meanings = this.index.abbreviations.expansions(text)
    const word = { accented: this.#id(key), folded: this.#id(fold(key)), shape: shapeOf(text), meanings, isPlain: !/\p{M}/u.test(text) }
    this.#words.set(text, word)
    return word
  }

  #id(key: string): number {
    const id = this.#ids.get(key) ?? this.#ids.size
    this.#ids.set(key, id)
    return id
  }
}

interface Word {
  readonly accented: number
  readonly folded: number
  readonly shape: number
  /** What it stands for by itself. */
  readonly meanings: readonly string[]
  /** Whether it is all letters and numbers, as short forms are. */
  readonly isPlain: boolean
}

const BREAK: Word = { accented: NO_SYLLABLE, folded: NO_SYLLABLE, shape: Shape.small, meanings: [], isPlain: true }

function shapeOf(text: string): number {
  if (/^\d/.test(text)) return Shape.number
  return /^\p{Lu}/u.test(text) ? Shape.capital : Shape.small
}
