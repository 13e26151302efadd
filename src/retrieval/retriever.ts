// In: a question, its filters and one generation of the index. Out: passages ranked by both legs, with the parts of their score
// and the interpretation that led to them. Must not answer anything.
import { setImmediate as othersFirst } from 'node:timers/promises'
import { isHeldInYear } from '../indexing/conferences.ts'
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import type { MatchedTerm } from '../indexing/lexical-index.ts'
import type { VectorLookup } from '../indexing/vector-search.ts'
import type { LocalEmbeddings } from '../inference/local-embeddings.ts'
import { canonicalText } from '../language/canonical.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { type FusionOptions, fuse } from './fusion.ts'
import type { Interpretation } from './interpretation.ts'
import { takenUntil } from './meanwhile.ts'
import { NameGazetteer } from './name-gazetteer.ts'
import { groupedCopies } from './near-duplicates.ts'
import { allowedLabels, type RetrievalFilters, scopedByFilters } from './retrieval-filters.ts'
import { QuestionVectors } from './question-vectors.ts'
import { Speller } from './spelling.ts'
import { UsualWaits } from './usual-waits.ts'
import { readable, type UnderstoodQuestion, understand } from './understand.ts'
import { type FoundByWords, WordSearch } from './word-search.ts'

/** Parts of a passage's score, each in [0, 1]; `scope` is the factor by which what the question is about
 * lifted it: a year it names, or the event as such. */
export interface ScoreParts {
  readonly dense: number
  readonly lexical: number
  readonly scope: number
}

/** Why a passage stands where it stands; before scaling. */
export interface PassageExplanation {
  /** Cosine of the question with the passage, and with its nearest sentence. */
  readonly passageSimilarity: number
  readonly sentenceSimilarity: number
  /** BM25 score and the terms it is made of, most first. */
  readonly lexicalScore: number
  readonly terms: readonly MatchedTerm[]
}

/** A passage found for a question. */
export interface RetrievedPassage {
  readonly passage: IndexedPassage
  /** In [0, 1] for min-max fusion; comparable within one question only. */
  readonly score: number
  readonly parts: ScoreParts
  /** Passages of other reports of the event that say the same. */
  readonly copies: readonly IndexedPassage[]
  /** Only when asked for. */
  readonly explanation?: PassageExplanation
}

/** Vectors of the passages found and of their sentences, by label. */
export interface FoundVectors {
  readonly passages: VectorLookup
  readonly sentences: VectorLookup
}

/** What a search found and how the question was read. */
export interface RetrievalResult {
  readonly understood: UnderstoodQuestion
  /** Where was searched, beside what the question names itself. */
  readonly filters: RetrievalFilters
  /** Best first. */
  readonly passages: readonly RetrievedPassage[]
  /** Vector of the question, L2-normalised. */
  readonly vector: Float32Array
  readonly vectors: FoundVectors
  readonly timingsMs: { readonly embed: number; readonly retrieve: number }
}

/** Settings of a search. */
export interface RetrievalOptions {
  /** Passages to return. Default 10. */
  readonly limit: number
  readonly filters: RetrievalFilters
  /** `question`: what the question names narrows the search beside the filters; `filters`: they alone do. Default `question`. */
  readonly scope: 'question' | 'filters'
  readonly fusion: Partial<FusionOptions>
  /** Candidates taken from each leg. Default 32: more cost time and found no more on viquad1_dev and uit_wiki (tune). */
  readonly candidateLimit: number
  /** Whether to explain every score. Default false. */
  readonly explain: boolean
  /**
   * Steps of work that are taken while the model embeds the question, as many as there is time for; given the passages its words have
   * found, best first. Must not throw. Default none.
   */
  readonly meanwhile: (understood: UnderstoodQuestion, passages: readonly IndexedPassage[]) => Iterable<void>
}

const DEFAULTS: RetrievalOptions = {
  limit: 10,
  filters: {},
  scope: 'question',
  fusion: {},
  candidateLimit: 32,
  explain: false,
  meanwhile: () => [],
}

/** Share of the whole passage in its nearness; the rest is its nearest sentence. Tuned on viquad1_dev and uit_wiki (tune). */
const PASSAGE_SHARE = 0.4
/** Share of the dense leg for a question with a name: words find names, meaning does not. */
const NAMED_ALPHA = 0.5
/** A year named in passing lifts what happened in it by this factor. */
const YEAR_BOOST = 1.12
/** Nothing but a fact of the event is asked: its report says that where it opens. */
const LEAD_BOOST = 3
/** Words under a picture repeat what the report says; they come after it. */
const CAPTION_FACTOR = 0.8

