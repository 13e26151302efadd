// In: the body of an answer. Out: the text a terminal shows: the answer, then its sources or, for a refusal, what is nearest.

import type { AskResponse, CitationBody } from '../contract/schemas.ts'
import { pc } from './terminal.ts'

/** The answer with its sources, headings in the language of the terminal; ends with a line feed. */
export function answerText({ answer, citations, refusal, writing }: AskResponse, language: 'vi' | 'en'): string {
  const heading = refusal === null ? (language === 'vi' ? 'Nguồn' : 'Sources') : language === 'vi' ? 'Gần nhất' : 'Nearest'
  const shown = refusal?.nearest ?? citations
  const sources = shown.map((citation) => sourceText(citation, refusal !== null, language))
  const note = writing?.note == null ? '' : `${pc.dim(writing.note)}\n`
  return `${answer}\n${note}${sources.length === 0 ? '' : `\n${pc.bold(heading)}\n${sources.join('\n')}\n`}`
}

function sourceText({ marker, conference, document, quote, place }: CitationBody, withQuote: boolean, language: 'vi' | 'en'): string {
  const page = place.page === null ? null : `${language === 'vi' ? 'trang' : 'page'} ${place.page}`
  const event = [conference.name, conference.date, document.publisher, document.publishedAt]
  const facts = [...event, page, place.heading, document.url].filter((fact) => fact !== null)
  const number = withQuote ? '-' : `[${marker}]`
  return `${number} ${facts.join(' · ')} ${pc.dim(`(${document.id})`)}${withQuote ? `\n  “${quote.replace(/\s+/g, ' ')}”` : ''}`
}
