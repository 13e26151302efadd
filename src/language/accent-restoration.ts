// In: a Vietnamese question typed without accents or with some of them. Out: the same with the likeliest accents, and how sure
// that is. Only plain syllables change: case, spacing, punctuation, numbers, English and foreign words stay as they are.
import type { AccentModel } from './accent-model.ts'
import type { SyllableCounts } from './accent-restoration-counts.ts'
import { type AccentToken, accentTokens, BOUNDARY, FOREIGN, NUMBER, type WordMemory } from './accent-restoration-tokens.ts'
import { remembered } from './remembered.ts'
import { isWellSpelt } from './telex-syllable.ts'

/** A restored text. */
export interface AccentRestoration {
  /** The text with accents; equal to the input when nothing changed. */
  readonly text: string
  /** Whether any syllable changed. */
  readonly changed: boolean
  /**
   * Mean probability, 0 to 1, of the changed syllables, each against its other spellings with the neighbours as chosen; 1 when
   * nothing changed. Measured on tune questions without accents: above 0.99, 99 % of syllables are right; 0.9 to 0.95, 92 %;
   * below 0.8, 82 %.
   */
  readonly confidence: number
}

/** How {@link AccentRestorer} weighs its evidence. Defaults were chosen on the tune split (models/accents-vi/README.md). */
export interface AccentRestorerOptions {
  /** Counts of the indexed documents; they may grow afterwards. Default: the bundled model alone. */
  readonly corpus?: SyllableCounts
  /** Occurrences in the corpus at which it weighs as much as the bundled model, above 0. Default 100. */
  readonly corpusHalfWeight?: number
  /** Share of the corpus' single syllables in the bundled probability, 0 to 1. Default 0.01. */
  readonly corpusSyllableShare?: number
  /** Log odds, in natural units, that a plain syllable among accented ones was meant to be plain. Default 3.5. */
  readonly plainLogOdds?: number
}

const DEFAULTS = { corpusHalfWeight: 100, corpusSyllableShare: 0.01, plainLogOdds: 3.5 }
/** Partial sentences kept per syllable. More changes no result on the tune split. */
const BEAM_WIDTH = 12
/** Words of English questions that no Vietnamese sentence contains; each counts three times among the foreign words. */
const ENGLISH_WORDS = new Set(
  'what who whom whose which when where why how is are was were did does had has been with from about that this these you your please help tell'.split(
    ' ',
  ),
)
/** A text without marks is taken for another language when its foreign words exceed this share by one word. */
const FOREIGN_SHARE = 0.5

/** One way to write a token. */
interface Spelling {
  readonly word: string
  /** In the bundled model, -1 when it has none. */
  readonly id: number
  /** In the corpus counts, 0 when it has none. */
  readonly corpusId: number
  /** Log odds against this spelling that the context does not know about. */
  readonly penalty: number
}

/** A partial sentence. */
interface Path {
  readonly spelling: Spelling
  readonly previous: Path | undefined
  /** Handle of its last two syllables in the model. */
  readonly pair: number
  readonly score: number
}

/** Restores accents. Pure: the same text and counts give the same result. */
export class AccentRestorer {
  readonly #model: AccentModel
  readonly #options: Required<Omit<AccentRestorerOptions, 'corpus'>>
  readonly #corpus: SyllableCounts | undefined
  readonly #boundary: Spelling
  readonly #words: WordMemory = new Map()

  constructor(model: AccentModel, options: AccentRestorerOptions = {}) {
    this.#model = model
    this.#corpus = options.corpus
    this.#options = { ...DEFAULTS, ...options }
    this.#boundary = this.#spelling(BOUNDARY, 0)
  }

