// In: an answer and its citations. Out: whether every statement of it is supported by what it cites, after ALCE (Gao et al. 2023,
// arXiv 2305.14627), with the words themselves in place of an entailment model: a statement is supported when what it cites
// holds nearly all its words and all its numbers. Pure.
import type { CitationBody } from '../contract/schemas.ts'
import { comparisonKey } from './answer-match.ts'

/** Citation recall and precision of one answer, 0–1. */
export interface CitationSupport {
  /** Share of the statements that their citations support; a statement without citation is not supported. */
  readonly recall: number
  /** Share of the citations that are needed: in a supported statement, and supporting it alone or not to be left out. */
  readonly precision: number
}

/** Share of a statement's words that have to stand in what it cites; the rest are words such as “theo” that introduce it. */
const SUPPORTED_SHARE = 0.8

const MARKER = /\[(\d+)\]/g

/** Statements of an answer: its lines, as each ends with its markers; a line that only introduces others (ends in a colon) is none. */
function statementsOf(answer: string): string[] {
  return answer.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line) && !/:\s*$/.test(line))
}

/** Support of the statements of an answer; undefined when it has none. */
export function citationSupport(answer: string, citations: readonly CitationBody[]): CitationSupport | undefined {
  const statements = statementsOf(answer)
  if (statements.length === 0) return undefined
  let supported = 0
  let cited = 0
  let needed = 0
  for (const statement of statements) {
    const numbers = new Set([...statement.matchAll(MARKER)].map((match) => Number(match[1])))
    const own = citations.filter(({ marker }) => numbers.has(marker))
    const words = wordsOf(statement.replace(MARKER, ' '))
    const whole = own.length > 0 && isSupported(words, own)
    if (whole) supported++
    cited += own.length
    if (whole) needed += own.filter((one) => isSupported(words, [one]) || !isSupported(words, withoutOne(own, one))).length
  }
  return { recall: supported / statements.length, precision: cited === 0 ? 0 : needed / cited }
}

function withoutOne(citations: readonly CitationBody[], left: CitationBody): CitationBody[] {
  return citations.filter((citation) => citation !== left)
}

/** What a citation shows counts: quotation, name and date of the conference, title, publisher and time of the document. */
function isSupported(words: readonly string[], citations: readonly CitationBody[]): boolean {
  const shown = new Set(citations.flatMap(wordsShown))
  const held = words.filter((word) => shown.has(word)).length
  return words.length > 0 && held >= SUPPORTED_SHARE * words.length && words.every((word) => !/^\d/.test(word) || shown.has(word))
}

function wordsShown({ quote, conference, document }: CitationBody): string[] {
  const { title, publisher, publishedAt } = document
  return [quote, conference.name, conference.date, title, publisher, publishedAt].flatMap((text) => wordsOf(text ?? ''))
}

/** Syllables and numbers; 07 and 7 are one number. */
function wordsOf(text: string): string[] {
  const found = comparisonKey(text).match(/\p{L}+|\d+/gu) ?? []
  return found.map((word) => (/^\d/.test(word) ? word.replace(/^0+(?=\d)/, '') : word))
}
