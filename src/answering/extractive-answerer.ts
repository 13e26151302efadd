// In: what the retriever found. Out: the sentence that answers, word for word, with its proof; or a refusal that says why.
// Every word outside a quotation comes from a template or from metadata.
import type { Conference } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { isEnglish } from '../language/answer-type.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { Answer, Citation, RefusalReason } from './answer.ts'
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts'
import { provenSentence, refusalText } from './wording.ts'

/** Settings of the answerer. */
export interface ExtractiveOptions {
  /** How readily a question is refused, 0–1. Default 0.5. */
  readonly strictness: number
}

/** Share of the question's weighted words the best passage must have, at strictness 0.5; half and twice at 0 and 1. */
const MIN_COVERAGE = 0.34
/** The same for English questions, whose words are not those of the documents. */
const MIN_ENGLISH_COVERAGE = 0.05
/** A second sentence is added when it is nearly as good as the first. */
const SECOND_SENTENCE_RATIO = 0.95
/** Fewest characters of a quotation that can prove something. */
const MIN_QUOTE_LENGTH = 12

/** Answers with sentences of the documents, without any language model. */
export class ExtractiveAnswerer {
  constructor(
    private readonly index: CorpusIndex,
    private readonly options: ExtractiveOptions = { strictness: 0.5 },
  ) {}

  /** The answer to a question that has been searched for. */
  answer(result: RetrievalResult): Answer {
    const { unmatched } = result.interpretation
    const sentences = candidateSentences(result, this.index).filter(({ start, end }) => end - start >= MIN_QUOTE_LENGTH)
    if (unmatched.length > 0) return this.#refuse('unknown-conference', result, sentences)
    const best = sentences[0]
    if (best === undefined || this.#isUnsupported(result, sentences)) return this.#refuse('out-of-corpus', result, sentences)
    const citations = this.#chosen(result, sentences).map((sentence, i) => this.#citation(sentence, i + 1))
    const language = isEnglish(result.question) ? 'en' : 'vi'
    const text = citations.map((citation) => provenSentence(citation, language)).join('\n')
    return { answerable: true, text, citations, refusal: null }
  }

  #isUnsupported({ question }: RetrievalResult, sentences: readonly CandidateSentence[]): boolean {
    const coverage = Math.max(...sentences.map(({ features }) => features.passageCoverage))
    const least = isEnglish(question) ? MIN_ENGLISH_COVERAGE : MIN_COVERAGE
    return coverage < least * 4 ** (this.options.strictness - 0.5)
  }

  /** One sentence; one of each conference when several are compared; a second when it is nearly as good. */
  #chosen({ interpretation }: RetrievalResult, sentences: readonly CandidateSentence[]): CandidateSentence[] {
    const best = sentences[0] as CandidateSentence
    if (interpretation.answerType === 'comparison' && (interpretation.conferenceIds?.length ?? 0) > 1) {
      const firstOf = new Map<string, CandidateSentence>()
      for (const sentence of sentences) {
        const id = this.#conference(sentence).id
        if (!firstOf.has(id)) firstOf.set(id, sentence)
      }
      return [...firstOf.values()].slice(0, 4)
    }
    const second = sentences[1]
    return second !== undefined && second.score >= best.score * SECOND_SENTENCE_RATIO ? [best, second] : [best]
  }

  #refuse(reason: RefusalReason, { question, interpretation }: RetrievalResult, sentences: readonly CandidateSentence[]): Answer {
    const { conferenceIds, unmatched } = interpretation
    const searched = [...this.index.conferences.values()].filter(({ id }) => conferenceIds === null || unmatched.length > 0 || conferenceIds.includes(id))
    const text = refusalText({ reason, phrases: unmatched.map(({ phrase }) => phrase), searched }, isEnglish(question) ? 'en' : 'vi')
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
