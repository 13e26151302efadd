// In: corpus folder, index folder, model. Out: an index that fits both: opened when it is fresh and whole, else brought up to
// date first. A stale or damaged index is never served.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { CorpusRules } from '../corpus/corpus-rules.ts'
import { SPLITTER_VERSION } from '../corpus/passages.ts'
import { type CorpusListing, listCorpus, readDocuments, withoutDuplicateIds } from '../corpus/read-corpus.ts'
import { ThukyError } from '../errors.ts'
import type { ModelFingerprint } from '../inference/model-fingerprint.ts'
import { type Abbreviation, AbbreviationTable } from '../language/abbreviations.ts'
import { TERMS_VERSION } from '../language/lexical-terms.ts'
import type { CorpusIndex } from './corpus-index.ts'
import type { EmbedPassages } from './embedded-texts.ts'
import { damagedFile, type IndexManifest, type IndexSegment, manifestFiles, readManifest, segmentFiles } from './index-manifest.ts'
import { openGeneration } from './index-reader.ts'
import { type IndexReport, type PlannedDocument, type PreviousGeneration, removeUnnamedFiles, writeGeneration } from './index-writer.ts'
import { unlabelled } from './indexed-text.ts'
import { completeRestore, hasUnfinishedRestore, sweepStaging } from './restore.ts'
import type { IndexProgress } from './segment-writer.ts'
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
  const damaged = await damagedFile(sources.indexDir, manifestFiles(state.manifest))
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
  return openOrMend(sources, report, (anew) => updateIndex(sources, anew))
}

/**
 * The index after an update. When it cannot be read all the same it is mended: an update that had something to do has not looked at
 * the files it left as they were, and the next one does; one that found nothing to do is followed by one that makes everything anew.
 * @param report what the update did
 * @param update brings the index up to date once more, or makes everything anew
 */
export async function openOrMend<Report>(
  sources: IndexSources,
  report: Report | undefined,
  update: (anew: boolean) => Promise<Report | undefined>,
): Promise<{ index: CorpusIndex; report: Report | undefined }> {
  try {
    return { index: await openIndex(sources), report }
  } catch {
    const mended = await update(report === undefined)
    return { index: await openIndex(sources), report: mended ?? report }
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
 * @param before the one that is open now; what has not changed is taken over
 * @throws ThukyError `index` when it is missing or not whole
 */
export async function openIndex(sources: IndexSources, before?: CorpusIndex): Promise<CorpusIndex> {
  const manifest = await readManifest(sources.indexDir)
  const index = manifest === undefined ? undefined : await tryOpen(sources, manifest, before)
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
async function tryOpen(sources: IndexSources, manifest: IndexManifest, before?: CorpusIndex): Promise<CorpusIndex | undefined> {
  try {
    return await openGeneration(sources.indexDir, manifest, sources.abbreviations, before?.segments)
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
  if (rebuild) return writeFrom(undefined, sources, state)
  try {
    return await writeFrom(await usableGeneration(sources, state), sources, state)
  } catch (error) {
    if (state.staleness === 'missing' || !(error instanceof ThukyError) || error.kind !== 'index') throw error
    sources.onNote?.('The index on disk cannot be built on; making it anew.')
    return writeFrom(await usableGeneration(sources, { ...state, staleness: 'damaged' }), sources, state)
  }
}

/** Writes the next generation from what of an earlier one can be used, and from the corpus. */
async function writeFrom(previous: UsableGeneration | undefined, sources: IndexSources, state: IndexState): Promise<IndexReport> {
  const unique = withoutDuplicateIds(state.listing.files)
  const recipe = {
    model: state.fingerprint.sha256,
    dimension: await sources.dimension(),
    splitter: SPLITTER_VERSION,
    terms: TERMS_VERSION,
    rules: rulesHash(sources),
  }
  const before = previous?.recipe
  const sameSplits = before?.splitter === recipe.splitter && before.rules === recipe.rules
  const known = sameSplits && previous !== undefined ? unchangedDocuments(previous, unique.files) : new Map<string, string>()
  const { documents: read, skipped } = await readDocuments(
    sources.corpusDir,
    unique.files.filter(({ path }) => !known.has(path)),
    sources.rules,
  )
  const kept = [...known.values()].map((key): PlannedDocument => ({ key, split: undefined }))
  const documents = [...kept, ...read.map(unlabelled).map((split): PlannedDocument => ({ key: split.key, split }))]
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
  return writeGeneration({ ...plan, previous })
}

/** What can be built on: the segments of the newest generation that has whole ones. Their vectors need not be computed again. */
async function usableGeneration(
  { indexDir }: IndexSources,
  { manifest, staleness: state }: IndexState,
): Promise<UsableGeneration | undefined> {
  if (manifest !== undefined && state !== 'damaged') return manifest
  for (const candidate of [manifest, await readManifest(indexDir, 'manifest.previous.json')]) {
    if (candidate === undefined) continue
    const segments: IndexSegment[] = []
    for (const segment of candidate.segments) if ((await damagedFile(indexDir, segmentFiles(segment))) === undefined) segments.push(segment)
    if (segments.length > 0) return { ...candidate, segments }
  }
  return undefined
}

type UsableGeneration = PreviousGeneration & Pick<IndexManifest, 'corpus'>

/** Keys of the documents whose files are still the same, by path: they need not be read again. */
function unchangedDocuments({ corpus, segments }: UsableGeneration, files: CorpusListing['files']): Map<string, string> {
  const hashes = new Map(corpus.map(({ path, sha256 }) => [path, sha256]))
  const same = new Set(files.filter(({ path, sha256 }) => sha256 !== '' && hashes.get(path) === sha256).map(({ path }) => path))
  return new Map(segments.flatMap(({ keys }) => keys).filter(([path]) => same.has(path)))
}
