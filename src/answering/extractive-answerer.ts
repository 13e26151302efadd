// In: what the retriever found. Out: the sentence that answers, word for word, with its proof; or a refusal that says why.
// Every word outside a quotation comes from a template or from metadata.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex, IndexedPassage } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { Answer, Citation } from './answer.ts'
import { answerText, type CitedGroup } from './answer-text.ts'
import { type AskedActor, askedActor } from './asked-actor.ts'
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts'
import { type ChosenProofs, chosenProofs, MAX_SIDES, type ProofGroup } from './chosen-proofs.ts'
import type { CloserReader } from './closer-reading.ts'
import { beginnings, isOfAnotherTime } from './event-time.ts'
import { EvidenceTexts } from './evidence-texts.ts'
import { QuestionMatches } from './question-matches.ts'
import { wordsHeld } from './refusal-features.ts'
import { type JudgedQuestion, judgedQuestion, refusalVerdict } from './refusal-gates.ts'
import { type RefusalWeights, readRefusalWeights } from './refusal-weights.ts'
import { refusedAnswer } from './refused-answer.ts'
import { SentenceTerms } from './sentence-terms.ts'
import { readSentenceWeights, type SentenceWeights } from './sentence-weights.ts'
import { statedFact } from './stated-fact.ts'
import { unprovenWords } from './unproven-words.ts'
import type { Verdict } from './verdict.ts'

/** Settings of the answerer. */
export interface ExtractiveOptions {
  /** How readily a question is refused, 0–1. Default 0.5. */
  readonly strictness: number
  /** Orders the candidates anew when there is one. */
  readonly reader?: CloserReader | undefined
  /** Name of the embedding model; of one that refusals were not learned with the cosines say nothing. Default the one they were. */
  readonly model?: string
}

/** An answer and what it was made of. */
export interface FoundAnswer {
  readonly answer: Answer
  /** Candidates, best first. */
  readonly sentences: readonly CandidateSentence[]
  /** Proofs of the answer; none for a refusal. */
  readonly groups: readonly CitedGroup[]
  /** Conferences asked about that say nothing of it. */
  readonly silent: readonly Conference[]
}

/** Most characters quoted where proofs that add nothing new can be left out. */
const MAX_QUOTED_LENGTH = 600
/** Fewest characters of a quotation that can prove something. */
const MIN_QUOTE_LENGTH = 12

const alone = (main: CandidateSentence): ProofGroup => ({ main, agreeing: [], differing: [] })

const NOT_STATED: Verdict = { reason: 'not-stated' }
/** Sentences, likeliest first, of which it is judged whose words they are. */
const JUDGED = 16

/** Passages that are matched with the question first, and others of their documents, where there is time: meaning finds them too. */
const FORESEEN_FIRST = 24
const FORESEEN_OTHERS = 48
/** Passages whose texts, and those around them, are compared with the question before it has been embedded. */
const FORESEEN_TEXTS = 3

/** What has been made ready for a question. */
interface ForeseenQuestion {
  readonly understood: UnderstoodQuestion
  readonly matches: QuestionMatches
  readonly judged: JudgedQuestion
  actor?: { readonly asked: AskedActor | undefined }
}

/** Answers with sentences of the documents, without any language model. */
export class ExtractiveAnswerer {
  readonly #terms: SentenceTerms
  readonly #texts: EvidenceTexts
  readonly #foreseen = new WeakMap<UnderstoodQuestion, ForeseenQuestion>()

  constructor(
    readonly index: CorpusIndex,
    readonly knowledge: LanguageKnowledge,
    private readonly options: ExtractiveOptions = { strictness: 0.5 },
    private readonly weights: SentenceWeights = readSentenceWeights(),
    private readonly refusals: RefusalWeights = readRefusalWeights(),
  ) {
    this.#terms = new SentenceTerms(index)
    this.#texts = new EvidenceTexts(index)
  }

