// In: the candidate sentences of a question, best first. Out: those that are shown as its answer: one, one for each side of a
// comparison, one for each holder of an office, and what other reports of the same event say about it. Writes no word.
import { type Conference, isHeldInYear } from '../indexing/conferences.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { foldAligned } from '../language/folding.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { isOfAnotherTime, openingDay } from './event-time.ts'
import { introduction } from './introduced-person.ts'
import { likeness, otherReports } from './other-reports.ts'
import { publicationProof } from './publication-dates.ts'

/** Proofs that belong together, the main one first. */
export interface ProofGroup {
  readonly main: CandidateSentence
  /** Sentences of other reports of the event that say the same. */
  readonly agreeing: readonly CandidateSentence[]
  /** Sentences of other reports of the event that give another figure. */
  readonly differing: readonly CandidateSentence[]
}

/** What an answer is made of. */
export interface ChosenProofs {
  readonly groups: readonly ProofGroup[]
  /** Conferences the question sets beside others of which nothing was found. */
  readonly silent: readonly Conference[]
  /** Whether the day the report was published is the fact, from its metadata. */
  readonly published?: boolean
}

/** What proofs are chosen with. */
export interface ProofTools {
  readonly index: CorpusIndex
  readonly knowledge: LanguageKnowledge
}

/** Most conferences, or holders of an office, put side by side. */
export const MAX_SIDES = 4

/** Chooses; `sentences` is not empty. */
export function chosenProofs(result: RetrievalResult, sentences: readonly CandidateSentence[], tools: ProofTools): ChosenProofs {
  const report = publicationProof(result, sentences, tools.index)
  if (report !== undefined) return { groups: [{ main: report, agreeing: [], differing: [] }], silent: [], published: true }
  const { mains, silent } = mainProofs(result, sentences, tools)
  return { groups: mains.map((main) => ({ main, ...otherReports(main, sentences, result, tools) })), silent }
}

interface Mains {
  readonly mains: readonly CandidateSentence[]
  readonly silent: readonly Conference[]
}

function mainProofs(result: RetrievalResult, sentences: readonly CandidateSentence[], tools: ProofTools): Mains {
  const { interpretation } = result.understood
  const holders = officeHolders(result, sentences, tools)
  if (interpretation.compared.length > 1) {
    return comparedProofs(result, holders.length > 0 ? holders.map(({ sentence }) => sentence) : sentences, tools)
  }
  if (holders.length > 0) return { mains: latestOfEachHolder(holders, tools), silent: [] }
  const items = listItems(result, sentences, tools)
  if (items.length > 1) return { mains: items, silent: [] }
  const best =
    defining(result, sentences) ??
    openingProof(result, sentences, tools) ??
    introduction(result.understood, sentences, tools) ??
    bodyFirst(sentences, result)
  const several = (interpretation.conferenceIds?.length ?? 0) > 1
  return { mains: several ? alsoElsewhere(best, sentences, result, tools) : [best], silent: [] }
}

/** Share of the best sentence's probability that makes another sentence an item of the list asked for. */
const ITEM = 0.05
const MAX_ITEMS = 3
const MAX_LIST_LENGTH = 1000

/** The sentences of a list, likeliest first: one for each role asked after, or all that are nearly as likely as the best. */
function listItems(result: RetrievalResult, sentences: readonly CandidateSentence[], { index, knowledge }: ProofTools) {
  const { understood } = result
  const { answerType } = understood.interpretation
  const asked = [...knowledge.roles.rolesIn(understood.searchText)]
  const ofRoles = asked.length > 1 && (answerType === 'person' || answerType === 'list')
  if (!ofRoles && (answerType !== 'list' || understood.aboutEvent)) return []
  const best = bodyFirst(sentences, result)
  const here = sentences.filter((sentence) => conferenceOf(sentence, index).id === conferenceOf(best, index).id)
  const body = here.filter(({ retrieved }) => retrieved.passage.kind !== 'caption')
  if (ofRoles) {
    const ofRole = asked.flatMap(
      (role) => body.find(({ text, features }) => features.role > 0 && knowledge.roles.rolesIn(text).has(role)) ?? [],
    )
    return [...new Set(ofRole)]
  }
  const items = body.filter(({ score, features }) => score >= ITEM * best.score && features.coverage >= best.features.coverage / 2)
  const length = (upTo: number) => items.slice(0, upTo).reduce((sum, { text }) => sum + text.length, 0)
  return items.slice(0, MAX_ITEMS).filter((_, i) => length(i + 1) <= MAX_LIST_LENGTH)
}

