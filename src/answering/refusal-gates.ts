// In: a question and the candidate sentences. Out: why it must not be answered, or nothing. Each gate is one reason.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { decisionNumbers } from '../language/ordinals.ts'
import { properNames } from '../language/proper-names.ts'
import type { RoleTable } from '../language/roles.ts'
import { syllables } from '../language/syllables.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { RefusalReason } from './answer.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** What the gates look at. */
export interface GateContext {
  readonly index: CorpusIndex
  readonly roles: RoleTable
  /** 0–1. */
  readonly strictness: number
}

/** Share of the question's weighted words the best passage must have, at strictness 0.5; half and twice at 0 and 1. */
const MIN_COVERAGE = 0.3
/** The same when the question names a conference that exists: the words that are left are few. */
const MIN_SCOPED_COVERAGE = 0.12
/** The same for English questions, of whose words the glossary knows some. */
const MIN_ENGLISH_COVERAGE = 0.2

/** The reason to refuse, or undefined. */
export function refusalReason(
  result: RetrievalResult,
  sentences: readonly CandidateSentence[],
  context: GateContext,
): RefusalReason | undefined {
  const { interpretation } = result.understood
  if (interpretation.unmatched.length > 0) return 'unknown-conference'
  const best = sentences[0]
  if (best === undefined) return 'out-of-corpus'
  const scoped = interpretation.conferenceIds !== null
  if (namesUnknown(result, sentences, context)) return scoped ? 'false-premise' : 'not-stated'
  if (decisionUnknown(result, context)) return 'not-stated'
  if (roleMissing(result, sentences, context)) return 'not-stated'
  if (typeMissing(result, sentences)) return 'not-stated'
  if (isUncovered(result, sentences, context)) return scoped ? 'not-stated' : 'out-of-corpus'
  return undefined
}

function isUncovered({ understood }: RetrievalResult, sentences: readonly CandidateSentence[], { strictness }: GateContext): boolean {
  if (syllables(understood.content).length === 0) return false
  const coverage = Math.max(...sentences.map(({ features }) => features.passageCoverage))
  const scoped = understood.interpretation.conferenceIds !== null
  const least = scoped ? MIN_SCOPED_COVERAGE : understood.language === 'en' ? MIN_ENGLISH_COVERAGE : MIN_COVERAGE
  return coverage < least * 4 ** (strictness - 0.5)
}

/** No sentence found holds a quantity, or for an event's place a place, or for its length a length. */
function typeMissing({ understood }: RetrievalResult, sentences: readonly CandidateSentence[]): boolean {
  const { answerType, conferenceIds } = understood.interpretation
  const decisive =
    answerType === 'number' || (conferenceIds !== null && understood.aboutEvent && ['place', 'duration'].includes(answerType))
  return decisive && sentences.every(({ features }) => features.type === 0)
}

/** A person or body the question names that none of the passages in scope does. */
function namesUnknown({ understood }: RetrievalResult, sentences: readonly CandidateSentence[], { index }: GateContext): boolean {
  const scoped = understood.interpretation.conferenceIds !== null
  return properNames(understood.searchText).some((name) => {
    const parts = syllables(name)
    const pairs = parts.slice(1).map((part, i) => `F${parts[i]?.folded} ${part.folded}`)
    if (pairs.some((pair) => index.lexical.documentFrequency(pair) === 0)) return true
    if (!scoped) return false
    const folded = parts.map((part) => part.folded).join(' ')
    return !sentences.some(({ text }) =>
      syllables(text)
        .map((part) => part.folded)
        .join(' ')
        .includes(folded),
    )
  })
}

/** A numbered decision the corpus never names. */
function decisionUnknown({ understood }: RetrievalResult, { index }: GateContext): boolean {
  return decisionNumbers(understood.searchText).some(({ noun, value }) => index.lexical.documentFrequency(`tdoc:${noun}:${value}`) === 0)
}

/** A role the question asks about at a certain conference that no sentence found there names. */
function roleMissing({ understood }: RetrievalResult, sentences: readonly CandidateSentence[], { roles }: GateContext): boolean {
  if (understood.interpretation.conferenceIds === null) return false
  const asked = roles.rolesIn(understood.searchText)
  return asked.size > 0 && sentences.every(({ features }) => features.role <= 0) && sentences.some(({ features }) => features.role < 0)
}
