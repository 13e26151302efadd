// In: documents, new ones and such as other segments hold. Out: a segment on disk: documents, vectors, graph, postings.
// New texts are embedded and linked at the same time; known vectors are taken over.
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { AbbreviationTable } from '../language/abbreviations.ts'
import type { IndexedDocument } from './corpus-index.ts'
import { type EmbedPassages, embeddedTexts } from './embedded-texts.ts'
import { EmbeddingJournal } from './embedding-journal.ts'
import { HnswGraph } from './hnsw-graph.ts'
import type { IndexFiles } from './index-files.ts'
import type { IndexGraph, IndexManifest, IndexSegment, IndexVectors } from './index-manifest.ts'
import { openGraph, openPostings, readSegment, type StoredSegment } from './index-reader.ts'
import { indexedText, labelledTerms } from './indexed-text.ts'
import { type LabelledTerms, LexicalSegment } from './lexical-segment.ts'
import { VectorMatrix } from './vector-matrix.ts'

/** How far the work is. */
export interface IndexProgress {
  readonly phase: 'embedding' | 'linking'
  readonly done: number
  readonly total: number
}

/** What segments are written with. */
export interface SegmentTools {
  readonly indexDir: string
  readonly recipe: IndexManifest['recipe']
  readonly abbreviations: AbbreviationTable
  readonly embed: EmbedPassages
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined
}

/** Share of removed entries above which a graph is made anew. */
const MAX_REMOVED_SHARE = 0.2
/** Runs that embed fewer texts are not worth a journal. */
const JOURNAL_FROM = 256
/** Vectors linked before others of the process get their turn. */
const LINKED_AT_ONCE = 64

const PARTS = ['passages', 'sentences'] as const
type Part = (typeof PARTS)[number]

/** Vectors while they are filled in, row by row. */
class FillingVectors {
  readonly matrix: VectorMatrix
  readonly #rowOf: ReadonlyMap<number, number>
  readonly #added = new Set<number>()

  constructor(labels: readonly number[], dimension: number) {
    this.#rowOf = new Map(labels.map((label, row) => [label, row]))
    this.matrix = new VectorMatrix(dimension, Uint32Array.from(labels), new Float32Array(labels.length * dimension))
  }

