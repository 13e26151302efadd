// In: what is known about a document and what a person entered. Out: the front matter to keep. Pure.
// What was read out of the text and was not changed is left out: it is read again, and still says where it came from.
import type { FullDocument } from '../state/contract.ts'

/** Facts a person can correct, in the order they are shown. */
export const CORRECTABLE = ['title', 'conferenceName', 'ordinal', 'date', 'publisher', 'publishedAt', 'url', 'conference'] as const

/** One of them. */
export type CorrectableField = (typeof CORRECTABLE)[number]

/** Fields of front matter with their values. */
export type Facts = Readonly<Record<string, string | number>>

/** Front matter after a correction; an emptied field is left out, to be read from the text where the text says it. */
export function correctedFacts(
  { metadata, provenance }: Pick<FullDocument, 'metadata' | 'provenance'>,
  entered: (field: CorrectableField) => string,
): Facts {
  const facts: Record<string, string | number> = {}
  for (const field of CORRECTABLE) {
    const value = entered(field)
    const unchanged = value === String(metadata[field] ?? '')
    if (value === '' || (unchanged && provenance[field] !== 'front matter')) continue
    facts[field] = field === 'ordinal' && /^\d+$/.test(value) ? Number(value) : value
  }
  const sameDate = entered('date') === (metadata.date ?? '')
  for (const field of ['start', 'end'] as const) {
    const value = metadata[field]
    if (sameDate && value !== null && provenance[field] === 'front matter') facts[field] = value
  }
  return facts
}

/** A Markdown file with these facts at its head; every JSON value is YAML too. */
export function sourceWithFacts(text: string, facts: Facts): string {
  return ['---', ...Object.entries(facts).map(([field, value]) => `${field}: ${JSON.stringify(value)}`), '---', text].join('\n')
}
