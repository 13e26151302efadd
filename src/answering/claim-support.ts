// In: a sentence somebody else wrote, and what it cites. Out: what in it the citation does not hold: quotations, numbers, dates,
// names, titles and roles are looked up, contradictions looked for. Knows no model; decides nothing from likeness.
import { canonicalText } from '../language/canonical.ts'
import type { ContraryWords } from '../language/contrary-words.ts'
import { foldAligned } from '../language/folding.ts'
import type { LanguageKnowledge } from '../language/knowledge.ts'
import { decisionNumbers, ordinalMentions } from '../language/ordinals.ts'
import { properNames } from '../language/proper-names.ts'
import { isSameQuantity, type Quantity, quantities } from '../language/quantity-values.ts'
import { substitutions } from '../language/substitutions.ts'
import { syllables } from '../language/syllables.ts'
import type { Citation } from './answer.ts'
import { hasProvenTimes } from './claim-times.ts'
import { hasProvenTitles } from './claim-titles.ts'
import { unprovenWords } from './unproven-words.ts'
import { shortDate } from './wording.ts'

/** What is wrong with a sentence. `wording`: it follows its source word for word, but for another word in one's place. `support`: too little of it stands in what it cites. */
export type ClaimFault =
  | 'no-citation'
  | 'quotation'
  | 'number'
  | 'date'
  | 'ordinal'
  | 'name'
  | 'title'
  | 'role'
  | 'negation'
  | 'opposite'
  | 'absolute'
  | 'intention'
  | 'wording'
  | 'support'

/** What claims are held against besides their citations. */
export interface ClaimKnowledge {
  readonly language: LanguageKnowledge
  readonly contrary: ContraryWords
  /** Long forms of the abbreviations in a text. */
  readonly expansions: (text: string) => readonly string[]
}

/** What is certainly not held by the citation; empty when nothing is. */
export function claimFaults(sentence: string, proof: Citation, knowledge: ClaimKnowledge): ClaimFault[] {
  const source = [proof.quote, ...knowledge.expansions(proof.quote)].join(' ; ')
  const claim = withoutEvent(sentence, proof)
  const faults: ClaimFault[] = []
  const check = (fault: ClaimFault, holds: boolean) => {
    if (!holds) faults.push(fault)
  }
  check('quotation', hasProvenQuotations(sentence, proof))
  check('number', hasProvenNumbers(claim, sentence, proof))
  check('date', hasProvenTimes(claim, proof))
  check('ordinal', hasProvenOrdinals(claim, proof))
  check('name', hasProvenNames(claim, source, proof, knowledge))
  check('title', hasProvenTitles(claim, proof.quote, knowledge.language.titles))
  const { roles } = knowledge.language
  const known = roles.rolesIn(proof.quote)
  check(
    'role',
    [...roles.rolesIn(claim)].every((role) => known.has(role)),
  )
  check('wording', substitutions(claim, source, (key) => knowledge.contrary.saysSomething(key)).length === 0)
  return [...faults, ...knowledge.contrary.contradictions(claim, source)]
}

const flat = (text: string) => canonicalText(text).replace(/\s+/g, ' ').trim()

const EVENT = 'hội nghị'

/**
 * The sentence with the name of the cited event taken out, and the day in brackets behind it: they stand in the metadata and are true of
 * all that is quoted there.
 */
function withoutEvent(sentence: string, { conference }: Citation): string {
  const text = flat(sentence)
  const [folded, name] = [foldAligned(text), foldAligned(flat(conference.name))]
  const at = name === '' ? -1 : folded.indexOf(name)
  if (at < 0) return text
  const rest = text.slice(at + name.length)
  const day = conference.date === null ? '' : ` (${shortDate(conference.date)})`
  return `${text.slice(0, at)}${EVENT}${day !== '' && rest.startsWith(day) ? rest.slice(day.length) : rest}`
}

const uniform = (text: string) =>
  flat(text)
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’]/g, "'")

