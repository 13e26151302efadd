// In: an understood question. Out: what its words weigh and what it asks after, as numbers of syllables, made once a question.
// Must be made after the terms of the passages, which give the syllables their numbers; says which it has found none for.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned, hasAccents } from '../language/folding.ts'
import { askedUnit } from '../language/quantity-values.ts'
import type { RoleTable } from '../language/roles.ts'
import { type Syllable, syllables } from '../language/syllables.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { SentenceTerms } from './sentence-terms.ts'

/** Weight of a function word beside that of any other word of the same rarity. */
const FUNCTION_WORD_WEIGHT = 0.1

/** The words of a question, each once, with their rarity; all with accents or all without. */
export interface WeightedTerms {
  /** Place of a syllable among the terms, by its number. */
  readonly placeOf: ReadonlyMap<number, number>
  /** Comparison keys of the terms. */
  readonly keys: readonly string[]
  /** Inverse document frequency of each term, function words little; not negative. */
  readonly weights: readonly number[]
  /** Sum of the weights. */
  readonly total: number
  /** Places of the question's syllables in order. */
  readonly order: readonly number[]
  /** Weights of its pairs of neighbours, by `pairKey`. */
  readonly pairs: ReadonlyMap<number, number>
  readonly pairTotal: number
}

/** The noun a question word belongs to: "thành phố nào", "bao nhiêu người". */
export interface Focus {
  /** Numbers of its folded syllables, the one next to the question word first; at most two. */
  readonly syllables: readonly number[]
  /** Whether what is asked for stands before the noun ("bao nhiêu người") or behind it ("thành phố nào"). */
  readonly answer: 'before' | 'behind'
}

/** A question as sentences are compared with it. */
export interface QuestionTerms {
  /** Its content; with accents when it has any, be they typed or put back. */
  readonly content: WeightedTerms
  /** Its content without accents. */
  readonly folded: WeightedTerms
  /** Whether `content` is with accents. */
  readonly accented: boolean
  /** Numbers of all its folded syllables: what a sentence repeats does not answer. */
  readonly asked: ReadonlySet<number>
  /** Keys of its syllables that are written with a capital behind another word and that the corpus has; with accents when `accented`. */
  readonly capitals: ReadonlySet<string>
  readonly focus: Focus | undefined
  /** Keys of its syllables that no passage looked up so far has. */
  readonly missing: readonly string[]
}

/** What a question asks for, in all its words. */
export interface AskedFor {
  readonly question: QuestionTerms
  readonly answerType: AnswerType
  /** Of its content, what is written with a capital. */
  readonly names: WeightedTerms
  readonly roles: ReadonlySet<string>
  /** Whether it asks about a venue that only joins in. */
  readonly elsewhere: boolean
  /** Short forms in it, as written in a definition: "(CATW)". */
  readonly shortForms: readonly string[]
  /** Unit of the quantity asked for, when it names one. */
  readonly unit: string | undefined
  /** How much the opening of a report is what it asks for, 0–1. */
  readonly leadWeight: number
}

/** What questions are read with. */
export interface QuestionTools {
  readonly index: CorpusIndex
  readonly terms: SentenceTerms
  /** Keys of words that hold a question together. */
  readonly functionWords: ReadonlySet<string>
}

/** What a question asks for. */
export function askedFor(understood: UnderstoodQuestion, tools: QuestionTools & { readonly roles: RoleTable }): AskedFor {
  const { searchText, interpretation } = understood
  const question = questionTerms(understood, tools)
  return {
    question,
    answerType: interpretation.answerType,
    names: namesOnly(question),
    roles: tools.roles.rolesIn(searchText),
    elsewhere: tools.roles.isElsewhere(searchText),
    shortForms: shortForms(understood.question),
    unit: askedUnit(searchText),
    leadWeight: leadWeight(understood),
  }
}

/** Key of the pair of terms at two places. */
export function pairKey(left: number, right: number): number {
  return left * 4096 + right
}

/** The question as numbers. */
function questionTerms({ content, searchText }: UnderstoodQuestion, tools: QuestionTools): QuestionTerms {
  const words = syllables(tools.index.abbreviations.writtenOut(content)).slice(0, 4000)
  const accented = hasAccents(content)
  const folded = weightedTerms(words, 'f', tools)
  const searched = syllables(searchText)
  const keys = new Set([...words, ...searched].flatMap(({ key, folded }) => [key, folded]))
  return {
    content: accented ? weightedTerms(words, 'a', tools) : folded,
    folded,
    accented,
    asked: new Set([...searched, ...words].flatMap((word) => tools.terms.idOf(word.folded) ?? [])),
    capitals: capitalsOf(searchText, accented, tools),
    focus: focusOf(searched, tools),
    missing: [...keys].filter((key) => tools.terms.idOf(key) === undefined),
  }
}

