// In: nothing (types). Out: what a loader of a format hands on: paragraphs in reading order with what the format knows of them.
import type { BlockKind } from './blocks.ts'

/** Words on one page. */
export interface ExtractedPiece {
  readonly text: string
  /** Page they stand on, from 1; null in formats without pages. */
  readonly page: number | null
}

/** A paragraph, a heading, a list item or a row of a table. */
export interface ExtractedParagraph {
  /** Its lines or parts in order; one when the format does not know lines. */
  readonly pieces: readonly ExtractedPiece[]
  /** What the format says it is; null leaves it to wording and layout. */
  readonly kind: BlockKind | null
}

/** What the file says about itself outside its text. */
export interface FileProperties {
  readonly title?: string
  readonly publisher?: string
  /** ISO date or time. */
  readonly publishedAt?: string
  readonly url?: string
}

/** A file as its loader read it, not yet canonical. */
export interface ExtractedDocument {
  readonly paragraphs: readonly ExtractedParagraph[]
  readonly properties: FileProperties
}
