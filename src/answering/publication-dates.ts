// In: a question and the candidate sentences. Out: for a question after the day a report was published, the report's sentence to
// show and that day, from its metadata. A report that does not say when it was published is no answer.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { foldAligned } from '../language/folding.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

const ASKS_PUBLICATION =
  /(?<![\p{L}\p{N}])(?:(?:bai|tin|bao|ban tin|phong su|bai viet|bai bao)(?![\p{L}\p{N}]).{0,80}(?<![\p{L}\p{N}])(?:dang|phat hanh|xuat ban|dua|len trang|cong bo)|(?:dang|dua) (?:bai|tin)|published|posted)(?![\p{L}\p{N}])/u

/** The first sentence of the likeliest report whose day of publication is known; undefined when the question asks something else. */
export function publicationProof(
  { understood }: RetrievalResult,
  sentences: readonly CandidateSentence[],
  index: CorpusIndex,
): CandidateSentence | undefined {
  if (understood.interpretation.answerType !== 'date') return undefined
  if (!ASKS_PUBLICATION.test(foldAligned(`${understood.question} ; ${understood.searchText}`))) return undefined
  const [best] = sentences
  if (best === undefined) return undefined
  const document = index.documentOf(best.retrieved.passage)
  if (document.metadata.publishedAt === null) return undefined
  const own = sentences.filter(({ retrieved }) => retrieved.passage.documentId === document.id)
  return own.reduce((first, sentence) => (sentence.start < first.start ? sentence : first))
}
