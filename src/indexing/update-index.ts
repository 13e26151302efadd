// In: corpus folder, index folder, model. Out: an index that fits both: opened when it is fresh and whole, else brought up to
// date first. A stale or damaged index is never served.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { CorpusRules } from '../corpus/corpus-rules.ts'
import { SPLITTER_VERSION } from '../corpus/passages.ts'
import { type CorpusListing, listCorpus, readDocuments, withoutDuplicateIds } from '../corpus/read-corpus.ts'
import { ThukyError } from '../errors.ts'
import type { ModelFingerprint } from '../inference/model-fingerprint.ts'
import { type Abbreviation, AbbreviationTable, definedAbbreviations } from '../language/abbreviations.ts'
import { TERMS_VERSION } from '../language/lexical-terms.ts'
import type { CorpusIndex } from './corpus-index.ts'
import { damagedFile, type IndexManifest, readManifest } from './index-manifest.ts'
import { assembleIndex, readGeneration, type StoredGeneration } from './index-reader.ts'
import { type EmbedPassages, type IndexProgress, type IndexReport, removeUnnamedFiles, writeGeneration } from './index-writer.ts'
import { type UnlabelledDocument, unlabelled } from './indexed-text.ts'
import { completeRestore, hasUnfinishedRestore, sweepStaging } from './restore.ts'
import { withWriterLock } from './writer-lock.ts'

/** Everything an index is made and opened with. */
export interface IndexSources {
  readonly corpusDir: string
  readonly indexDir: string
  readonly rules: CorpusRules
  readonly abbreviations: readonly Abbreviation[]
  readonly embed: EmbedPassages
  /** Numbers in a vector; starts the model when it is not known yet. */
  readonly dimension: () => Promise<number>
  /** Hash over the model; files hashed before are given. */
  readonly fingerprint: (known: IndexManifest['modelFiles']) => Promise<ModelFingerprint>
  /** Called with one line for people: why the index is made anew, whom it waits for, what was skipped. */
  readonly onNote?: (line: string) => void
  readonly onProgress?: (progress: IndexProgress) => void
}

/** Why an index cannot be served as it is; undefined when it can. */
export type Staleness = 'missing' | 'damaged' | 'other model' | 'other rules' | 'other documents' | undefined

/** State of the index against the corpus and the model. */
export interface IndexState {
  readonly staleness: Staleness
  readonly manifest: IndexManifest | undefined
  readonly listing: CorpusListing
  readonly fingerprint: ModelFingerprint
}

/** Compares index, corpus and model without changing anything; reads every file of the index. */
export async function inspectIndex(sources: IndexSources): Promise<IndexState> {
  const state = await compareIndex(sources)
  if (state.staleness !== undefined || state.manifest === undefined) return state
  const damaged = await damagedFile(sources.indexDir, state.manifest)
  return damaged === undefined ? state : { ...state, staleness: 'damaged' }
}

/** The same without reading the files of the index. */
async function compareIndex(sources: IndexSources): Promise<IndexState> {
  const manifest = await readManifest(sources.indexDir)
  const listing = await listCorpus(sources.corpusDir, manifest?.corpus)
  const fingerprint = await sources.fingerprint(manifest?.modelFiles ?? [])
  return { manifest, listing, fingerprint, staleness: staleness(sources, manifest, listing, fingerprint) }
}

function staleness(
  sources: IndexSources,
  manifest: IndexManifest | undefined,
  listing: CorpusListing,
  fingerprint: ModelFingerprint,
): Staleness {
  if (manifest === undefined) return 'missing'
  if (manifest.recipe.model !== fingerprint.sha256) return 'other model'
  if (manifest.recipe.splitter !== SPLITTER_VERSION || manifest.recipe.terms !== TERMS_VERSION) return 'other rules'
  if (manifest.recipe.rules !== rulesHash(sources)) return 'other rules'
  const content = (files: IndexManifest['corpus']) => JSON.stringify(files.map(({ path, size, sha256 }) => [path, size, sha256]))
  return content(manifest.corpus) === content([...listing.files]) ? undefined : 'other documents'
}

