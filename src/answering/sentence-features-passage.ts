// In: a passage and the question. Out: how the passage and its sentences match the question in words, roles and kinds of things: all
// that neither depends on vectors nor on the other passages found. See question-matches.ts for when it is made.
import type { IndexedPassage } from '../indexing/corpus-index.ts'
import { countsIn } from '../language/quantity-values.ts'
import type { Span } from '../language/spans.ts'
import type { SentenceMeasures } from './sentence-features.ts'
import { type AnswerTraces, answerTraces } from './sentence-features-answer.ts'
import { covered, coveredPairs, joinedMatches, matchTerms, sentenceBm25, sequenceShare, type TermMatch } from './sentence-features-match.ts'
import type { AskedFor } from './sentence-features-question.ts'
import { rowsOf, type SentenceRow, type WordFeatures } from './sentence-rows.ts'
import type { TextTerms } from './sentence-terms.ts'

/** A sentence beside the question. */
export interface SentenceMatch extends Span {
  readonly text: string
  readonly match: TermMatch
  readonly coverage: number
}

/** A passage beside the question. */
export interface PassageMatch {
  readonly passage: IndexedPassage
  readonly sentences: readonly SentenceMatch[]
  /** Features of its sentences, see `rowsOf`. */
  readonly rows: Float64Array
}

/** Syllables from one word of a loose pair to the other. */
const LOOSE = 4

/** Matches a passage. */
export function passageMatch(asked: AskedFor, passage: IndexedPassage, measures: SentenceMeasures): PassageMatch {
  const { index, knowledge } = measures
  const { question } = asked
  const own = measures.terms.of(passage)
  const ids = ({ accented, folded }: TextTerms) => (question.accented ? accented : folded)
  const header = matchTerms(question.content, ids(own.header))
  const matches = own.sentences.map((sentence) => matchTerms(question.content, ids(sentence)))
  const foldedCounts = question.accented
    ? own.sentences.map(({ folded }) => matchTerms(question.folded, folded).counts)
    : matches.map(({ counts }) => counts)
  const { text } = index.documentOf(passage)
  const opens = index.isLead(passage) ? asked.leadWeight : 0
  const saysRole = (sentence: string) => asked.roles.size === 0 || knowledge.roles.agreement(asked.roles, sentence) > 0
  const union = joinedMatches(question.content, matches)
  const ofPassage = {
    passageCoverage: covered(question.content, header.counts, union.counts),
    headerCoverage: covered(question.content, header.counts),
    passageFolded: covered(question.folded, ...foldedCounts),
    passagePairs: coveredPairs(question.content, union, 1),
    passageLoosePairs: coveredPairs(question.content, union, LOOSE),
  }
  const rows: SentenceRow[] = []
  const sentences = passage.sentences.map(({ start, end }, i): SentenceMatch => {
    const content = text.slice(start, end)
    const [match, terms] = [matches[i] as TermMatch, own.sentences[i] as TextTerms]
    const words = wordFeatures({ asked, header, terms, match, before: matches[i - 1], after: matches[i + 1], folded: foldedCounts[i] })
    const placed = { asked, passage, place: i, text: content, match, terms }
    rows.push({
      passage: ofPassage,
      words,
      traces: tracesOf(placed, measures),
      titled: isTitled(placed, measures),
      unit: isCounting(placed, measures),
      role: knowledge.roles.agreement(asked.roles, content, asked.elsewhere),
      lead: i === 0 && opens > 0 && saysRole(content) ? opens : 0,
      place: i,
      syllables: terms.length,
      isCaption: passage.kind === 'caption',
    })
    return { start, end, text: content, match, coverage: words.coverage }
  })
  return { passage, sentences, rows: rowsOf(rows) }
}

/** A sentence among its neighbours. */
interface SentencePlace {
  readonly asked: AskedFor
  readonly header: TermMatch
  readonly terms: TextTerms
  readonly match: TermMatch
  readonly before: TermMatch | undefined
  readonly after: TermMatch | undefined
  /** Of the question's terms without accents, how often the sentence has each. */
  readonly folded: Uint8Array | undefined
}

function wordFeatures({ asked, header, terms, match, before, after, folded }: SentencePlace): WordFeatures {
  const { question, names } = asked
  const { content } = question
  const coverage = covered(content, match.counts)
  return {
    coverage,
    foldedCoverage: question.accented ? covered(question.folded, folded) : coverage,
    bm25: sentenceBm25(content, match, terms.length),
    nameCoverage: covered(names, match.counts),
    contextCoverage: covered(content, match.counts, before?.counts, after?.counts),
    beforeCoverage: covered(content, match.counts, before?.counts),
    contextNames: covered(names, match.counts, before?.counts, header.counts),
    pairs: coveredPairs(content, match, 1),
    loosePairs: coveredPairs(content, match, LOOSE),
    sequence: sequenceShare(content, match),
  }
}

/** A sentence at its place in a passage. */
interface PlacedSentence {
  readonly asked: AskedFor
  readonly passage: IndexedPassage
  readonly place: number
  readonly text: string
  readonly match: TermMatch
  readonly terms: TextTerms
}

function tracesOf({ asked, passage, place, text, match, terms }: PlacedSentence, { terms: known }: SentenceMeasures): AnswerTraces {
  const { question, answerType, shortForms } = asked
  const holds = known.holds(passage, place, answerType) || shortForms.some((short) => text.includes(short))
  return answerTraces({ question, answerType, holds, match, terms })
}

/** Whether a sentence names somebody with a rank or office where a person is asked for. */
function isTitled({ asked, passage, place }: PlacedSentence, { terms: known, knowledge }: SentenceMeasures): boolean {
  const named = (sentence: string) => knowledge.persons.mentions(sentence).length > 0
  return asked.answerType === 'person' && known.has(passage, place, 'titled', named)
}

/** Whether a sentence counts what is asked for. */
function isCounting({ asked: { unit }, passage, place }: PlacedSentence, { terms: known }: SentenceMeasures): boolean {
  return unit !== undefined && known.has(passage, place, `unit ${unit}`, (sentence) => countsIn(sentence, unit))
}
