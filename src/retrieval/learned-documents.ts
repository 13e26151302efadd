// In: documents and what is learned from one of them. Out: all of them learned: of a small corpus at once, of a large one the first
// at once and the others between the requests, so that a server answers before it has read everything again.
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { SourceDocument } from '../corpus/source-document.ts'

/** UTF-16 units learned at once: some tenths of a second. */
const AT_ONCE = 1_500_000
/** Units learned between two turns of others: a few milliseconds. */
const IN_ONE_TURN = 20_000

/** Settles when all is learned. */
export function learnedFrom(documents: readonly SourceDocument[], learn: (document: SourceDocument) => void): Promise<void> {
  let units = 0
  let place = 0
  for (; place < documents.length && units < AT_ONCE; place++) {
    const document = documents[place] as SourceDocument
    learn(document)
    units += document.text.length
  }
  return place === documents.length ? Promise.resolve() : learnedInTurns(documents.slice(place), learn)
}

async function learnedInTurns(documents: readonly SourceDocument[], learn: (document: SourceDocument) => void): Promise<void> {
  let units = 0
  for (const document of documents) {
    if (units === 0) await yieldToOthers()
    learn(document)
    units += document.text.length
    if (units >= IN_ONE_TURN) units = 0
  }
}