  /**
   * Makes ready what the answer will need, while the model embeds the question; the answer is the same after any number of steps.
   * @param passages found by the question's words, best first
   */
  *foresee(understood: UnderstoodQuestion, passages: readonly IndexedPassage[]): Generator<void> {
    const question = this.#foreseenOf(understood)
    const { matches, judged } = question
    yield* matches.foresee(passages.slice(0, FORESEEN_FIRST))
    yield void this.#askedActor(question)
    for (const passage of passages.slice(0, FORESEEN_TEXTS)) {
      yield void wordsHeld(judged.weighed, this.#texts.ofPassage(passage))
      yield void wordsHeld(judged.weighed, this.#texts.ofSurroundings(passage))
    }
    const others = new Set([...passages.slice(FORESEEN_FIRST), ...passages.flatMap(({ documentId }) => this.index.passagesOf(documentId))])
    yield* matches.foresee([...others].slice(0, FORESEEN_OTHERS))
  }

  #foreseenOf(understood: UnderstoodQuestion): ForeseenQuestion {
    const known = this.#foreseen.get(understood)
    if (known !== undefined) return known
    const { index, knowledge } = this
    const matches = new QuestionMatches(understood, { index, terms: this.#terms, knowledge })
    const made = { understood, matches, judged: judgedQuestion(understood, this) }
    this.#foreseen.set(understood, made)
    return made
  }

  /** What has been made ready, which is not kept: what a weak map holds outlives many collections of the young generation. */
  #taken(understood: UnderstoodQuestion): ForeseenQuestion {
    const question = this.#foreseenOf(understood)
    this.#foreseen.delete(understood)
    return question
  }

  #askedActor(question: ForeseenQuestion): AskedActor | undefined {
    question.actor ??= { asked: askedActor(question.understood, this) }
    return question.actor.asked
  }

  /** The answer to a question that has been searched for. @throws the signal's reason, and what the reader throws */
  async answer(result: RetrievalResult, signal?: AbortSignal): Promise<Answer> {
    return (await this.found(result, signal)).answer
  }

  /** The answer with what it was made of. @throws the same */
  async found(result: RetrievalResult, signal?: AbortSignal): Promise<FoundAnswer> {
    const { index, knowledge } = this
    const { reader } = this.options
    const question = this.#taken(result.understood)
    const { matches, judged } = question
    const listed = candidateSentences(result, { index, terms: this.#terms, knowledge }, this.weights, matches).filter(
      ({ start, end }) => end - start >= MIN_QUOTE_LENGTH,
    )
    const ordered = reader === undefined ? listed : await reader.reordered(result.understood, listed, signal)
    const proving = this.#ofTheAsked(question, ordered)
    const sentences = proving.length > 0 ? proving : ordered
    const gates = {
      index,
      knowledge,
      texts: this.#texts,
      weights: this.refusals,
      strictness: this.options.strictness,
      usualCosines: (this.options.model ?? this.refusals.model) === this.refusals.model ? undefined : this.refusals.usualCosines,
    }
    const refused = refusalVerdict(result, sentences, gates, judged)
    const verdict = refused ?? (proving.length > 0 ? undefined : NOT_STATED)
    const { isTalk = false, choices = [] } = verdict ?? {}
    const then = isTalk && choices.length > 0 && choices.length <= MAX_SIDES ? beginnings(choices, sentences, index) : undefined
    if (then !== undefined) return { ...this.#answered(result, { groups: then.map(alone), silent: [] }), sentences }
    if (verdict !== undefined) return { answer: refusedAnswer(verdict, result, sentences, index), sentences, groups: [], silent: [] }
    const chosen = chosenProofs(result, sentences, this)
    if (chosen.groups.length === 1 && this.#isOfAnotherTime(result, chosen)) {
      return { answer: refusedAnswer(NOT_STATED, result, sentences, index), sentences, groups: [], silent: [] }
    }
    return { ...this.#answered(result, chosen), sentences }
  }

  /** The sentences that can tell what is asked about somebody, of the likeliest; all where nobody is asked about. */
  #ofTheAsked(question: ForeseenQuestion, sentences: readonly CandidateSentence[]): readonly CandidateSentence[] {
    const actor = this.#askedActor(question)
    return actor === undefined ? sentences : sentences.slice(0, JUDGED).filter((sentence) => actor.mayBeProvenBy(sentence))
  }

  #isOfAnotherTime({ understood }: RetrievalResult, { groups, published = false }: ChosenProofs): boolean {
    const main = groups[0]?.main
    if (main === undefined || published) return false
    return isOfAnotherTime(understood, main.text, this.index.conferenceOf(this.index.documentOf(main.retrieved.passage)))
  }

  /** The chosen proofs in words. What is not proven is left out: first the facts put before the quotations, then the answer. */
  #answered(result: RetrievalResult, { groups, silent, published = false }: ChosenProofs): Omit<FoundAnswer, 'sentences'> {
    const { understood } = result
    const cited = this.#cited(groups, understood, published)
    const citations = cited.flatMap(({ main, agreeing, differing }) => [main, ...agreeing, ...differing])
    const bare = cited.map(({ fact: _, ...group }) => group)
    for (const parts of [cited, bare]) {
      const text = answerText({ groups: parts, silent, language: understood.language })
      if (unprovenWords(text, citations, silent).length > 0) continue
      return { answer: { answerable: true, text, citations, refusal: null }, groups: parts, silent }
    }
    const proofs = groups.map(({ main }) => main)
    return { answer: refusedAnswer(NOT_STATED, result, proofs, this.index), groups: [], silent: [] }
  }

  /** Markers count up in the order in which the proofs are read. */
  #cited(groups: readonly ProofGroup[], understood: UnderstoodQuestion, published: boolean): CitedGroup[] {
    let marker = 0
    let room = MAX_QUOTED_LENGTH - groups.reduce((length, { main }) => length + main.text.length, 0)
    const cite = (sentence: CandidateSentence) => this.#citation(sentence, ++marker)
    return groups.map(({ main, agreeing, differing }) => {
      const first = cite(main)
      const fits = agreeing.filter(({ text }) => {
        room -= text.length
        return room >= 0
      })
      const fact = published
        ? undefined
        : statedFact(understood, { sentence: main.text, conference: first.conference }, this.knowledge.persons)
      return { main: first, agreeing: fits.map(cite), differing: differing.map(cite), fact, published }
    })
  }

  #citation(sentence: CandidateSentence, marker: number): Citation {
    const { start, end, score } = sentence
    const document = this.index.documentOf(sentence.retrieved.passage)
    return { marker, conference: this.index.conferenceOf(document), document, quote: document.text.slice(start, end), start, end, score }
  }
}