/** Every quoted stretch stands in the quotation in one piece; a mark left open quotes nothing that can be held. */
function hasProvenQuotations(sentence: string, { quote, conference, document }: Citation): boolean {
  const text = uniform(sentence)
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return false
  const sources = [quote, conference.name, document.metadata.title].map(uniform)
  return [...text.matchAll(/"([^"]+)"/g)].every(([, stretch = '']) => {
    const wanted = stretch.trim().replace(/[.,;]$/, '')
    return sources.some((source) => source.includes(wanted))
  })
}

/** Numbers that count are those of the quotation, with their unit; other digits stand in it or in the metadata. */
function hasProvenNumbers(claim: string, sentence: string, proof: Citation): boolean {
  const known = quantities(proof.quote)
  // "một" is an article too, unless the source counts the same thing.
  const isArticle = ({ value, unit, start, end }: Quantity) =>
    value === 1 && !/\d/.test(claim.slice(start, end)) && !known.some((quantity) => quantity.unit === unit)
  const said = quantities(claim).filter((quantity) => !isArticle(quantity))
  const counted = said.every((said) =>
    known.some((quantity) => {
      if (!isSameQuantity(said, quantity)) return false
      const behind: readonly string[] = foldAligned(proof.quote.slice(quantity.end, quantity.end + 24)).match(/[\p{L}%]+/gu) ?? []
      return said.unit === quantity.unit || said.unit === '' || behind.includes(said.unit)
    }),
  )
  return counted && !unprovenWords(sentence.replace(/["“”]/g, ' '), [proof]).some((word) => /\d/.test(word))
}

function hasProvenOrdinals(claim: string, { quote, conference }: Citation): boolean {
  const own = [quote, conference.name]
  const ordinals = own.flatMap(ordinalMentions)
  const decisions = own.flatMap(decisionNumbers)
  return (
    ordinalMentions(claim).every(
      ({ noun, value }) =>
        ordinals.some((other) => other.value === value && (other.noun === noun || noun === 'event')) ||
        ((noun === 'conference' || noun === 'event') && conference.ordinal === value),
    ) && decisionNumbers(claim).every(({ noun, value }) => decisions.some((other) => other.value === value && other.noun === noun))
  )
}

/** People stand in the quotation itself; other words with a capital there or in the name of the event or the publisher. */
function hasProvenNames(claim: string, source: string, { conference, document }: Citation, { language }: ClaimKnowledge): boolean {
  const keys = (text: string) => syllables(text).map(({ key }) => key)
  const joined = (text: string) => ` ${keys(text).join(' ')} `
  const [own, metadata] = [joined(source), joined(`${conference.name} ; ${document.metadata.publisher ?? ''}`)]
  const isIn = (name: string, text: string) => text.includes(joined(name))
  // Behind another word the first syllable of the sentence counts too; one that is no name is known by its small letters elsewhere.
  const people = language.persons.mentions(`; ${claim}`).map(({ name }) => name)
  const startsSmall = (name: string) => {
    const [first = '', ...rest] = name.split(/\s+/)
    const isWord = language.functionWords.has(keys(first)[0] ?? '') || isIn(first, own)
    return claim.startsWith(name) && isWord && rest.length > 0 && isIn(rest.join(' '), own)
  }
  if (!people.every((name) => isIn(name, own) || startsSmall(name))) return false
  const others = properNames(`; ${claim}`).filter((name) => !people.includes(name))
  if (!others.every((name) => isIn(name, own) || isIn(name, metadata) || startsSmall(name))) return false
  return capitalised(claim).every((word) => isIn(word, own) || isIn(word, metadata))
}

/** Words with a capital that open no sentence and no quotation. */
function capitalised(claim: string): string[] {
  return [...claim.matchAll(/(?<=[\p{L}\p{N},;)] ?)(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}]*/gu)]
    .filter(({ index }) => !/[.!?:"“(–-]\s*$/u.test(claim.slice(0, index)) && index > 0)
    .map(([word]) => word)
}