  /** Restores one canonical text (NFC), best a question or a sentence: time grows with its length, memory too. */
  restore(text: string): AccentRestoration {
    const tokens = accentTokens(text, this.#words)
    const hasMarks = tokens.some(({ word, folded }) => word !== folded)
    if (!hasMarks && isForeign(tokens)) return { text, changed: false, confidence: 1 }
    const lattice = tokens.map((token) => this.#spellings(token, hasMarks))
    const chosen = this.#best(tokens, lattice)
    const changes = [...tokens.keys()].filter((i) => chosen[i]?.word !== tokens[i]?.word)
    if (changes.length === 0) return { text, changed: false, confidence: 1 }
    const sure = changes.map((i) => this.#certainty(i, { tokens, lattice, chosen }))
    const confidence = sure.reduce((sum, probability) => sum + probability, 0) / sure.length
    return { text: rewritten(text, tokens, chosen), changed: true, confidence }
  }

  #spellings(token: AccentToken, hasMarks: boolean): readonly Spelling[] {
    if (isSettled(token)) return [this.#spelling(token.word, 0)]
    const ids = this.#model.spellings(token.folded)
    const penalty = hasMarks ? this.#options.plainLogOdds : 0
    const known = ids.map((id) => this.#model.word(id))
    const added = (this.#corpus?.spellings(token.folded) ?? []).filter((word) => this.#model.id(word) < 0)
    const words = [...known, ...added]
    if (!words.includes(token.word)) words.push(token.word)
    return words.map((word) => this.#spelling(word, word === token.word ? 0 : penalty))
  }

  #spelling(word: string, penalty: number): Spelling {
    return { word, id: this.#model.id(word), corpusId: this.#corpus?.id(word) ?? 0, penalty }
  }

  /** Beam search from left to right. */
  #best(tokens: readonly AccentToken[], lattice: readonly (readonly Spelling[])[]): Spelling[] {
    let paths: Path[] = [{ spelling: this.#boundary, previous: undefined, pair: -1, score: 0 }]
    for (const [i, spellings] of lattice.entries()) {
      if (i > 0 && tokens[i]?.startsClause) paths = this.#extended(paths, [this.#boundary])
      paths = this.#extended(paths, spellings)
    }
    return spellingsOf(this.#extended(paths, [this.#boundary])[0]).filter(({ word }) => word !== BOUNDARY)
  }

  #extended(paths: readonly Path[], spellings: readonly Spelling[]): Path[] {
    const extended: Path[] = []
    for (const previous of paths) {
      for (const spelling of spellings) {
        const score = previous.score + this.#logProbability(previous.pair, previous.spelling, spelling) - spelling.penalty
        extended.push({ spelling, previous, score, pair: -1 })
      }
    }
    return bestOfEachState(extended).map((path) => ({
      ...path,
      pair: this.#model.pair(path.previous?.spelling.id ?? -1, path.spelling.id),
    }))
  }

  /** The bundled model as the prior of the corpus counts (Dirichlet smoothing, MacKay and Peto 1995). */
  #logProbability(pair: number, previous: Spelling, next: Spelling): number {
    const bundled = this.#model.logProbability(pair, previous.id, next.id)
    const corpus = this.#corpus
    if (!corpus || corpus.total === 0) return bundled
    const { corpusHalfWeight, corpusSyllableShare } = this.#options
    const prior = (1 - corpusSyllableShare) * Math.exp(bundled) + (corpusSyllableShare * corpus.count(next.corpusId)) / corpus.total
    const pairs = corpus.pairCount(previous.corpusId, next.corpusId)
    return Math.log((pairs + corpusHalfWeight * prior) / (corpus.count(previous.corpusId) + corpusHalfWeight))
  }

  /** Probability of the chosen spelling of one token when its neighbours are as chosen. */
  #certainty(
    at: number,
    found: { tokens: readonly AccentToken[]; lattice: readonly (readonly Spelling[])[]; chosen: readonly Spelling[] },
  ): number {
    const { tokens, lattice, chosen } = found
    const scores = (lattice[at] ?? []).map((spelling) => {
      const row = this.#neighbourhood(at, tokens, chosen, spelling)
      let score = -spelling.penalty
      for (let i = 2; i < row.length; i++) {
        const [first, second, third] = [row[i - 2], row[i - 1], row[i]]
        if (first && second && third) score += this.#logProbability(this.#model.pair(first.id, second.id), second, third)
      }
      return { score, isChosen: spelling.word === chosen[at]?.word }
    })
    const highest = Math.max(...scores.map(({ score }) => score))
    const sum = scores.reduce((total, { score }) => total + Math.exp(score - highest), 0)
    return scores.reduce((share, { score, isChosen }) => (isChosen ? Math.exp(score - highest) / sum : share), 0)
  }

  /** Two spellings before, the one in question, two after; boundaries where the clause ends. */
  #neighbourhood(at: number, tokens: readonly AccentToken[], chosen: readonly Spelling[], spelling: Spelling): Spelling[] {
    const before = tokens[at]?.startsClause ? [] : chosen.slice(tokens[at - 1]?.startsClause ? at - 1 : Math.max(0, at - 2), at)
    const end = tokens.findIndex((token, i) => i > at && token.startsClause)
    const after = chosen.slice(at + 1, Math.min(at + 3, end < 0 ? tokens.length : end))
    const opening = before.length < 2 ? [this.#boundary, this.#boundary].slice(before.length) : []
    return [...opening, ...before, spelling, ...after, ...(after.length < 2 ? [this.#boundary] : [])]
  }
}

/** The best partial sentences. What follows depends on the last two syllables only, so of those that share them one is enough. */
function bestOfEachState(paths: Path[]): Path[] {
  const best: Path[] = []
  for (const path of paths.sort((a, b) => b.score - a.score)) {
    const { spelling, previous } = path
    if (best.some((other) => other.spelling === spelling && other.previous?.spelling === previous?.spelling)) continue
    best.push(path)
    if (best.length === BEAM_WIDTH) break
  }
  return best
}

const wellSpelt = remembered(isWellSpelt, 4096)

/** Marks as typed stand, unless no Vietnamese syllable has them so ("trưỏng", "truởng"). */
function isSettled({ word, folded }: AccentToken): boolean {
  if (word === NUMBER || word === FOREIGN) return true
  return word !== folded && wellSpelt(word)
}

function spellingsOf(last: Path | undefined): Spelling[] {
  const found: Spelling[] = []
  for (let path = last; path; path = path.previous) found.push(path.spelling)
  return found.reverse()
}

/** Whether a text without accents is in another language than Vietnamese. */
function isForeign(tokens: readonly AccentToken[]): boolean {
  const words = tokens.filter(({ word }) => word !== NUMBER)
  const foreign = words.filter(({ word }) => word === FOREIGN)
  const english = foreign.filter(({ text }) => ENGLISH_WORDS.has(text.toLowerCase())).length
  return foreign.length + 2 * english >= FOREIGN_SHARE * words.length + 1 || foreign.length === words.length
}

/** The text with the chosen spellings in the case of the tokens they replace. */
function rewritten(text: string, tokens: readonly AccentToken[], chosen: readonly Spelling[]): string {
  let result = ''
  let end = 0
  for (const [i, token] of tokens.entries()) {
    const word = chosen[i]?.word ?? token.word
    result += text.slice(end, token.start) + (word === token.word ? token.text : inCaseOf(token.text, word))
    end = token.start + token.text.length
  }
  return result + text.slice(end)
}

/** Letters of `word` in the case of the letters of `pattern`, which has as many. */
function inCaseOf(pattern: string, word: string): string {
  return [...word].map((letter, i) => (pattern[i] === pattern[i]?.toLowerCase() ? letter : letter.toUpperCase())).join('')
}
