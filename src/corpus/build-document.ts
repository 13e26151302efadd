// In: the canonical text of one file and its path. Out: the document: text, metadata and where each value came from.
// Front matter wins over what the text says; what neither says is null.
import { createHash } from 'node:crypto'
import { ThukyError } from '../errors.ts'
import { fold } from '../language/folding.ts'
import { syllableCount } from '../language/syllables.ts'
import { type Block, documentBlocks } from './blocks.ts'
import type { CorpusRules } from './corpus-rules.ts'
import { documentPlaces } from './document-places.ts'
import { type EventMetadata, eventMetadata, eventOrdinal } from './event-metadata.ts'
import type { FileProperties } from './extracted-document.ts'
import { type FrontMatter, splitFrontMatter } from './front-matter.ts'
import { type LoadedFile, PLAIN_LAYOUT } from './loaded-file.ts'
import { documentPassages, type PassageSpan } from './passages.ts'
import type { DocumentMetadata, Provenance, SourceDocument } from './source-document.ts'

/** A document with the passages it is searched by. */
export interface SplitDocument {
  readonly document: SourceDocument
  readonly passages: readonly PassageSpan[]
}

const MARKUP_HEADING = /^#{1,6}\s+/

/**
 * Reads one document.
 * @param path path below the corpus, with `/`
 * @param file the file as loaded, or the canonical text of a Markdown or text file, front matter included
 * @throws ThukyError `corpus` for bad front matter or a file without text
 */
export function buildDocument(path: string, file: LoadedFile | string, rules: CorpusRules): SplitDocument {
  const {
    text: fileText,
    layout,
    mayHaveFrontMatter,
  } = typeof file === 'string' ? { text: file, layout: PLAIN_LAYOUT, mayHaveFrontMatter: true } : file
  const { frontMatter, text } = mayHaveFrontMatter ? splitFrontMatter(fileText) : { frontMatter: {}, text: fileText }
  const blocks = documentBlocks(text, rules, layout.kinds)
  const passages = documentPassages(text, blocks)
  if (passages.length === 0) {
    throw new ThukyError('corpus', 'there is no text in it; write some or remove the file')
  }
  const id = documentId(path)
  const { metadata, provenance } = mergedMetadata({
    id,
    given: frontMatter,
    properties: layout.properties,
    read: eventMetadata(text, blocks, rules),
    firstWordsOfText: firstWords(text, blocks),
  })
  const places = documentPlaces(text, layout.pages, blocks)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { document: { id, path, text, sha256, places, metadata, provenance }, passages }
}

/** Id of the document at a path below the corpus: no extension, NFC, `/` written `~`. */
export function documentId(path: string): string {
  return path
    .normalize('NFC')
    .replace(/\.[^./]+$/, '')
    .replaceAll('/', '~')
}

function firstWords(text: string, blocks: readonly Block[]): string {
  const block = blocks.find(({ kind }) => kind !== 'noise')
  const words = text
    .slice(block?.start ?? 0, block?.end)
    .replace(/\s+/g, ' ')
    .trim()
  if (words.length <= 100) return words
  return `${words.slice(0, 100).replace(/\s+\S*$/, '')}…`
}

interface MetadataSources {
  readonly id: string
  readonly given: FrontMatter
  readonly properties: FileProperties
  readonly read: EventMetadata
  readonly firstWordsOfText: string
}

function mergedMetadata({ id, given, properties, read, firstWordsOfText }: MetadataSources): {
  metadata: DocumentMetadata
  provenance: SourceDocument['provenance']
} {
  const provenance: Partial<Record<keyof DocumentMetadata, Provenance>> = {}
  const choose = <T>(field: keyof DocumentMetadata, own: T | undefined, found: T | null, told?: T): T | null => {
    if (own !== undefined) provenance[field] = 'front matter'
    else if (told !== undefined) provenance[field] = 'file properties'
    else if (found !== null) provenance[field] = 'text'
    return own ?? told ?? found
  }
  const conferenceName = choose('conferenceName', given.conferenceName, read.eventName === null ? null : capitalised(read.eventName))
  const { conferenceName: named } = given
  const ordinal = choose(
    'ordinal',
    given.ordinal ?? (named === undefined ? undefined : (eventOrdinal(named) ?? undefined)),
    named === undefined ? read.ordinal : null,
  )
  const start = choose('start', given.start, null)
  const date = choose('date', given.date ?? given.start, read.date)
  const headline = read.headline?.replace(MARKUP_HEADING, '') ?? null
  const title =
    choose('title', given.title, headline, headline === null ? properties.title : undefined) ?? conferenceName ?? firstWordsOfText
  const metadata = {
    title,
    conference: given.conference ?? (conferenceName === null ? id : eventId(conferenceName, ordinal, date)),
    conferenceName: conferenceName ?? title,
    ordinal,
    date,
    start,
    end: choose('end', given.end, null),
    publisher: choose('publisher', given.publisher, read.publisher, properties.publisher),
    publishedAt: choose('publishedAt', given.publishedAt, read.publishedAt, properties.publishedAt),
    url: choose('url', given.url, null, properties.url),
  }
  provenance.title ??= provenance.conferenceName ?? 'first words'
  provenance.conferenceName ??= provenance.title
  provenance.conference = given.conference !== undefined ? 'front matter' : conferenceName === null ? 'file name' : 'text'
  return { metadata, provenance }
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Id of an event named in a text: its folded name, its number or its date, so that reports of one event meet. */
function eventId(name: string, ordinal: number | null, date: string | null): string {
  const slug = fold(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (ordinal !== null) return `${slug.replace(/-lan-thu-[a-z0-9]+.*$/, '')}-${ordinal}`
  const short = slug
    .split('-')
    .slice(0, Math.max(8, Math.min(16, syllableCount(name))))
    .join('-')
  return date === null || short.includes(date.slice(0, 4)) ? short : `${short}-${date}`
}