  add(label: number, vector: Float32Array): void {
    this.matrix.values.set(vector, (this.#rowOf.get(label) as number) * vector.length)
    this.#added.add(label)
  }

  has(label: number): boolean {
    return this.#added.has(label)
  }
}

/** The same with a graph. */
class FillingGraph extends FillingVectors {
  readonly graph: HnswGraph

  constructor(labels: readonly number[], dimension: number) {
    super(labels, dimension)
    this.graph = HnswGraph.empty(dimension, labels.length)
  }

  override add(label: number, vector: Float32Array): void {
    super.add(label, vector)
    this.graph.add(vector, label)
  }
}

/** All vectors of a segment while they are filled in: nearest sentences are searched for, so these have a graph. */
interface Filling {
  readonly passages: FillingVectors
  readonly sentences: FillingGraph
}

/** Labels of some documents. */
function labelsOf(documents: readonly IndexedDocument[]): Record<Part, number[]> {
  const passages = documents.flatMap((document) => document.passages)
  return {
    passages: passages.map(({ label }) => label),
    sentences: passages.flatMap(({ sentences }) => sentences.map(({ label }) => label)),
  }
}

/**
 * Writes a segment of documents.
 * @param known segments that hold the vectors of some of them
 */
export async function writeSegment(
  files: IndexFiles,
  documents: readonly IndexedDocument[],
  known: readonly StoredSegment[],
  tools: SegmentTools,
): Promise<{ segment: IndexSegment; embedded: number }> {
  const { dimension } = tools.recipe
  const labels = labelsOf(documents)
  const filling: Filling = {
    passages: new FillingVectors(labels.passages, dimension),
    sentences: new FillingGraph(labels.sentences, dimension),
  }
  await addKnown(filling, labels, known, tools)
  const embedding = addEmbedded(filling, documents, tools)
  const writing = documentFiles(files, documents, tools)
  await Promise.allSettled([embedding, writing])
  const embedded = await embedding
  const segment = {
    ...(await writing),
    passages: await files.putVectors('passages', filling.passages.matrix),
    sentences: await files.putGraph('sentences', filling.sentences.graph, filling.sentences.matrix),
  }
  return { segment, embedded }
}

/** Documents and postings, while the model embeds: it gives way after every document. */
async function documentFiles(files: IndexFiles, documents: readonly IndexedDocument[], { abbreviations }: SegmentTools) {
  const terms: LabelledTerms[] = []
  for (const document of documents) {
    await yieldToOthers()
    for (const passage of labelledTerms(document, abbreviations)) terms.push(passage)
  }
  return {
    documents: await files.put('documents', 'jsonl', documents.map((document) => `${JSON.stringify(document)}\n`).join('')),
    postings: await files.put('postings', 'bin', LexicalSegment.build(terms).toBuffer()),
    keys: documents.map(({ document, key }): [string, string] => [document.path, key]),
  }
}

async function addKnown(
  filling: Filling,
  labels: Record<Part, number[]>,
  known: readonly StoredSegment[],
  { onProgress }: SegmentTools,
): Promise<void> {
  const vectors = PARTS.flatMap((part) =>
    labels[part].flatMap((label) => {
      const vector = known.map((stored) => stored[part].vector(label)).find((found) => found !== undefined)
      return vector === undefined ? [] : [{ part, label, vector }]
    }),
  )
  for (const [done, { part, label, vector }] of vectors.entries()) {
    filling[part].add(label, vector)
    if (done % LINKED_AT_ONCE !== 0) continue
    onProgress?.({ phase: 'linking', done, total: vectors.length })
    await yieldToOthers()
  }
}

/** Embeds what is not linked yet. Returns how many texts that were; a text that stands in several places is embedded once. */
async function addEmbedded(filling: Filling, documents: readonly IndexedDocument[], tools: SegmentTools): Promise<number> {
  const { indexDir, recipe, embed, onProgress } = tools
  const places = new Map<string, { part: Part; label: number }[]>()
  for (const document of documents) {
    for (const passage of document.passages) {
      for (const [part, spans] of [['passages', [passage]] as const, ['sentences', passage.sentences] as const]) {
        for (const span of spans) {
          if (filling[part].has(span.label)) continue
          const text = indexedText(document, passage.section, span)
          const known = places.get(text)
          if (known === undefined) places.set(text, [{ part, label: span.label }])
          else known.push({ part, label: span.label })
        }
      }
    }
  }
  const texts = [...places.keys()]
  const total = texts.length
  if (total === 0) return 0
  onProgress?.({ phase: 'embedding', done: 0, total })
  await embeddedTexts(texts, {
    embed,
    dimension: recipe.dimension,
    journal: total < JOURNAL_FROM ? undefined : await EmbeddingJournal.open(indexDir, recipe).catch(() => undefined),
    onVector: (place, vector) => {
      for (const { part, label } of places.get(texts[place] as string) ?? []) filling[part].add(label, vector)
    },
    onPortion: async (done) => {
      onProgress?.({ phase: 'embedding', done, total })
      await yieldToOthers()
    },
  })
  return total
}

/**
 * Writes a segment without some of its documents; nothing of them is left in the new files. Files that lose nothing stay.
 * @param postings whether the postings are of the same recipe
 */
export async function reducedSegment(
  files: IndexFiles,
  segment: IndexSegment,
  { keys, postings }: { readonly keys: ReadonlySet<string>; readonly postings: boolean },
  tools: SegmentTools,
): Promise<IndexSegment> {
  const { indexDir, recipe } = tools
  const stored = await readSegment(indexDir, segment, recipe.dimension)
  const documents = stored.documents.filter(({ key }) => keys.has(key))
  const lost = stored.documents.filter(({ key }) => !keys.has(key))
  const gone = labelsOf(lost)
  const labels = labelsOf(documents)
  if (!postings) {
    const anew = await documentFiles(files, documents, tools)
    return lost.length === 0 ? { ...segment, ...anew } : { ...anew, passages: await passages(), sentences: await sentences() }
  }
  const kept = (await openPostings(indexDir, segment.postings)).without(new Set(gone.passages))
  return {
    documents: await files.put('documents', 'jsonl', documents.map((document) => `${JSON.stringify(document)}\n`).join('')),
    postings: await files.put('postings', 'bin', kept.toBuffer()),
    keys: segment.keys.filter(([, key]) => keys.has(key)),
    passages: await passages(),
    sentences: await sentences(),
  }

  async function passages(): Promise<IndexVectors> {
    const filling = new FillingVectors(labels.passages, recipe.dimension)
    for (const label of labels.passages) filling.add(label, stored.passages.vector(label) as Float32Array)
    return files.putVectors('passages', filling.matrix)
  }

  async function sentences(): Promise<IndexGraph> {
    const { count, deleted } = segment.sentences
    const Vectors = deleted + gone.sentences.length > MAX_REMOVED_SHARE * count ? FillingGraph : FillingVectors
    const filling = new Vectors(labels.sentences, recipe.dimension)
    for (const label of labels.sentences) filling.add(label, stored.sentences.vector(label) as Float32Array)
    if (filling instanceof FillingGraph) return files.putGraph('sentences', filling.graph, filling.matrix)
    const graph = await openGraph(indexDir, segment.sentences, recipe.dimension)
    graph.remove(gone.sentences)
    return files.putGraph('sentences', graph, filling.matrix)
  }
}
