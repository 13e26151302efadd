// In: what the retriever found. Out: the sentence that answers, word for word, with its proof; or a refusal that says why.
// Every word outside a quotation comes from a template or from metadata.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { Answer, Citation, RefusalReason } from './answer.ts'
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts'
import { refusalReason } from './refusal-gates.ts'
import { SentenceTerms } from './sentence-terms.ts'
import { readSentenceWeights, type SentenceWeights } from './sentence-weights.ts'
import { provenSentence, refusalText } from './wording.ts'

/** Settings of the answerer. */
export interface ExtractiveOptions {
  /** How readily a question is refused, 0–1. Default 0.5. */
  readonly strictness: number
}

/** A second sentence is added when it is nearly as good as the first and both together stay short. */
const SECOND_SENTENCE_RATIO = 0.95
const MAX_QUOTED_LENGTH = 600
/** Fewest characters of a quotation that can prove something. */
const MIN_QUOTE_LENGTH = 12
/** Most conferences put side by side. */
const MAX_COMPARED = 4

/** Answers with sentences of the documents, without any language model. */
export class ExtractiveAnswerer {
  readonly #terms: SentenceTerms

  constructor(
    private readonly index: CorpusIndex,
    private readonly knowledge: LanguageKnowledge,
    private readonly options: ExtractiveOptions = { strictness: 0.5 },
    private readonly weights: SentenceWeights = readSentenceWeights(),
  ) {
    this.#terms = new SentenceTerms(index)
  }

  /** The answer to a question that has been searched for. */
  answer(result: RetrievalResult): Answer {
    const { index, knowledge } = this
    const sentences = candidateSentences(result, { index, terms: this.#terms, knowledge }, this.weights).filter(
      ({ start, end }) => end - start >= MIN_QUOTE_LENGTH,
    )
    const reason = refusalReason(result, sentences, { index, roles: knowledge.roles, strictness: this.options.strictness })
    if (reason !== undefined) return this.#refuse(reason, result, sentences)
    const citations = this.#chosen(result, sentences).map((sentence, i) => this.#citation(sentence, i + 1))
    const text = citations.map((citation) => provenSentence(citation, result.understood.language)).join('\n')
    return { answerable: true, text, citations, refusal: null }
  }

  /** One sentence; one of each conference when several are compared; a second when it is nearly as good. */
  #chosen({ understood: { interpretation } }: RetrievalResult, sentences: readonly CandidateSentence[]): CandidateSentence[] {
    const best = sentences[0] as CandidateSentence
    if ((interpretation.conferenceIds?.length ?? 0) > 1) {
      const firstOf = new Map<string, CandidateSentence>()
      for (const sentence of sentences) {
        const id = this.#conference(sentence).id
        if (!firstOf.has(id)) firstOf.set(id, sentence)
      }
      return [...firstOf.values()].slice(0, MAX_COMPARED)
    }
    const second = sentences[1]
    const near = second !== undefined && second.score >= best.score * SECOND_SENTENCE_RATIO
    return near && best.text.length + second.text.length <= MAX_QUOTED_LENGTH ? [best, second] : [best]
  }

  #refuse(reason: RefusalReason, { understood }: RetrievalResult, sentences: readonly CandidateSentence[]): Answer {
    const { conferenceIds, unmatched } = understood.interpretation
    const everywhere = conferenceIds === null || unmatched.length > 0
    const searched = [...this.index.conferences.values()].filter(({ id }) => everywhere || conferenceIds.includes(id))
    const text = refusalText({ reason, phrases: unmatched.map(({ phrase }) => phrase), searched }, understood.language)
    const nearest = sentences.slice(0, 3).map((sentence, i) => this.#citation(sentence, i + 1))
    return { answerable: false, text, citations: [], refusal: { reason, searched, nearest } }
  }

  #conference({ retrieved }: CandidateSentence): Conference {
    return this.index.conferenceOf(this.index.documentOf(retrieved.passage))
  }

  #citation(sentence: CandidateSentence, marker: number): Citation {
    const { start, end, score } = sentence
    const document = this.index.documentOf(sentence.retrieved.passage)
    return { marker, conference: this.index.conferenceOf(document), document, quote: document.text.slice(start, end), start, end, score }
  }
}
