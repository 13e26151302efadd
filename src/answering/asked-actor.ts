// In: a question for what somebody said, or whether somebody was there. Out: which sentences can prove it: not those that give the words
// of somebody else, nor those that have nothing to do with whom is asked about. Weighs nothing.
import type { SourceDocument } from '../corpus/source-document.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { sentenceSpans } from '../language/sentences.ts'
import { type Actor, actorsIn, isSameName, quotedIn, speakersIn } from '../language/speakers.ts'
import { SpelledPattern } from '../language/spelled-pattern.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { CandidateSentence } from './candidate-sentences.ts'

/** What sentences are judged with. */
export interface ActorTools {
  readonly index: CorpusIndex
  readonly knowledge: LanguageKnowledge
}

const ATTENDING = new SpelledPattern('tham dự|tới dự|đến dự|dự|có mặt')
/** Small words between who is asked about and that they were there. */
const TO_ATTENDING = /^(?:\s+\p{L}+){0,7}\s+$/u

/** The part of a question that says whose words, or whose presence, it asks about; undefined when it asks for nobody's. */
export function askedActor(understood: UnderstoodQuestion, tools: ActorTools): AskedActor | undefined {
  const { searchText, language, interpretation, aboutEvent } = understood
  if (language !== 'vi' || aboutEvent || interpretation.answerType === 'person' || interpretation.answerType === 'comparison')
    return undefined
  const [speaker, ...others] = quotedIn(searchText, tools.knowledge)
  if (speaker !== undefined)
    return others.every(({ start }) => start === speaker.start) ? new AskedActor(speaker, 'saying', tools) : undefined
  if (interpretation.answerType !== 'yes-no') return undefined
  const actor = actorsIn(searchText, tools.knowledge).find(({ end }) =>
    ATTENDING.matches(searchText).some(({ index }) => index >= end && TO_ATTENDING.test(searchText.slice(end, index))),
  )
  return actor === undefined ? undefined : new AskedActor(actor, 'attending', tools)
}

/** What a document says of people: their titles by name, and who says something in it. */
interface PeopleOfDocument {
  readonly titles: ReadonlyMap<string, ReadonlySet<string>>
  readonly speakers: readonly Actor[]
}

/** Read once for each document that was asked about. */
const read = new WeakMap<SourceDocument, PeopleOfDocument>()

/** Somebody a question asks about. */
export class AskedActor {
  constructor(
    private readonly actor: Actor,
    /** Whether it is asked what they said, or whether they were there. */
    private readonly what: 'saying' | 'attending',
    private readonly tools: ActorTools,
  ) {}

  /** Whether a sentence may tell what is asked about them. */
  mayBeProvenBy({ text, start, retrieved: { passage } }: CandidateSentence): boolean {
    const { index, knowledge } = this.tools
    const document = index.documentOf(passage)
    const isNamed = actorsIn(text, knowledge).some((other) => this.#is(other, document))
    if (this.what === 'attending') return isNamed
    const speakers = speakersIn(text, knowledge)
    if (speakers.length > 0) return speakers.some((other) => this.#is(other, document))
    if (isNamed) return true
    const before = passage.sentences.filter((sentence) => sentence.start < start)
    for (const sentence of before.reverse()) {
      const last = speakersIn(document.text.slice(sentence.start, sentence.end), knowledge)
      if (last.length > 0) return last.some((other) => this.#is(other, document))
    }
    return this.#people(document).speakers.some((other) => this.#is(other, document))
  }

  /** Whether somebody in a document may be the one asked about: by name, or by a title that they have there. */
  #is(other: Actor, document: SourceDocument): boolean {
    const { actor } = this
    if (actor.name !== undefined && other.name !== undefined) return isSameName(actor.name, other.name)
    const titles = this.#titlesOf(other, document)
    const wanted = this.#titlesOf(actor, document)
    return wanted.size === 0 || titles.size === 0 || [...wanted].some((title) => titles.has(title))
  }

  #titlesOf({ name, titles }: Actor, document: SourceDocument): ReadonlySet<string> {
    if (name === undefined) return titles
    const told = [...this.#people(document).titles].filter(([other]) => isSameName(other, name))
    return new Set([...titles, ...told.flatMap(([, own]) => [...own])])
  }

  #people(document: SourceDocument): PeopleOfDocument {
    const known = read.get(document)
    if (known !== undefined) return known
    const { knowledge } = this.tools
    const titles = new Map<string, Set<string>>()
    const speakers: Actor[] = []
    for (const { start, end } of sentenceSpans(document.text, { start: 0, end: document.text.length })) {
      const sentence = document.text.slice(start, end)
      for (const [name, own] of knowledge.titles.byPerson(sentence, true)) titles.set(name, new Set([...(titles.get(name) ?? []), ...own]))
      speakers.push(...speakersIn(sentence, knowledge))
    }
    const people = { titles, speakers }
    read.set(document, people)
    return people
  }
}
