// In: a question and the candidate sentences. Out: why it must not be answered, or nothing. Each gate is one reason one can read;
// the last is the learned one.
import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'
import { ordinalMentions } from '../language/ordinals.ts'
import { mayCount } from '../language/quantity-values.ts'
import { syllables } from '../language/syllables.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { asksHolder, officeHolders } from './chosen-proofs.ts'
import { saysOnlyThatItWasSaid } from './empty-statements.ts'
import { openingDay } from './event-time.ts'
import { isAnchored } from './evidence-texts.ts'
import { introduction } from './introduced-person.ts'
import type { Anchor } from './question-anchors.ts'
import type { RefusalFeatures } from './refusal-feature-names.ts'
import { type RefusalMeasures, refusalFeatures, type WeighedQuestion, weighedQuestion } from './refusal-features.ts'
import { leastOdds, type RefusalWeights, refusalOdds } from './refusal-weights.ts'
import { claimedRoles, contradiction } from './role-statements.ts'
import { talkVerdict } from './talk-verdict.ts'
import type { Verdict } from './verdict.ts'

/** What the gates look at. */
export interface GateContext extends RefusalMeasures {
  readonly weights: RefusalWeights
  /** 0–1. */
  readonly strictness: number
}

/** What all gates know. */
interface Case {
  readonly understood: UnderstoodQuestion
  readonly sentences: readonly CandidateSentence[]
  readonly anchors: readonly Anchor[]
  /** Documents of the conferences the question names; null when it names none. */
  readonly scope: readonly SourceDocument[] | null
  readonly features: RefusalFeatures
  readonly result: RetrievalResult
  readonly context: GateContext
}

/** The gates in the order in which they are asked. */
const GATES: readonly ((one: Case) => Verdict | undefined)[] = [
  decisionUnknown,
  foreign,
  otherOrdinal,
  otherYear,
  nameUnknown,
  premiseFalse,
  roleMissing,
  typeMissing,
  titleMissing,
  otherOfficeOnly,
  contentMissing,
  improbable,
]

/** What can be said of a question before anything has been found for it. */
export interface JudgedQuestion {
  readonly weighed: WeighedQuestion
  /** Set when nothing is asked of the documents. */
  readonly talk: Verdict | undefined
}

/** Judges a question by itself. */
export function judgedQuestion(understood: UnderstoodQuestion, context: Pick<GateContext, 'index' | 'knowledge'>): JudgedQuestion {
  return { weighed: weighedQuestion(understood, context), talk: talkVerdict(understood, context) }
}