function weightedTerms(words: readonly Syllable[], family: 'a' | 'f', { index, terms, functionWords }: QuestionTools): WeightedTerms {
  const places = new Map<string, number>()
  const placeOf = new Map<number, number>()
  const weights: number[] = []
  const order = words.map(({ key, folded }) => {
    const text = family === 'a' ? key : folded
    const known = places.get(text)
    if (known !== undefined) return known
    const place = weights.length
    places.set(text, place)
    const id = terms.idOf(text)
    if (id !== undefined) placeOf.set(id, place)
    weights.push(index.lexical.inverseDocumentFrequency(family + text) * (functionWords.has(text) ? FUNCTION_WORD_WEIGHT : 1))
    return place
  })
  const pairs = new Map<number, number>()
  words.slice(1).forEach((word, i) => {
    const before = words[i] as Syllable
    const [left, right] = family === 'a' ? [before.key, word.key] : [before.folded, word.folded]
    const functional = [left, right].filter((text) => functionWords.has(text)).length
    const rarity = index.lexical.inverseDocumentFrequency(`${family.toUpperCase()}${left} ${right}`)
    pairs.set(pairKey(order[i] as number, order[i + 1] as number), rarity * FUNCTION_WORD_WEIGHT ** functional)
  })
  return { placeOf, keys: [...places.keys()], weights, total: sum(weights), order, pairs, pairTotal: sum(pairs.values()) }
}

/** A capital that does not open a sentence. */
const CAPITALISED = /(?<=[^.?!] )\p{Lu}\p{L}+/gu

function capitalsOf(text: string, accented: boolean, { index }: QuestionTools): Set<string> {
  const words = (text.match(CAPITALISED) ?? []).flatMap((word) => syllables(word))
  const keys = words.map(({ key, folded }) => (accented ? key : folded))
  return new Set(keys.filter((key) => index.lexical.documentFrequency((accented ? 'a' : 'f') + key) > 0))
}

/** The same terms, of which only those written with a capital in the question weigh anything. */
function namesOnly({ content, capitals }: QuestionTerms): WeightedTerms {
  const weights = content.weights.map((weight, place) => (capitals.has(content.keys[place] as string) ? weight : 0))
  return { ...content, weights, total: sum(weights) }
}

/** Words this common in the corpus hold the question together; among the candidates they stay light. */
const COMMON = 1

/** The same terms weighted by their rarity among some texts, given how often each text has each of them. */
export function locallyWeighted(content: WeightedTerms, counts: readonly Uint8Array[]): WeightedTerms {
  const weights = content.weights.map((weight, place) => {
    let having = 0
    for (const own of counts) if ((own[place] as number) > 0) having++
    const rarity = Math.log(1 + (counts.length - having + 0.5) / (having + 0.5))
    return weight < COMMON ? rarity * FUNCTION_WORD_WEIGHT : rarity
  })
  return { ...content, weights, total: sum(weights) }
}

const BEHIND = new Set(['nao', 'gi', 'may'])
/** Number of a syllable that no passage looked up so far has; `NO_SYLLABLE` stands in texts. */
const NOWHERE = -2

function focusOf(words: readonly Syllable[], { terms, index }: QuestionTools): Focus | undefined {
  const folded = words.map((word) => word.folded)
  const isKnown = (key: string) => index.lexical.documentFrequency(`f${key}`) > 0
  const ids = (keys: readonly string[]) => keys.filter(isKnown).map((key) => terms.idOf(key) ?? NOWHERE)
  const counted = folded.findIndex((key, i) => (key === 'bao' && folded[i + 1] === 'nhieu') || words[i]?.key === 'mấy')
  if (counted >= 0) {
    const after = folded[counted] === 'bao' ? counted + 2 : counted + 1
    const noun = ids(folded.slice(after, after + 2))
    return noun.length === 0 ? undefined : { syllables: noun, answer: 'before' }
  }
  const at = folded.findIndex((key, i) => i > 0 && BEHIND.has(key))
  if (at <= 0) return undefined
  const noun = ids(folded.slice(Math.max(0, at - 2), at).reverse())
  return noun.length === 0 ? undefined : { syllables: noun, answer: 'behind' }
}

function shortForms(question: string): string[] {
  return (question.match(/(?<![\p{L}\p{N}])[\p{Lu}\d.]{2,10}(?![\p{L}\p{N}])/gu) ?? []).map((short) => `(${short})`)
}

const COURSE = /(?<![\p{L}\p{N}])(?:dien ra|to chuc|hop|so ket|tong ket|noi dung|khai mac|be mac|ket thuc|phat dong|le)(?![\p{L}\p{N}])/u
const COURSE_TYPES: ReadonlySet<AnswerType> = new Set(['date', 'place', 'duration', 'list', 'reason'])

function leadWeight({ aboutEvent, searchText, interpretation }: UnderstoodQuestion): number {
  if (aboutEvent) return 1
  return COURSE_TYPES.has(interpretation.answerType) && COURSE.test(foldAligned(searchText)) ? 0.5 : 0
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
