// In: nothing (types). Out: what a document of the corpus is, once read: its text and what is known about it.

/**
 * Where a value of the metadata comes from: the file's front matter, what the file says of itself outside its text (the head of
 * a web page), its text, the file's own name, or, for want of anything better, its first words.
 */
export const PROVENANCES = ['front matter', 'file properties', 'text', 'file name', 'first words'] as const

/** See {@link PROVENANCES}. */
export type Provenance = (typeof PROVENANCES)[number]

/** What is known of a document and the event it reports. What a source does not state is null. */
export interface DocumentMetadata {
  /** Headline; the event's name when the source has none. */
  readonly title: string
  /** Id shared by all reports of one event. */
  readonly conference: string
  /** The event as people call it. */
  readonly conferenceName: string
  /** Number of the event in its series. */
  readonly ordinal: number | null
  /** ISO date of the event as precise as known: `2020-12-07`, `2024-10` or `2024`. */
  readonly date: string | null
  /** First and last day of an event of several days, ISO dates. */
  readonly start: string | null
  readonly end: string | null
  readonly publisher: string | null
  /** ISO date and time of publication, as precise as the source. */
  readonly publishedAt: string | null
  readonly url: string | null
}

/** Where a stretch of a document stands for someone who opens the file. */
export interface Place {
  /** Page, from 1; null in formats without pages. */
  readonly page: number | null
  /** The heading it stands under; null before the first. */
  readonly heading: string | null
}

/** A place and the offset it begins at; it reaches to the next one. */
export interface PlaceStart extends Place {
  readonly start: number
}

/** A document read from the corpus. */
export interface SourceDocument {
  /** Path below the corpus without extension, `/` written `~`. */
  readonly id: string
  /** Path below the corpus, with `/`. */
  readonly path: string
  /** Canonical text below the front matter; all offsets count in it. */
  readonly text: string
  /** SHA-256 of `text` in UTF-8, hexadecimal: lets a reader check a quotation against the text it came from. */
  readonly sha256: string
  /** Places in order of their offsets; before the first there is neither page nor heading. */
  readonly places: readonly PlaceStart[]
  readonly metadata: DocumentMetadata
  readonly provenance: Readonly<Partial<Record<keyof DocumentMetadata, Provenance>>>
}

/** A file that is not in the index, and why, in words for its owner. */
export interface SkippedFile {
  readonly path: string
  readonly reason: string
}
