// In: documents as they were split. Out: the texts that are embedded and the terms that are counted for their passages, and the
// key by which a document is known again. Shared by all stores: the same document is the same in each of them.
import { createHash } from 'node:crypto'
import type { SplitDocument } from '../corpus/build-document.ts'
import { passageHeader } from '../corpus/passage-header.ts'
import type { SourceDocument } from '../corpus/source-document.ts'
import { type AbbreviationTable, definedAbbreviations } from '../language/abbreviations.ts'
import { termFrequencies } from '../language/lexical-terms.ts'
import { syllableCount } from '../language/syllables.ts'
import type { IndexedDocument, IndexedPassage } from './corpus-index.ts'
import type { LabelledTerms } from './lexical-segment.ts'

/** A document whose passages have no labels yet. */
export interface UnlabelledDocument {
  readonly key: string
  readonly document: SourceDocument
  readonly passages: readonly (Omit<IndexedPassage, 'label' | 'documentId' | 'sentences'> & {
    readonly sentences: readonly { readonly start: number; readonly end: number }[]
  })[]
}

/** What a document that has been split is known by in an index. */
export function unlabelled({ document, passages }: SplitDocument): UnlabelledDocument {
  const headers = passages.map(({ section }) => passageHeader(document, section))
  const key = createHash('sha256')
    .update(JSON.stringify([document, passages, headers]))
    .digest('hex')
  return { key, document, passages }
}

/** The text under which a stretch of a document is indexed: header, line feed, the stretch. */
export function indexedText(
  { document }: Pick<UnlabelledDocument, 'document'>,
  section: string | null,
  { start, end }: { start: number; end: number },
): string {
  const header = passageHeader(document, section)
  const text = document.text.slice(start, end)
  return header === '' ? text : `${header}\n${text}`
}

/** Terms of a document's passages; abbreviations the document defines itself are written out in all of them. */
export function labelledTerms(document: IndexedDocument, abbreviations: AbbreviationTable): LabelledTerms[] {
  const table = abbreviations.with(definedAbbreviations(document.document.text))
  return document.passages.map((passage) => {
    const text = indexedText(document, passage.section, passage)
    return { label: passage.label, length: syllableCount(text), frequencies: termFrequencies(text, table) }
  })
}
