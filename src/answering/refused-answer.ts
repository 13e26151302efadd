// In: a verdict and what was found. Out: the refusal as an answer: its words, what was searched, and what comes nearest with its place.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { isFiltered, searchedConferences } from '../retrieval/retrieval-filters.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { Answer, Citation } from './answer.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { refusalText } from './refusal-wording.ts'
import type { Verdict } from './verdict.ts'

/** Most sentences shown beside a refusal. */
const MOST_NEAREST = 3

/** The refusal. What is true comes before what is merely near. */
export function refusedAnswer(
  { reason, phrases = [], truth, choices = [], isTalk = false }: Verdict,
  { understood, filters }: RetrievalResult,
  sentences: readonly CandidateSentence[],
  index: CorpusIndex,
): Answer {
  const { conferenceIds, unmatched } = understood.interpretation
  const everywhere = conferenceIds === null || unmatched.length > 0
  // What the corpus does not have is told by what it has, filtered or not.
  const searched =
    unmatched.length > 0 || reason === 'unknown-conference'
      ? [...index.conferences.values()]
      : searchedConferences(index, filters, isTalk ? null : conferenceIds)
  const near = (isTalk ? [] : sentences).map(({ start, end, score, retrieved }) => ({
    start,
    end,
    score,
    document: index.documentOf(retrieved.passage),
  }))
  const told =
    truth === undefined
      ? near
      : [{ ...truth, score: 1 }, ...near.filter(({ start, document }) => start !== truth.start || document !== truth.document)]
  const nearest = told.slice(0, MOST_NEAREST).map(({ start, end, score, document }, i): Citation => {
    const quote = document.text.slice(start, end)
    return { marker: i + 1, conference: index.conferenceOf(document), document, quote, start, end, score }
  })
  const shown = truth !== undefined || reason === 'not-stated' ? nearest[0] : undefined
  const text = refusalText(
    { reason, phrases, searched, scoped: !everywhere, filtered: isFiltered(filters), choices, isTalk, nearest: shown },
    understood.language,
  )
  return { answerable: false, text, citations: [], refusal: { reason, searched, nearest } }
}