/** The reason to refuse, or undefined. @param question default: judged now */
export function refusalVerdict(
  result: RetrievalResult,
  sentences: readonly CandidateSentence[],
  context: GateContext,
  question = judgedQuestion(result.understood, context),
): Verdict | undefined {
  const { understood } = result
  const { weighed, talk } = question
  const { unmatched, conferenceIds } = understood.interpretation
  if (talk !== undefined) return talk
  if (unmatched.length > 0) return { reason: 'unknown-conference', phrases: unmatched.map(({ phrase }) => phrase) }
  if (sentences.length === 0) return { reason: 'out-of-corpus' }
  const choices = possibleEvents(result, context)
  if (choices.length > 1) return { reason: 'ambiguous', choices }
  const { index } = context
  const ids = conferenceIds?.flatMap((id) => index.conferences.get(id)?.documentIds ?? [])
  const scope = ids?.flatMap((id) => index.documents.get(id) ?? []) ?? null
  const features = refusalFeatures(result, sentences, context, weighed)
  const one: Case = { understood, sentences, anchors: weighed.anchors, scope, features, result, context }
  for (const gate of GATES) {
    const verdict = gate(one)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

/** Events that a question about nothing but an event, without naming one, may mean. */
function possibleEvents({ understood, passages }: RetrievalResult, { index }: GateContext): Conference[] {
  if (!understood.aboutEvent || understood.interpretation.conferenceIds !== null) return []
  const found = new Set(passages.map(({ passage }) => index.conferenceOf(index.documentOf(passage))))
  const words = new Set(syllables(understood.searchText).map(({ folded }) => folded))
  const events = [...found].filter(({ isEvent }) => isEvent)
  const agreement = events.map(({ name }) => new Set(syllables(name).flatMap(({ folded }) => (words.has(folded) ? [folded] : []))).size)
  const most = Math.max(0, ...agreement)
  return events.filter((_, i) => agreement[i] === most)
}

/** A numbered decision the corpus never names. */
function decisionUnknown({ anchors, context: { index } }: Case): Verdict | undefined {
  const unknown = anchors.filter(
    ({ kind, tokens }) => kind === 'decision' && tokens.every((token) => index.lexical.documentFrequency(`t${token}`) === 0),
  )
  return unknown.length === 0 ? undefined : { reason: 'not-stated', phrases: unknown.map(({ text }) => text) }
}

/** The event of the best sentence has a number of its own, and the question asks about another one of the series. */
function otherOrdinal({ understood: { searchText }, anchors, sentences, scope, context: { index } }: Case): Verdict | undefined {
  const best = sentences[0] as CandidateSentence
  const { name, ordinal } = index.conferenceOf(index.documentOf(best.retrieved.passage))
  if (scope !== null || ordinal === null) return undefined
  const noun = folded(name).split(' ', 2).join(' ')
  const [other, ...more] = ordinalMentions(searchText).filter((mention) => mention.noun === 'event' || mention.noun === 'conference')
  if (other === undefined || more.length > 0 || other.value === ordinal || !folded(searchText).includes(noun)) return undefined
  const phrase = anchors.find((anchor) => anchor.start === other.start)?.text
  return { reason: 'unknown-conference', phrases: [phrase ?? searchText.slice(other.start, other.end)] }
}

const OF_A_YEAR = /(\p{L}+ \p{L}+) nam (\d{4})(?!\p{N})/gu

/** The event of the best sentence is called after a year ("Giải báo chí năm 2026"), and the question asks about it in another. */
function otherYear({ understood: { searchText }, sentences, scope, context: { index } }: Case): Verdict | undefined {
  if (scope !== null) return undefined
  const { name } = index.conferenceOf(index.documentOf((sentences[0] as CandidateSentence).retrieved.passage))
  const yearsOf = (text: string) => [...folded(text).matchAll(OF_A_YEAR)].map(([, words = '', year = '']) => ({ words, year }))
  const held = yearsOf(name)
  const others = yearsOf(searchText).filter(
    ({ words, year }) => held.some((own) => own.words === words) && held.every((own) => own.year !== year),
  )
  return others.length === 0 ? undefined : { reason: 'unknown-conference', phrases: others.map(({ year }) => `năm ${year}`) }
}

function folded(text: string): string {
  return syllables(text)
    .map((syllable) => syllable.folded)
    .join(' ')
}

/** A name that no document in scope has. One that others have is said of the wrong event. */
function nameUnknown({ anchors, understood, scope, context }: Case): Verdict | undefined {
  const { index, texts } = context
  const names = anchors.filter(isFullName)
  const inCorpus = ({ keys }: Anchor) => keys.some((key) => pairsOf(key).every((pair) => index.lexical.documentFrequency(pair) > 0))
  const nowhere = names.filter((name) => !inCorpus(name))
  if (nowhere.length > 0) return { reason: 'not-stated', phrases: nowhere.map(({ text }) => text) }
  if (scope === null) return undefined
  const elsewhere = names.filter((name) => !scope.some((document) => texts.ofDocument(document).some((text) => isAnchored(name, text))))
  return elsewhere.length === 0
    ? undefined
    : { reason: 'false-premise', phrases: elsewhere.map(({ text }) => text), ...truthAbout(elsewhere, scope, understood, context) }
}

/** Of a single word ("Tour de France kết thúc …") nobody knows whether it names a person, or all of a name. */
const isFullName = ({ kind, keys }: Anchor) => kind === 'name' && (keys[0] as string).includes(' ')

function pairsOf(key: string): string[] {
  const parts = key.split(' ')
  return parts.slice(1).map((part, i) => `F${parts[i]} ${part}`)
}

/** Who really did what the question says the named ones did. */
function truthAbout(
  names: readonly Anchor[],
  scope: readonly SourceDocument[],
  { searchText }: UnderstoodQuestion,
  { knowledge }: GateContext,
): Pick<Verdict, 'truth'> {
  const [truth] = claimedRoles(searchText, names, knowledge).flatMap((claim) => contradiction(claim, scope, knowledge) ?? [])
  return truth === undefined ? {} : { truth }
}

/** The question gives a role to somebody, the documents give it to somebody else. */
function premiseFalse({ anchors, understood, sentences, scope, context: { index, knowledge } }: Case): Verdict | undefined {
  const events = scope?.map((document) => ` ${folded(index.conferenceOf(document).name)} `) ?? []
  const names = anchors.filter(
    (anchor) => isFullName(anchor) && !events.some((event) => anchor.keys.some((key) => event.includes(` ${key} `))),
  )
  const documents = scope ?? [...new Set(sentences.slice(0, 8).map(({ retrieved }) => index.documentOf(retrieved.passage)))]
  for (const claim of claimedRoles(understood.searchText, names, knowledge)) {
    const truth = contradiction(claim, documents, knowledge)
    if (truth !== undefined) return { reason: 'false-premise', phrases: [claim.person.text], truth }
  }
  return undefined
}

/** Roles an event has somebody for and that a report names where it knows. */
const TOLD_ROLES = new Set(['opening', 'closing', 'chairing', 'moderating', 'reporting'])

/** A role the question asks about at a certain conference that no sentence found there names. */
function roleMissing({ understood, sentences, context: { index, knowledge } }: Case): Verdict | undefined {
  const { conferenceIds, answerType } = understood.interpretation
  if (conferenceIds === null) return undefined
  const asked = [...knowledge.roles.rolesIn(understood.searchText)].filter((role) => TOLD_ROLES.has(role))
  const named = sentences.some(({ features }) => features.role > 0)
  const decisive = answerType === 'person' || understood.aboutEvent || sentences.some(({ features }) => features.role < 0)
  if (asked.length === 0 || named || !decisive) return undefined
  return openingDay(understood, sentences, { index, roles: knowledge.roles }) === undefined ? { reason: 'not-stated' } : undefined
}

/** Of so many sentences, best first, one has to hold what is counted. */
const COUNTED_IN = 3

/** No sentence found holds a quantity, the best ones none that may be the one asked for, or for an event's place or length the best holds none. */
function typeMissing({ understood: { interpretation, aboutEvent, searchText }, sentences, scope }: Case): Verdict | undefined {
  const { answerType } = interpretation
  const missing =
    answerType === 'number'
      ? sentences.every(({ features }) => features.type === 0) ||
        sentences.slice(0, COUNTED_IN).every(({ text }) => !mayCount(searchText, text))
      : scope !== null && aboutEvent && EVENT_FACTS.has(answerType) && sentences[0]?.features.type === 0
  return missing ? { reason: 'not-stated' } : undefined
}

const EVENT_FACTS: ReadonlySet<string> = new Set(['place', 'duration'])

/** "Bộ trưởng nào …" where nobody in the best sentence bears that title. */
function titleMissing({ understood: { searchText }, sentences, context: { knowledge } }: Case): Verdict | undefined {
  const { persons } = knowledge
  const title = persons.titleAskedFor(searchText)
  if (title === undefined || persons.isBorne(title, (sentences[0] as CandidateSentence).text)) return undefined
  return { reason: 'not-stated' }
}

/** "Giám đốc … là ai?" where the best sentence speaks of a deputy, or of another office, only and none says who holds the office. */
function otherOfficeOnly({ understood, sentences, result, context }: Case): Verdict | undefined {
  const { titles } = context.knowledge
  const [office, ...others] = understood.interpretation.answerType === 'person' ? titles.in(understood.searchText) : []
  if (office === undefined || others.length > 0) return undefined
  const told = titles.in((sentences[0] as CandidateSentence).text).map(({ key }) => key)
  const isOther =
    told.includes(`phó ${office.key}`) || (asksHolder(understood, context.knowledge) && told.some((key) => titles.kindOf(key) === 'office'))
  return isOther && !told.includes(office.key) && officeHolders(result, sentences, context).length === 0
    ? { reason: 'not-stated' }
    : undefined
}

/** "… đã phát biểu những gì?" where the best sentence tells no more than that somebody spoke. */
function contentMissing({ understood, sentences, context: { knowledge } }: Case): Verdict | undefined {
  const best = sentences[0] as CandidateSentence
  return saysOnlyThatItWasSaid(understood, best.text, knowledge) ? { reason: 'not-stated' } : undefined
}

/** The corpus is about other things altogether. */
function foreign({ understood, sentences, scope, features, context }: Case): Verdict | undefined {
  const { weights } = context
  if (scope !== null || understood.aboutEvent || introduction(understood, sentences, context) !== undefined) return undefined
  return refusalOdds(features, weights.belonging) < 0 ? { reason: 'out-of-corpus' } : undefined
}

/** Share of events among the conferences from which the corpus counts as reports of events. */
const REPORTS_SHARE = 0.5
/** A question that names the right conference is answered from odds on that are this much lower. */
export const SCOPED_EASE = 1

/** Whether the best sentence by itself tells if the question is answered: not for facts of an event, nor where several are compared. */
export function isJudgedBySentence({ aboutEvent, interpretation: { answerType, conferenceIds } }: UnderstoodQuestion): boolean {
  return !aboutEvent && answerType !== 'comparison' && (conferenceIds?.length ?? 0) < 2
}

/** Too little speaks for the best sentence. */
function improbable({ understood, sentences, scope, anchors, features, result, context }: Case): Verdict | undefined {
  if (!isJudgedBySentence(understood)) return undefined
  const { weights, strictness, index, texts } = context
  const reports = index.events.length >= REPORTS_SHARE * index.conferences.size
  const least = leastOdds(strictness, weights.curves[reports ? 'reports' : 'texts']) - (scope === null ? 0 : SCOPED_EASE)
  if (refusalOdds(features, weights.answering) >= least) return undefined
  // A sentence says in so many words who holds the office asked after, or which office the person holds.
  if (officeHolders(result, sentences, context).length > 0 || introduction(understood, sentences, context) !== undefined) return undefined
  const surroundings = texts.ofSurroundings((sentences[0] as CandidateSentence).retrieved.passage)
  return { reason: 'not-stated', phrases: anchors.filter((anchor) => !isAnchored(anchor, surroundings)).map(({ text }) => text) }
}
