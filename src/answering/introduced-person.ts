// In: a question who somebody is, or what office or rank they have, and the candidate sentences. Out: the sentence that tells. A
// sentence that names the person and somebody else's office tells nothing.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { foldAligned } from '../language/folding.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { actorsIn, isSameName } from '../language/speakers.ts'
import { keyOf } from '../language/titles.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

type Tables = Pick<LanguageKnowledge, 'persons' | 'titles'>

const WHO_IS = /(?<![\p{L}\p{N}])(?:la ai|la nguoi nao|who (?:is|was))(?![\p{L}\p{N}])/u
const RANK_ASKED = /(?<![\p{L}\p{N}])(?:cap bac|cap ham|quan ham|mang ham)(?![\p{L}\p{N}])/u
/** Share of the best sentence's probability from which another one may be shown instead. */
const LIKELY = 0.02

/** Key of the one person a question names and asks to be told of; undefined for any other question. */
export function askedPerson(
  { searchText, interpretation }: Pick<UnderstoodQuestion, 'searchText' | 'interpretation'>,
  { persons }: Pick<Tables, 'persons'>,
): string | undefined {
  const asksOfSomebody = interpretation.answerType === 'office' || WHO_IS.test(foldAligned(searchText))
  const [person, ...others] = asksOfSomebody ? persons.mentions(`; ${searchText}`) : []
  return person === undefined || others.length > 0 ? undefined : keyOf(person.name)
}

/** The latest sentence that gives the person asked of an office, or the rank asked for; of one day the one that gives most of them. */
export function introduction(
  understood: UnderstoodQuestion,
  sentences: readonly CandidateSentence[],
  { index, knowledge }: { readonly index: CorpusIndex; readonly knowledge: LanguageKnowledge },
): CandidateSentence | undefined {
  const person = askedPerson(understood, knowledge)
  if (person === undefined) return undefined
  const kind = RANK_ASKED.test(foldAligned(understood.searchText)) ? 'rank' : 'office'
  const { score: highest } = sentences[0] as CandidateSentence
  const giving = sentences.flatMap((sentence) => {
    const given = sentence.score < LIKELY * highest ? 0 : titlesGiven(sentence.text, person, kind, knowledge)
    return given === 0 ? [] : [{ sentence, given, day: index.conferenceOf(index.documentOf(sentence.retrieved.passage)).to ?? '' }]
  })
  giving.sort((a, b) => (a.day === b.day ? b.given - a.given || b.sentence.score - a.sentence.score : a.day < b.day ? 1 : -1))
  return giving[0]?.sentence
}

function titlesGiven(text: string, person: string, kind: 'rank' | 'office', { persons, titles }: Tables): number {
  const named = actorsIn(text, { persons, titles }).filter(({ name }) => name !== undefined && isSameName(name, person))
  return Math.max(0, ...named.map((one) => [...one.titles].filter((key) => titles.kindOf(key) === kind).length))
}
