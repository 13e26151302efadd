// In: one generation of the index. Out: what drafts of questions are made from: events with their sentences, people and dates.
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { readDataFile } from '../language/data-file.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { type PersonTable, titleFileSchema } from '../language/persons.ts'
import type { RoleTable } from '../language/roles.ts'
import { type DraftTemplates, draftTemplatesSchema } from './draft-templates.ts'

/** A sentence of a report. */
export interface DraftSentence {
  readonly text: string
  readonly documentId: string
  /** Words under a picture repeat what the report says; they prove, but nothing is made of them. */
  readonly isCaption: boolean
}

/** An event and what its reports say. */
export interface DraftEvent {
  readonly id: string
  readonly name: string
  readonly ordinal: number | null
  readonly date: string | null
  readonly documentIds: readonly string[]
  readonly sentences: readonly DraftSentence[]
}

/** What drafts are made from. */
export interface DraftSource {
  readonly events: readonly DraftEvent[]
  readonly templates: DraftTemplates
  readonly persons: PersonTable
  readonly roles: RoleTable
  readonly ranks: readonly string[]
  readonly offices: readonly string[]
}

/** Reads the events of an index. @throws ThukyError `configuration` when a data file is missing */
export function draftSource(index: CorpusIndex): DraftSource {
  const sentences = new Map<string, DraftSentence[]>()
  for (const { documentId, kind, sentences: spans } of index.passages.values()) {
    const text = index.documents.get(documentId)?.text ?? ''
    const own = sentences.get(documentId) ?? []
    own.push(...spans.map(({ start, end }) => ({ text: text.slice(start, end).trim(), documentId, isCaption: kind === 'caption' })))
    sentences.set(documentId, own)
  }
  const { persons, roles } = loadLanguageKnowledge()
  const { ranks, offices } = readDataFile('titles.json', titleFileSchema)
  return {
    events: [...index.conferences.values()].map(({ id, name, ordinal, date, documentIds }) => ({
      id,
      name,
      ordinal,
      date,
      documentIds,
      sentences: documentIds.flatMap((document) => sentences.get(document) ?? []),
    })),
    templates: readDataFile('draft-templates.json', draftTemplatesSchema),
    persons,
    roles,
    ranks,
    offices,
  }
}
