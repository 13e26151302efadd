// In: what a sentence has of the features that depend neither on vectors nor on the other sentences found. Out: its row, in which the
// others are still missing.
import { FEATURE_PLACES as AT, FEATURE_NAMES, type SentenceFeatures } from './feature-rows.ts'
import type { FEATURE_GROUPS } from './sentence-feature-names.ts'
import type { AnswerTraces } from './sentence-features-answer.ts'

type Features<Group extends keyof typeof FEATURE_GROUPS> = Pick<SentenceFeatures, (typeof FEATURE_GROUPS)[Group][number]>

/** How much of the question its words cover; what is compared with other sentences is missing. */
export type WordFeatures = Omit<Features<'words' | 'context' | 'order'>, 'coverageRank' | 'localCoverage' | 'localContext'>
/** How much of the question the words of its passage cover. */
export type PassageWordFeatures = Features<'passageWords'>

/** A sentence at its place in a passage. */
export interface SentenceRow {
  readonly passage: PassageWordFeatures
  readonly words: WordFeatures
  readonly traces: AnswerTraces
  /** Whether it holds somebody with a rank or office, and a count of the unit asked for. */
  readonly titled: boolean
  readonly unit: boolean
  readonly role: number
  readonly lead: number
  readonly place: number
  readonly syllables: number
  readonly isCaption: boolean
}

/** Syllables of a sentence that is too short to say much. */
const SHORT = 8

/** The rows of the sentences of a passage in one block. */
export function rowsOf(sentences: readonly SentenceRow[]): Float64Array {
  const block = new Float64Array(sentences.length * FEATURE_NAMES.length)
  for (const [i, sentence] of sentences.entries()) writeRow(block, i * FEATURE_NAMES.length, sentence)
  return block
}

function writeRow(block: Float64Array, start: number, row: SentenceRow): void {
  const { passage, words, traces, titled, unit, role, lead, place, syllables, isCaption } = row
  block[start + AT.passageCoverage] = passage.passageCoverage
  block[start + AT.headerCoverage] = passage.headerCoverage
  block[start + AT.passageFolded] = passage.passageFolded
  block[start + AT.passagePairs] = passage.passagePairs
  block[start + AT.passageLoosePairs] = passage.passageLoosePairs
  block[start + AT.coverage] = words.coverage
  block[start + AT.foldedCoverage] = words.foldedCoverage
  block[start + AT.bm25] = words.bm25
  block[start + AT.nameCoverage] = words.nameCoverage
  block[start + AT.contextCoverage] = words.contextCoverage
  block[start + AT.beforeCoverage] = words.beforeCoverage
  block[start + AT.contextNames] = words.contextNames
  block[start + AT.pairs] = words.pairs
  block[start + AT.loosePairs] = words.loosePairs
  block[start + AT.sequence] = words.sequence
  block[start + AT.type] = traces.type
  block[start + AT.newType] = traces.newType
  block[start + AT.typeDate] = traces.typeDate
  block[start + AT.typeNumber] = traces.typeNumber
  block[start + AT.typePerson] = traces.typePerson
  block[start + AT.typePlace] = traces.typePlace
  block[start + AT.typeReason] = traces.typeReason
  block[start + AT.titled] = titled ? 1 : 0
  block[start + AT.unit] = unit ? 1 : 0
  block[start + AT.newNear] = traces.newNear
  block[start + AT.nearDate] = traces.nearDate
  block[start + AT.nearNumber] = traces.nearNumber
  block[start + AT.nearPerson] = traces.nearPerson
  block[start + AT.nearPlace] = traces.nearPlace
  block[start + AT.focus] = traces.focus
  block[start + AT.focusAnswered] = traces.focusAnswered
  block[start + AT.newShare] = traces.newShare
  block[start + AT.opening] = place === 0 ? 1 : 0
  block[start + AT.length] = Math.log(1 + syllables) / 5
  block[start + AT.short] = syllables < SHORT ? 1 : 0
  block[start + AT.role] = role
  block[start + AT.lead] = lead
  block[start + AT.caption] = isCaption ? 1 : 0
}
