// In: what was found for a question. Out: the sentences a chat model may write from, numbered: the proofs of the answer first, then the
// candidates next in rank. Nothing else of the corpus is shown to it.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { Citation } from './answer.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** Most sources, and most of their UTF-16 units: small models read little, and slowly. */
const MOST = { sources: 6, length: 1800 } as const

/** Sources with their numbers as markers, from 1. */
export function chatSources(proofs: readonly Citation[], sentences: readonly CandidateSentence[], index: CorpusIndex): Citation[] {
  const sources = [...proofs]
  let room = MOST.length - proofs.reduce((length, { quote }) => length + quote.length, 0)
  for (const { start, end, score, retrieved } of sentences) {
    const document = index.documentOf(retrieved.passage)
    const taken = sources.some((other) => other.document === document && other.start < end && start < other.end)
    if (taken || end - start > room || sources.length >= MOST.sources) continue
    room -= end - start
    const [marker, quote] = [sources.length + 1, document.text.slice(start, end)]
    sources.push({ marker, conference: index.conferenceOf(document), document, quote, start, end, score })
  }
  return sources
}