/**
 * The best sentence, but not one that names nobody where it is asked who played a role, nor one without a time where it is asked
 * when an event was and its report opens with it, nor a caption, where another says nearly as much; of several bodies of a caption
 * the one nearest to it.
 */
function bodyFirst(sentences: readonly CandidateSentence[], { vectors, understood }: RetrievalResult): CandidateSentence {
  const best = sentences[0] as CandidateSentence
  const shown = (best.features.type > 0 ? undefined : ofTheKindAsked(best, sentences, understood)) ?? best
  if (shown.retrieved.passage.kind !== 'caption') return shown
  const body = sentences.filter((other) => other.retrieved.passage.kind !== 'caption' && saysAsMuch(other, shown))
  const near = body.map((other) => ({ other, likeness: likeness(shown, other, vectors) })).sort((a, b) => b.likeness - a.likeness)
  return near[0]?.other ?? shown
}

/** A sentence that holds what is asked for, where the best one does not. */
function ofTheKindAsked(best: CandidateSentence, sentences: readonly CandidateSentence[], { aboutEvent }: UnderstoodQuestion) {
  if (aboutEvent) return sentences.find(({ features }) => features.type > 0 && features.lead > 0)
  return best.features.role > 0 ? sentences.find((other) => other.features.type > 0 && saysAsMuch(other, best)) : undefined
}

/** Share of the best sentence's coverage, and of its probability, that makes another sentence as good. */
const MUCH = 0.7
const LIKELY = 0.02

function saysAsMuch(other: CandidateSentence, { features, score }: CandidateSentence): boolean {
  const { coverage, type, role } = other.features
  return coverage >= MUCH * features.coverage && type >= features.type && role >= features.role && other.score >= LIKELY * score
}

/** The sentence that writes out a short form the question asks the meaning of: "Đảng ủy Công an Trung ương (CATW)". */
function defining({ understood }: RetrievalResult, sentences: readonly CandidateSentence[]): CandidateSentence | undefined {
  if (understood.interpretation.answerType !== 'definition') return undefined
  const best = sentences[0] as CandidateSentence
  return sentences.find(({ features, score }) => features.type > 0 && score >= LIKELY * best.score)
}

/** The day a report opens with, where it is asked when the event was opened and the best sentence tells no day of it. */
function openingProof({ understood }: RetrievalResult, sentences: readonly CandidateSentence[], { index, knowledge }: ProofTools) {
  const best = sentences[0] as CandidateSentence
  const tells = best.features.role > 0 && best.features.type > 0 && !isOfAnotherTime(understood, best.text, conferenceOf(best, index))
  return tells ? undefined : openingDay(understood, sentences, { index, roles: knowledge.roles })
}

/** Sides of a comparison: the best sentence of each, in the order of the question. */
function comparedProofs(result: RetrievalResult, sentences: readonly CandidateSentence[], tools: ProofTools): Mains {
  const { understood } = result
  const { index } = tools
  const fullest = Math.max(...sentences.map(({ features }) => features.coverage))
  const mains: CandidateSentence[] = []
  const silent: Conference[] = []
  for (const side of understood.interpretation.compared.slice(0, MAX_SIDES)) {
    const own = sentences.filter((sentence) => side.includes(conferenceOf(sentence, index).id))
    const best = own.length === 0 ? undefined : bodyFirst(own, result)
    if (best !== undefined && (understood.aboutEvent || isAbout(best, fullest))) mains.push(best)
    else silent.push(...side.slice(0, 1).flatMap((id) => index.conferences.get(id) ?? []))
  }
  return mains.length > 0 ? { mains, silent } : { mains: [bodyFirst(sentences, result)], silent: [] }
}