/** Hash of the data files that decide passages and terms. */
export function rulesHash({ rules, abbreviations }: Pick<IndexSources, 'rules' | 'abbreviations'>): string {
  const plain = { ...rules, boilerplateLines: [...rules.boilerplateLines], boilerplateEndings: [...rules.boilerplateEndings] }
  return createHash('sha256')
    .update(JSON.stringify([plain, abbreviations]))
    .digest('hex')
    .slice(0, 16)
}

/** An open index and, when it had to be written, what that took. */
export interface OpenedIndex {
  readonly index: CorpusIndex
  readonly report: IndexReport | undefined
}

/**
 * Opens the index, bringing it up to date first when it is not.
 * @param rebuild makes everything anew, vectors included
 * @throws ThukyError `corpus` for an unreadable folder, `index` when the folder cannot be written, `model` when it cannot be loaded
 */
export async function openUpToDateIndex(sources: IndexSources, rebuild = false): Promise<OpenedIndex> {
  const fresh = rebuild ? undefined : await openFreshIndex(sources)
  if (fresh !== undefined) return { index: fresh, report: undefined }
  const report = await updateIndex(sources, rebuild)
  return openOrRebuild(sources, report, () => updateIndex(sources, true))
}

/**
 * The index after an update. When that had nothing to do and the index cannot be read all the same, it is made anew.
 * @param report what the update did
 * @param rebuild makes everything anew
 */
export async function openOrRebuild<Report>(
  sources: IndexSources,
  report: Report | undefined,
  rebuild: () => Promise<Report | undefined>,
): Promise<{ index: CorpusIndex; report: Report | undefined }> {
  try {
    return { index: await openIndex(sources), report }
  } catch (error) {
    if (report !== undefined) throw error
    const rebuilt = await rebuild()
    return { index: await openIndex(sources), report: rebuilt }
  }
}

/** The index as it lies on disk, when it is whole and fits corpus and model; undefined when it has to be updated first. */
export async function openFreshIndex(sources: IndexSources): Promise<CorpusIndex | undefined> {
  if (await hasUnfinishedRestore(sources.indexDir)) return undefined
  const { staleness: state, manifest } = await compareIndex(sources)
  return state === undefined && manifest !== undefined ? tryOpen(sources, manifest) : undefined
}

/**
 * The index as it lies on disk, whatever the corpus has become since.
 * @throws ThukyError `index` when it is missing or not whole
 */
export async function openIndex(sources: IndexSources): Promise<CorpusIndex> {
  const manifest = await readManifest(sources.indexDir)
  const index = manifest === undefined ? undefined : await tryOpen(sources, manifest)
  if (index !== undefined) return index
  throw new ThukyError(
    'index',
    `The index in ${sources.indexDir} could not be read back after writing; check the disk, then run thuky index --rebuild.`,
  )
}

/**
 * Brings the index up to date, as the only writer; undefined when nothing had to be done.
 * @param rebuild makes everything anew, vectors included
 * @throws ThukyError `corpus` for an unreadable folder, `index` when the folder cannot be written, `model` when it cannot be loaded
 */
export function updateIndex(sources: IndexSources, rebuild = false): Promise<IndexReport | undefined> {
  return withWriterLock(
    sources.indexDir,
    { onWait: (pid) => sources.onNote?.(`Waiting for process ${pid}, which is writing the index.`) },
    () => update(sources, rebuild),
  )
}

/** The index of a manifest, or undefined when its files are not what they should be. */
async function tryOpen(sources: IndexSources, manifest: IndexManifest): Promise<CorpusIndex | undefined> {
  try {
    const stored = await readGeneration(sources.indexDir, manifest)
    const learned = stored.documents.flatMap(({ document }) => definedAbbreviations(document.text))
    return await assembleIndex(sources.indexDir, stored, {
      abbreviations: [...sources.abbreviations, ...learned],
    })
  } catch {
    return undefined
  }
}

