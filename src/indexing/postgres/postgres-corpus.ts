// In: the database. Out: its corpus as an index that answers here: documents and postings in memory, vectors searched in the
// database. Changes are read as they come; what a change does not touch is kept. Never writes.
import type { SkippedFile } from '../../corpus/source-document.ts'
import { type Abbreviation, AbbreviationTable, definedAbbreviations } from '../../language/abbreviations.ts'
import { CorpusIndex, type IndexedDocument } from '../corpus-index.ts'
import { labelledTerms } from '../indexed-text.ts'
import { LexicalIndex } from '../lexical-index.ts'
import { LexicalSegment } from '../lexical-segment.ts'
import type { Database, Session } from './database.ts'
import { otherRecipe, readChanges, readDocuments, type WrittenDocument } from './document-rows.ts'
import { PostgresVectors, VectorCache } from './postgres-vectors.ts'
import { readCorpusRow, type VectorTable } from './schema.ts'

/** More segments than this are joined. */
const MAX_SEGMENTS = 8
/** Share of passages that are gone above which the postings are written anew without them. */
const MAX_GONE_SHARE = 0.2
/** Segments of single documents that are joined at once while everything is read. */
const JOINED_AT_ONCE = 2048

interface Kept {
  readonly indexed: IndexedDocument
  readonly sha256: string
  readonly abbreviations: readonly Abbreviation[]
}

interface State {
  readonly recipe: string
  readonly documents: Map<string, Kept>
  readonly segments: readonly LexicalSegment[]
  readonly gone: LexicalSegment | undefined
  readonly index: CorpusIndex
}

/** What the corpus is read with. */
export interface PostgresCorpusOptions {
  readonly database: Database
  readonly abbreviations: readonly Abbreviation[]
  /** Files this server could not read from its own folder. */
  readonly skipped: () => Promise<readonly SkippedFile[]>
}

/** The corpus of a database as it is read by one process. */
export class PostgresCorpus {
  readonly #options: PostgresCorpusOptions
  readonly #table: AbbreviationTable
  readonly #caches = { passages: new VectorCache(), sentences: new VectorCache() }
  #state: State | undefined
  #reading: Promise<CorpusIndex> | undefined

  constructor(options: PostgresCorpusOptions) {
    this.#options = options
    this.#table = new AbbreviationTable(options.abbreviations)
  }

  /** What was read last; undefined before the first reading. */
  get current(): CorpusIndex | undefined {
    return this.#state?.index
  }

  /** The newest generation. @throws ThukyError `unavailable` or `configuration` when the database cannot be read; the current one stays */
  refresh(): Promise<CorpusIndex> {
    const next = (this.#reading ?? Promise.resolve()).then(
      () => this.#read(),
      () => this.#read(),
    )
    this.#reading = next
    next.catch(() => {})
    return next
  }

  /** Whether the database holds another generation than the current one. */
  async isBehind(): Promise<boolean> {
    return (await readCorpusRow(this.#options.database)).generation !== this.#state?.index.generation
  }

  async #read(): Promise<CorpusIndex> {
    const before = this.#state
    this.#state = await this.#options.database.transaction(async (session) => {
      const { generation, recipe } = await readCorpusRow(session)
      if (before !== undefined && generation === before.index.generation) return before
      if (before !== undefined && recipe !== before.recipe) throw otherRecipe()
      return before === undefined ? this.#all(session, generation, recipe ?? '') : this.#changed(session, generation, before)
    }, true)
    return this.#state.index
  }

  async #all(session: Session, generation: number, recipe: string): Promise<State> {
    const documents = new Map<string, Kept>()
    const joined: LexicalSegment[] = []
    let single: LexicalSegment[] = []
    if (recipe !== '') {
      for await (const written of readDocuments(session)) {
        documents.set(written.indexed.document.id, kept(written))
        if (single.push(written.postings) < JOINED_AT_ONCE) continue
        joined.push(await LexicalSegment.merge(single))
        single = []
      }
    }
    const segments = [await LexicalSegment.merge([...joined, ...single])]
    return this.#assembled({ generation, recipe, documents, segments, gone: undefined })
  }

  async #changed(session: Session, generation: number, before: State): Promise<State> {
    const changes = await readChanges(session, before.index.generation)
    const documents = new Map(before.documents)
    const removed: IndexedDocument[] = []
    for (const id of changes.keys()) {
      const old = documents.get(id)
      if (old !== undefined) removed.push(old.indexed)
      documents.delete(id)
    }
    const added: LexicalSegment[] = []
    for await (const written of readDocuments(session, [...changes.keys()])) {
      documents.set(written.indexed.document.id, kept(written))
      added.push(written.postings)
    }
    const newlyGone = removed.map((document) => LexicalSegment.build(labelledTerms(document, this.#table)))
    const gone = [...(before.gone === undefined ? [] : [before.gone]), ...newlyGone]
    const lexical = await compacted(
      added.length === 0 ? before.segments : [...before.segments, await LexicalSegment.merge(added)],
      gone.length === 0 ? undefined : await LexicalSegment.merge(gone),
    )
    return this.#assembled({ generation, recipe: before.recipe, documents, ...lexical })
  }

  async #assembled({ generation, ...parts }: Omit<State, 'index'> & { readonly generation: number }): Promise<State> {
    const documents = [...parts.documents.values()].sort((a, b) => (a.indexed.document.path < b.indexed.document.path ? -1 : 1))
    const learned = documents.flatMap(({ abbreviations }) => abbreviations)
    const passages = documents.flatMap(({ indexed }) => indexed.passages)
    const sentences = new Set(passages.flatMap((passage) => passage.sentences.map(({ label }) => label)))
    const vectors = (table: VectorTable, labels: ReadonlySet<number>) =>
      new PostgresVectors({
        database: this.#options.database,
        table,
        cache: this.#caches[table],
        has: (label) => labels.has(label),
        size: labels.size,
      })
    const index = new CorpusIndex({
      generation,
      documents: documents.map(({ indexed }) => indexed),
      corpusFiles: documents.map(({ indexed, sha256 }) => ({ path: indexed.document.path, sha256 })),
      skipped: await this.#options.skipped(),
      passageVectors: vectors('passages', new Set(passages.map(({ label }) => label))),
      sentenceVectors: vectors('sentences', sentences),
      lexical: new LexicalIndex(parts.segments, parts.gone),
      abbreviations: new AbbreviationTable([...this.#options.abbreviations, ...learned]),
    })
    return { ...parts, index }
  }
}

const kept = ({ indexed, sha256 }: WrittenDocument): Kept => ({
  indexed,
  sha256,
  abbreviations: definedAbbreviations(indexed.document.text),
})

/** Few segments, and not many dead passages in them; what they find is the same. */
async function compacted(
  segments: readonly LexicalSegment[],
  gone: LexicalSegment | undefined,
): Promise<{ segments: readonly LexicalSegment[]; gone: LexicalSegment | undefined }> {
  const all = segments.reduce((sum, { size }) => sum + size, 0)
  if (gone !== undefined && gone.size > MAX_GONE_SHARE * all) {
    return { segments: [await LexicalSegment.merge(segments, new Set(gone.labels))], gone: undefined }
  }
  if (segments.length <= MAX_SEGMENTS) return { segments, gone }
  const [largest, ...rest] = [...segments].sort((a, b) => b.size - a.size) as [LexicalSegment, ...LexicalSegment[]]
  const joined = await LexicalSegment.merge(rest)
  return { segments: joined.size * 4 > largest.size ? [await LexicalSegment.merge([largest, joined])] : [largest, joined], gone }
}