/** Least share of the best coverage, and least nearness (cosine × 10 below the best), for a side to speak to the matter. */
const ABOUT_COVERAGE = 0.25
const ABOUT_NEARNESS = -0.3

function isAbout({ features }: CandidateSentence, fullest: number): boolean {
  return features.coverage >= ABOUT_COVERAGE * fullest || features.similarity >= ABOUT_NEARNESS || features.role > 0
}

/** One phrase names several conferences: the best sentence, and those of the others that say as much. */
function alsoElsewhere(
  best: CandidateSentence,
  sentences: readonly CandidateSentence[],
  { understood }: RetrievalResult,
  { index }: ProofTools,
): CandidateSentence[] {
  const mains = new Map([[conferenceOf(best, index).id, best]])
  for (const sentence of sentences) {
    const { id } = conferenceOf(sentence, index)
    const fits = understood.aboutEvent ? sentence.features.lead > 0 : saysAsMuch(sentence, best)
    if (!mains.has(id) && fits && sentence.retrieved.passage.kind !== 'caption') mains.set(id, sentence)
  }
  return [...mains.values()].slice(0, MAX_SIDES)
}

const ASKS_HOLDER =
  /(?<![\p{L}\p{N}])(?:la ai|ai la|la nguoi nao|ten (?:la )?gi|ai (?:dang )?(?:giu|lam)|(?:mot|cung) nguoi|who (?:is|was|were|holds?))(?![\p{L}\p{N}])/u

/** Whether a question asks who holds an office: "… là ai?", but not who played a role. */
export function asksHolder({ question, searchText }: UnderstoodQuestion, { roles }: Pick<LanguageKnowledge, 'roles'>): boolean {
  return ASKS_HOLDER.test(foldAligned(`${question} ${searchText}`)) && roles.rolesIn(searchText).size === 0
}

/** A sentence and who holds the office asked after by its words. */
export interface HolderProof {
  readonly sentence: CandidateSentence
  readonly holder: string
}

/** Sentences that say who holds the office asked after; none when the question asks something else. */
export function officeHolders(
  { understood }: RetrievalResult,
  sentences: readonly CandidateSentence[],
  { index, knowledge }: ProofTools,
): HolderProof[] {
  const { persons } = knowledge
  if (!asksHolder(understood, knowledge)) return []
  const office = persons.officeIn(understood.searchText)
  if (office === undefined) return []
  const { abbreviations } = index
  const wanted = abbreviations.writtenOut(office)
  const { score: highest } = sentences[0] as CandidateSentence
  const holders = sentences.flatMap((sentence) => {
    if (sentence.score < LIKELY * highest) return []
    const holder = persons.holderOf(wanted, abbreviations.writtenOut(sentence.text))
    return holder === undefined ? [] : [{ sentence, holder }]
  })
  const { years } = understood.interpretation
  const then = holders.filter(({ sentence }) => years.some((year) => isHeldInYear(conferenceOf(sentence, index), year)))
  return then.length > 0 ? then : holders
}

/** For each holder the latest sentence, latest first: an office passes on. */
function latestOfEachHolder(holders: readonly HolderProof[], { index }: ProofTools): CandidateSentence[] {
  const day = ({ sentence }: HolderProof) => conferenceOf(sentence, index).to ?? ''
  const byDay = [...holders].sort((a, b) => (day(a) === day(b) ? b.sentence.score - a.sentence.score : day(a) < day(b) ? 1 : -1))
  const latest = new Map<string, CandidateSentence>()
  for (const { sentence, holder } of byDay) if (!latest.has(foldAligned(holder))) latest.set(foldAligned(holder), sentence)
  return [...latest.values()].slice(0, MAX_SIDES)
}

/** The conference a sentence stands in a report of. */
export function conferenceOf({ retrieved }: CandidateSentence, index: CorpusIndex): Conference {
  return index.conferenceOf(index.documentOf(retrieved.passage))
}