/** Finds passages. LangChain's face of it is `ThukyRetriever`: a server need not load LangChain to answer. */
export class ConferenceRetriever {
  readonly #speller: Speller
  readonly #names: NameGazetteer
  readonly #words: WordSearch
  readonly #questions: QuestionVectors
  readonly #waits = new UsualWaits()

  /** Settles when names and spelling of a large corpus are known; it can be searched before. */
  readonly learned: Promise<void>

  /** @param before of the generation before: what it has learned from documents that are still there is taken over */
  constructor(
    private readonly index: CorpusIndex,
    embeddings: LocalEmbeddings,
    private readonly knowledge: LanguageKnowledge,
    private readonly defaults: Partial<RetrievalOptions> = {},
    before?: ConferenceRetriever,
  ) {
    const [speller, names] = before === undefined ? [] : [before.#speller, before.#names]
    this.#speller = new Speller(index, knowledge.accents, speller)
    this.#names = new NameGazetteer(index, names)
    this.#words = new WordSearch(index, knowledge)
    this.#questions = new QuestionVectors(embeddings)
    this.learned = Promise.all([this.#speller.learned, this.#names.learned]).then(() => {})
  }

  /** Searches; the question may be in any spelling. It is understood, and its words are searched, while the model's process embeds. */
  async search(question: string, overrides: Partial<RetrievalOptions> = {}): Promise<RetrievalResult> {
    const options = { ...DEFAULTS, ...this.defaults, ...overrides }
    const started = performance.now()
    const asked = canonicalText(question).trim()
    const tools = { ...this.knowledge, index: this.index, speller: this.#speller, names: this.#names }
    const isAhead = await this.#questions.begin(asked)
    const read = readable(asked, tools)
    const sentAt = isAhead ? started : performance.now()
    const pending = this.#questions.of(read)
    pending.catch(() => {})
    const stayAwake = this.#waits.begin(pending, sentAt)
    await othersFirst()
    const meant = understand(read, tools)
    const understood =
      options.scope === 'filters' ? { ...meant, interpretation: scopedByFilters(meant.interpretation, options.filters) } : meant
    const allowed = allowedLabels(this.index, options.filters, understood.interpretation)
    const words = this.#words.search(understood, allowed, options.candidateLimit)
    await takenUntil(pending, this.#meanwhile(understood, [...words.scores.keys()], options))
    stayAwake()
    const vector = await pending
    const embedded = performance.now()
    const { passages, vectors } = await this.#ranked(understood, vector, words, allowed, options)
    const timingsMs = { embed: embedded - sentAt, retrieve: sentAt - started + performance.now() - embedded }
    return { understood, filters: options.filters, passages, vector, vectors, timingsMs }
  }

  /** Lets the model begin with a question that will be searched, see `QuestionVectors.begin`. */
  async foresee(question: string): Promise<void> {
    await this.#questions.begin(question)
  }

  /** What can be done before the vector has come. */
  *#meanwhile(understood: UnderstoodQuestion, found: readonly number[], { meanwhile }: RetrievalOptions): Generator<void> {
    const { passageVectors, sentenceVectors } = this.index
    yield passageVectors.expect?.(found)
    yield sentenceVectors.expect?.(this.index.sentencesOf(found))
    const passages = found.flatMap((label) => this.index.passages.get(label) ?? [])
    yield* meanwhile(understood, passages)
  }

  async #ranked(
    { interpretation, names, aboutEvent }: UnderstoodQuestion,
    vector: Float32Array,
    { terms, scores: lexical }: FoundByWords,
    allowed: ReadonlySet<number> | undefined,
    { fusion, candidateLimit, limit, explain }: RetrievalOptions,
  ): Promise<{ passages: RetrievedPassage[]; vectors: FoundVectors }> {
    const dense = await this.#denseCandidates(vector, candidateLimit, allowed)
    const few = allowed !== undefined && allowed.size <= candidateLimit ? allowed : []
    const labels = [...new Set([...dense, ...lexical.keys(), ...few])]
    const vectors = await this.#vectorsOf(labels, vector)
    const scores = labels.map((label) => ({ dense: this.#similarity(vector, label, vectors), lexical: lexical.get(label) }))
    const fused = fuse(scores, names.length > 0 ? { alpha: NAMED_ALPHA, ...fusion } : fusion)
    const ranked = labels.map((label, i) => {
      const passage = this.index.passages.get(label) as IndexedPassage
      const { dense: d, lexical: l, fused: together } = fused[i] as (typeof fused)[number]
      const scope = this.#yearFactor(passage, interpretation) * (aboutEvent && this.index.isLead(passage) ? LEAD_BOOST : 1)
      const score = Math.min(1, together * scope * (passage.kind === 'caption' ? CAPTION_FACTOR : 1))
      return { passage, score, parts: { dense: d, lexical: l, scope } }
    })
    const groups = groupedCopies(ranked.sort(byScoreAndPlace).slice(0, limit * 2), this.index)
    const best = groups.slice(0, limit).map(({ best: found, copies }) => ({ ...found, copies: copies.map(({ passage }) => passage) }))
    const similarities = (label: number) => this.#similarities(vector, label, vectors)
    const explained = (found: RetrievedPassage) => ({ ...found, explanation: this.#explanation(found.passage, similarities, terms) })
    return { passages: explain ? best.map(explained) : best, vectors }
  }

  /**
   * Labels of passages with a sentence near the question. Passages near it as a whole are not looked for beside these: on six sets (tune)
   * recall@1 lost 2 of 7,444 questions by that (both forms, each set alone and all in one pool), and it took as long again.
   */
  async #denseCandidates(vector: Float32Array, limit: number, allowed: ReadonlySet<number> | undefined): Promise<number[]> {
    const { sentenceVectors, passageOfSentence } = this.index
    const sentences = allowed === undefined ? undefined : new Set(this.index.sentencesOf(allowed))
    const near = await sentenceVectors.nearest(vector, limit, sentences)
    return [...new Set(near.map(({ label }) => passageOfSentence.get(label) as number))]
  }

  async #vectorsOf(labels: readonly number[], query: Float32Array): Promise<FoundVectors> {
    const { passageVectors, sentenceVectors } = this.index
    const [ofPassages, ofSentences] = await Promise.all([
      passageVectors.vectorsOf(labels, query),
      sentenceVectors.vectorsOf(this.index.sentencesOf(labels), query),
    ])
    return { passages: ofPassages, sentences: ofSentences }
  }

  /** Nearness of a passage: its own cosine and that of its nearest sentence, weighted. */
  #similarity(vector: Float32Array, label: number, vectors: FoundVectors): number {
    const { passage, sentence } = this.#similarities(vector, label, vectors)
    return PASSAGE_SHARE * passage + (1 - PASSAGE_SHARE) * sentence
  }

  #similarities(vector: Float32Array, label: number, { passages, sentences }: FoundVectors): { passage: number; sentence: number } {
    let sentence = -1
    for (const part of this.index.passages.get(label)?.sentences ?? []) {
      sentence = Math.max(sentence, sentences.similarity(vector, part.label) ?? -1)
    }
    return { passage: passages.similarity(vector, label) ?? -1, sentence }
  }

  #explanation(
    { label }: IndexedPassage,
    similarities: (label: number) => { passage: number; sentence: number },
    weights: ReadonlyMap<string, number>,
  ): PassageExplanation {
    const { passage, sentence } = similarities(label)
    const terms = this.index.lexical.explain(weights, label)
    const lexicalScore = terms.reduce((sum, { score }) => sum + score, 0)
    return { passageSimilarity: passage, sentenceSimilarity: sentence, lexicalScore, terms }
  }

  #yearFactor(passage: IndexedPassage, { years }: Interpretation): number {
    if (years.length === 0) return 1
    const conference = this.index.conferenceOf(this.index.documentOf(passage))
    return years.some((year) => isHeldInYear(conference, year)) ? YEAR_BOOST : 1
  }
}

type Ranked = Pick<RetrievedPassage, 'passage' | 'score' | 'parts'>

/** Best first; equal scores by document and place, which do not depend on how the index came to be. */
function byScoreAndPlace(a: Ranked, b: Ranked): number {
  const byDocument = a.passage.documentId < b.passage.documentId ? -1 : a.passage.documentId > b.passage.documentId ? 1 : 0
  return b.score - a.score || byDocument || a.passage.start - b.passage.start
}
