// In: what the retriever found. Out: the sentence that answers, word for word, with its proof; or a refusal that says why.
// Every word outside a quotation comes from a template or from metadata.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { Answer, Citation, RefusalReason } from './answer.ts'
import { answerText, type CitedGroup } from './answer-text.ts'
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts'
import { type ChosenProofs, chosenProofs, type ProofGroup } from './chosen-proofs.ts'
import type { CloserReader } from './closer-reading.ts'
import { refusalReason } from './refusal-gates.ts'
import { SentenceTerms } from './sentence-terms.ts'
import { readSentenceWeights, type SentenceWeights } from './sentence-weights.ts'
import { statedFact } from './stated-fact.ts'
import { unprovenWords } from './unproven-words.ts'
import { refusalText } from './wording.ts'

/** Settings of the answerer. */
export interface ExtractiveOptions {
  /** How readily a question is refused, 0–1. Default 0.5. */
  readonly strictness: number
  /** Orders the candidates anew when there is one. */
  readonly reader?: CloserReader | undefined
}

/** Most characters quoted where proofs that add nothing new can be left out. */
const MAX_QUOTED_LENGTH = 600
/** Fewest characters of a quotation that can prove something. */
const MIN_QUOTE_LENGTH = 12

/** Answers with sentences of the documents, without any language model. */
export class ExtractiveAnswerer {
  readonly #terms: SentenceTerms

  constructor(
    readonly index: CorpusIndex,
    readonly knowledge: LanguageKnowledge,
    private readonly options: ExtractiveOptions = { strictness: 0.5 },
    private readonly weights: SentenceWeights = readSentenceWeights(),
  ) {
    this.#terms = new SentenceTerms(index)
  }

  /** The answer to a question that has been searched for. @throws the signal's reason, and what the reader throws */
  async answer(result: RetrievalResult, signal?: AbortSignal): Promise<Answer> {
    const { index, knowledge } = this
    const { reader } = this.options
    const listed = candidateSentences(result, { index, terms: this.#terms, knowledge }, this.weights).filter(
      ({ start, end }) => end - start >= MIN_QUOTE_LENGTH,
    )
    const sentences = reader === undefined ? listed : await reader.reordered(result.understood, listed, signal)
    const reason = refusalReason(result, sentences, { index, roles: knowledge.roles, strictness: this.options.strictness })
    if (reason !== undefined) return this.#refuse(reason, result, sentences)
    return this.#answered(result, chosenProofs(result, sentences, this))
  }

  /** The chosen proofs in words. What is not proven is left out: first the facts put before the quotations, then the answer. */
  #answered(result: RetrievalResult, { groups, silent, published = false }: ChosenProofs): Answer {
    const { understood } = result
    const cited = this.#cited(groups, understood, published)
    const citations = cited.flatMap(({ main, agreeing, differing }) => [main, ...agreeing, ...differing])
    const bare = cited.map(({ fact: _, ...group }) => group)
    for (const parts of [cited, bare]) {
      const text = answerText({ groups: parts, silent, language: understood.language })
      if (unprovenWords(text, citations, silent).length === 0) return { answerable: true, text, citations, refusal: null }
    }
    return this.#refuse(
      'not-stated',
      result,
      groups.map(({ main }) => main),
    )
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

  #refuse(reason: RefusalReason, { understood }: RetrievalResult, sentences: readonly CandidateSentence[]): Answer {
    const { conferenceIds, unmatched } = understood.interpretation
    const everywhere = conferenceIds === null || unmatched.length > 0
    const searched = [...this.index.conferences.values()].filter(({ id }) => everywhere || conferenceIds.includes(id))
    const text = refusalText({ reason, phrases: unmatched.map(({ phrase }) => phrase), searched }, understood.language)
    const nearest = sentences.slice(0, 3).map((sentence, i) => this.#citation(sentence, i + 1))
    return { answerable: false, text, citations: [], refusal: { reason, searched, nearest } }
  }

  #citation(sentence: CandidateSentence, marker: number): Citation {
    const { start, end, score } = sentence
    const document = this.index.documentOf(sentence.retrieved.passage)
    return { marker, conference: this.index.conferenceOf(document), document, quote: document.text.slice(start, end), start, end, score }
  }
}
