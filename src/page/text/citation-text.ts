// In: answers and citations. Out: plain text and Markdown to be copied or exported. Pure; adds no fact that is not in them.
import type { Answer, Citation, Conversation } from '../state/contract.ts'
import type { Wording } from '../wording/vietnamese.ts'
import { type Language, shownDate } from './dates.ts'

/** How texts are put. */
export interface TextOptions {
  readonly wording: Wording
  readonly language: Language
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** A citation as people put it into a text of their own. */
export function citationText({ quote, document, conference }: Citation, { wording, language }: TextOptions): string {
  return wording.citationText({
    quote: oneLine(quote),
    title: document.title,
    conference: conference.name === document.title ? '' : conference.name,
    date: conference.date === null ? '' : shownDate(conference.date, language),
    publisher: document.publisher ?? '',
    url: document.url ?? '',
  })
}

/** An answer with its numbered sources, as plain text. */
export function answerWithSources({ question, answer, citations, refusal, writing }: Answer, options: TextOptions): string {
  const proofs = citations.length > 0 ? citations : (refusal?.nearest ?? [])
  const sources = proofs.map((citation) => `[${citation.marker}] ${citationText(citation, options)}`)
  const heading = citations.length > 0 ? options.wording.sources : options.wording.nearest
  const note = writing?.note ? [`(${writing.note})`] : []
  return [question, answer, ...note, ...(sources.length === 0 ? [] : [[`${heading}:`, ...sources].join('\n')])].join('\n\n')
}

/** A conversation as Markdown: a heading a question, the answer, quotations with their places. */
export function conversationMarkdown({ title, createdAt, turns }: Conversation, options: TextOptions): string {
  const parts = turns.map(({ question, askedAt, answer }) =>
    [
      `## ${escaped(question)}`,
      `*${askedAt}*`,
      ...(answer === null ? [options.wording.answerOutdated] : answerMarkdown(answer, options)),
    ].join('\n\n'),
  )
  return `${[`# ${escaped(title)}`, `*${createdAt}*`, ...parts].join('\n\n')}\n`
}

function answerMarkdown({ answer, citations, refusal, writing }: Answer, { wording, language }: TextOptions): string[] {
  const proofs = citations.length > 0 ? citations : (refusal?.nearest ?? [])
  const list = proofs.map(({ marker, quote, document, conference, start, end }) => {
    const facts = [conference.name, conference.date === null ? '' : shownDate(conference.date, language), document.publisher ?? '']
    const place = `\`${document.id}\` ${start}–${end}`
    return `${marker}. > ${escaped(oneLine(quote))}\n\n   ${[...facts.filter(Boolean).map(escaped), place, document.url === null ? '' : `<${document.url}>`].filter(Boolean).join(' · ')}`
  })
  const heading = refusal === null ? wording.sources : wording.nearest
  const note = writing?.note ? [`*${escaped(writing.note)}*`] : []
  return [answer.split('\n').map(escaped).join('\n\n'), ...note, ...(list.length === 0 ? [] : [`**${heading}**`, list.join('\n\n')])]
}

/** Characters that mean something in Markdown stand for themselves; markers stay readable. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}<>#|~]/g, '\\$&')
    .replace(/\[(?!\d+\])/g, '\\[')
    .replace(/^([-+]|\d+\.)(?=\s)/, '\\$1')
}