const REASONS: Record<Exclude<Staleness, undefined>, string> = {
  missing: 'There is no index yet; making it.',
  damaged: 'The index on disk is damaged; making it anew.',
  'other model': 'The index was made with another model; making it anew.',
  'other rules': 'The index was made with other rules; bringing it up to date.',
  'other documents': 'The corpus has changed; bringing the index up to date.',
}

async function update(sources: IndexSources, rebuild: boolean): Promise<IndexReport | undefined> {
  await completeRestore(sources)
  await sweepStaging(sources.indexDir)
  const state = await inspectIndex(sources)
  if (state.staleness === undefined && !rebuild) {
    await removeUnnamedFiles(sources.indexDir)
    return undefined
  }
  sources.onNote?.(state.staleness === undefined || rebuild ? 'Making the index anew.' : REASONS[state.staleness])
  await mkdir(sources.indexDir, { recursive: true })
  const previous = rebuild ? undefined : await usableGeneration(sources, state)
  const unique = withoutDuplicateIds(state.listing.files)
  const recipe = {
    model: state.fingerprint.sha256,
    dimension: await sources.dimension(),
    splitter: SPLITTER_VERSION,
    terms: TERMS_VERSION,
    rules: rulesHash(sources),
  }
  const before = previous?.manifest.recipe
  const known =
    before?.splitter === recipe.splitter && before.rules === recipe.rules ? unchangedDocuments(previous, unique.files) : new Map()
  const { documents: read, skipped } = await readDocuments(
    sources.corpusDir,
    unique.files.filter(({ path }) => !known.has(path)),
    sources.rules,
  )
  const documents = [...known.values(), ...read.map(unlabelled)].sort((a, b) => (a.document.path < b.document.path ? -1 : 1))
  const allSkipped = [...state.listing.skipped, ...unique.skipped, ...skipped].sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const { path, reason } of allSkipped) sources.onNote?.(`Skipped ${path}: ${reason}.`)
  if (documents.length === 0)
    sources.onNote?.(`There is no readable document in ${sources.corpusDir}; put .md, .txt, .html, .pdf or .docx files there.`)
  const plan = {
    indexDir: sources.indexDir,
    reuse: {
      vectors: before?.model === recipe.model && before.dimension === recipe.dimension,
      postings: before?.terms === recipe.terms && before.rules === recipe.rules,
    },
    manifest: { recipe, modelFiles: [...state.fingerprint.files], corpus: [...state.listing.files], skipped: allSkipped },
    documents,
    abbreviations: new AbbreviationTable(sources.abbreviations),
    embed: sources.embed,
    onProgress: sources.onProgress,
  }
  try {
    return await writeGeneration({ ...plan, previous })
  } catch (error) {
    if (previous === undefined || !(error instanceof ThukyError) || error.kind !== 'index') throw error
    sources.onNote?.('The index on disk cannot be built on; making it anew.')
    return writeGeneration({ ...plan, previous: undefined })
  }
}

/** The newest generation whose files are whole: its vectors need not be computed again. */
async function usableGeneration(sources: IndexSources, { manifest }: IndexState): Promise<StoredGeneration | undefined> {
  for (const candidate of [manifest, await readManifest(sources.indexDir, 'manifest.previous.json')]) {
    if (candidate === undefined || (await damagedFile(sources.indexDir, candidate)) !== undefined) continue
    const stored = await readGeneration(sources.indexDir, candidate).catch(() => undefined)
    if (stored !== undefined) return stored
  }
  return undefined
}

/** Documents of the generation before whose files are still the same, by path: they need not be read again. */
function unchangedDocuments(previous: StoredGeneration | undefined, files: CorpusListing['files']): Map<string, UnlabelledDocument> {
  const hashes = new Map(previous?.manifest.corpus.map(({ path, sha256 }) => [path, sha256]))
  const same = new Set(files.filter(({ path, sha256 }) => sha256 !== '' && hashes.get(path) === sha256).map(({ path }) => path))
  const kept = previous?.documents.filter(({ document }) => same.has(document.path)) ?? []
  return new Map(kept.map((document) => [document.document.path, document]))
}
