// In: files. Out: their documents in the database, one transaction each, and the corpus folder of this server in step with it.
// Several servers write at once; what one has been told is kept is never undone by another.
import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { buildDocument, documentId, type SplitDocument } from '../../corpus/build-document.ts'
import { writeAside } from '../../corpus/corpus-folder.ts'
import { loadFile } from '../../corpus/load-file.ts'
import { SPLITTER_VERSION } from '../../corpus/passages.ts'
import { type CorpusListing, listCorpus, readDocuments, withoutDuplicateIds } from '../../corpus/read-corpus.ts'
import { messageOf, ThukyError } from '../../errors.ts'
import { TERMS_VERSION } from '../../language/lexical-terms.ts'
import type { IndexReport } from '../index-writer.ts'
import { LexicalSegment } from '../lexical-segment.ts'
import { type IndexSources, rulesHash } from '../update-index.ts'
import { withWriterLock } from '../writer-lock.ts'
import type { Database } from './database.ts'
import { DocumentPreparation } from './document-preparation.ts'
import { deleteDocument, insertDocument, otherRecipe, publishChanges, readChanges, readFileOf } from './document-rows.ts'
import { FolderCopy } from './folder-copy.ts'
import { type FolderPlan, type FolderSay, folderPlan, type KnownDocument } from './folder-plan.ts'
import { type FolderState, readFolderState, writeFolderState } from './folder-state.ts'
import {
  type CorpusRow,
  dimensionOf,
  ensureGraphs,
  ensureSchema,
  hasSchema,
  lockSchema,
  modelOf,
  prepareVectors,
  readCorpusRow,
  readExtension,
} from './schema.ts'

/** Model and rules of this program. */
interface Recipe {
  readonly text: string
  readonly dimension: number
  readonly modelFiles: FolderState['modelFiles']
}

/** How the folder stands to the database. */
export interface FolderStanding {
  /** Undefined when the database has no tables yet. */
  readonly corpus: CorpusRow | undefined
  readonly listing: CorpusListing
  readonly plan: FolderPlan
  /** Whether the database was made by this program's model and rules, or by none yet. */
  readonly fits: boolean
}

/** Writes the corpus of a database. */
export class PostgresWriter {
  readonly #preparation: DocumentPreparation
  readonly #folder: FolderCopy

  constructor(
    private readonly database: Database,
    private readonly inputs: IndexSources,
  ) {
    this.#preparation = new DocumentPreparation(database, inputs)
    this.#folder = new FolderCopy(inputs)
  }

  /** Compares folder and database without changing anything. */
  async inspect(say: FolderSay = 'changes'): Promise<FolderStanding> {
    const corpus = (await hasSchema(this.database)) ? await readCorpusRow(this.database) : undefined
    const state = corpus === undefined ? undefined : await readFolderState(this.inputs.indexDir, corpus.id)
    const recipe = await this.#recipe(state, corpus)
    const listing = await listCorpus(this.inputs.corpusDir, state?.files)
    const made = corpus?.recipe ?? null
    const known = made === null ? new Map() : await readChanges(this.database, -1)
    return { corpus, listing, plan: plannedFor(listing, state, known, say), fits: made === null || made === recipe.text }
  }

  /**
   * Brings what was changed in the folder into the database; undefined when there was nothing.
   * @param say how far the folder decides
   * @param rebuild makes passages and vectors of all documents anew, by the model and rules of this program
   * @throws ThukyError `index` when model or rules are not those of the database
   */
  update(rebuild = false, say: FolderSay = 'changes'): Promise<IndexReport | undefined> {
    return this.#alone(async () => {
      const corpus = await ensureSchema(this.database)
      const state = await readFolderState(this.inputs.indexDir, corpus.id)
      const recipe = await this.#recipe(state, corpus)
      const isNew = await this.#adopt(recipe, rebuild)
      let embeddedTexts = rebuild && !isNew ? await this.#rebuild(recipe) : 0
      const listing = await listCorpus(this.inputs.corpusDir, state?.files)
      const seen = (await readCorpusRow(this.database)).generation
      const plan = plannedFor(listing, state, await readChanges(this.database, -1), say)
      const unique = withoutDuplicateIds(listing.files)
      const { documents, skipped } = await readDocuments(this.inputs.corpusDir, plan.put, this.inputs.rules)
      const kept =
        state?.skipped.filter(
          ({ path }) => unique.files.some((file) => file.path === path) && !plan.put.some((file) => file.path === path),
        ) ?? []
      const conflicts = plan.conflicts.map((path) => ({
        path,
        reason: 'it was changed in the database too; send it again with PUT if it is the right one',
      }))
      const all = [...listing.skipped, ...unique.skipped, ...kept, ...skipped, ...conflicts].sort((a, b) => (a.path < b.path ? -1 : 1))
      for (const { path, reason } of all) this.inputs.onNote?.(`Skipped ${path}: ${reason}.`)
      const written = await this.#write(documents, recipe)
      embeddedTexts += written.embedded
      for (const id of plan.remove) await this.#delete(id, recipe)
      await ensureGraphs(this.database)
      await writeFolderState(this.inputs.indexDir, {
        corpus: corpus.id,
        generation: seen,
        files: listing.files.map((file) => ({ ...file, seen: written.generations.get(file.path) ?? seen })),
        skipped: all,
        modelFiles: recipe.modelFiles,
      })
      const changed = rebuild || documents.length > 0 || plan.remove.length > 0
      return changed || state === undefined ? this.#report(embeddedTexts) : undefined
    })
  }

  /**
   * Keeps a document.
   * @param file where its bytes lie now
   * @param path below the corpus
   */
  put(path: string, file: string): Promise<'created' | 'replaced' | 'unchanged'> {
    return this.#alone(async () => {
      const { recipe, state } = await this.#ready()
      const bytes = await readFile(file)
      const id = documentId(path)
      const before = await readFileOf(this.database, id)
      if (before?.path === path && before.bytes.equals(bytes)) return 'unchanged'
      const split = buildDocument(path, await loadFile(file), this.inputs.rules)
      await this.#write([split], recipe, new Map([[path, bytes]]))
      await ensureGraphs(this.database)
      await this.#folder.put(state, path, bytes, (await readCorpusRow(this.database)).generation)
      return before === undefined ? 'created' : 'replaced'
    })
  }

  /** Removes a document; false when there is none. */
  remove(id: string): Promise<boolean> {
    return this.#alone(async () => {
      const { recipe, state } = await this.#ready()
      const before = await readFileOf(this.database, id)
      if (before === undefined || !(await this.#delete(id, recipe))) return false
      await this.#folder.remove(state, id, before.path, (await readCorpusRow(this.database)).generation)
      return true
    })
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const onWait = (pid: number) => this.inputs.onNote?.(`Waiting for process ${pid}, which is writing the index.`)
    return withWriterLock(this.inputs.indexDir, { onWait }, work)
  }

  async #ready(): Promise<{ recipe: Recipe; state: FolderState }> {
    const corpus = await ensureSchema(this.database)
    const state = await readFolderState(this.inputs.indexDir, corpus.id)
    const recipe = await this.#recipe(state, corpus)
    await this.#adopt(recipe, false)
    const none = { corpus: corpus.id, generation: -1, files: [], skipped: [], modelFiles: recipe.modelFiles }
    return { recipe, state: state ?? none }
  }

  /** The model is not started where its dimension is known. */
  async #recipe(state: FolderState | undefined, corpus: CorpusRow | undefined): Promise<Recipe> {
    const { sha256: model, files } = await this.inputs.fingerprint(state?.modelFiles ?? [])
    const made = corpus?.recipe ?? null
    const dimension = (modelOf(made) === model ? dimensionOf(made) : undefined) ?? (await this.inputs.dimension())
    const text = JSON.stringify({
      model,
      dimension,
      splitter: SPLITTER_VERSION,
      terms: TERMS_VERSION,
      rules: rulesHash(this.inputs),
      postings: LexicalSegment.format,
    })
    return { text, dimension, modelFiles: [...files] }
  }

  /** A database without a recipe gets this one; says whether it did. */
  async #adopt({ text, dimension }: Recipe, rebuild: boolean): Promise<boolean> {
    if ((await readCorpusRow(this.database)).recipe === text) return false
    return this.database.transaction(async (session) => {
      await lockSchema(session)
      const { recipe } = await readCorpusRow(session)
      if (recipe === text || (recipe !== null && rebuild)) return false
      if (recipe !== null) throw otherRecipe()
      await prepareVectors(session, dimension, true)
      await session.rows('UPDATE thuky.corpus SET recipe = $1', [text])
      return true
    })
  }

  /** Writes documents, one transaction each; texts of many are embedded together. Says which generation each made, by path. */
  async #write(
    documents: readonly SplitDocument[],
    recipe: Recipe,
    files: ReadonlyMap<string, Uint8Array> = new Map(),
  ): Promise<{ embedded: number; generations: ReadonlyMap<string, number> }> {
    const { type } = await readExtension(this.database)
    const generations = new Map<string, number>()
    let embedded = 0
    for await (const group of this.#preparation.groups(documents, files)) {
      for (const document of group.documents) {
        const { id, path } = document.indexed.document
        const generation = await this.database.transaction(async (session) => {
          await insertDocument(session, document, type)
          return publishChanges(session, recipe.text, new Map([[id, document.sha256]]))
        })
        generations.set(path, generation)
      }
      embedded += group.embedded
    }
    return { embedded, generations }
  }

  #delete(id: string, recipe: Recipe): Promise<boolean> {
    return this.database.transaction(async (session) => {
      const found = await deleteDocument(session, id)
      if (found) await publishChanges(session, recipe.text, new Map([[id, null]]))
      return found
    })
  }

  /** All documents anew in one transaction: until it ends, servers answer from what was there before. */
  async #rebuild(recipe: Recipe): Promise<number> {
    this.inputs.onNote?.('Making the index anew.')
    const { type } = await readExtension(this.database)
    let embedded = 0
    await this.database.transaction(async (session) => {
      await session.rows('SELECT 1 FROM thuky.corpus FOR UPDATE')
      const before = await readCorpusRow(session)
      await session.rows('UPDATE thuky.corpus SET recipe = $1', [recipe.text])
      await lockSchema(session)
      await prepareVectors(session, recipe.dimension, dimensionOf(before.recipe) !== recipe.dimension)
      const changes = new Map<string, string | null>()
      for (const row of await session.rows('SELECT id FROM thuky.documents ORDER BY path')) {
        const id = String(row['id'])
        const file = await readFileOf(session, id)
        if (file === undefined) continue
        const split = await this.#splitAgain(file)
        for await (const group of this.#preparation.groups([split], new Map([[file.path, file.bytes]]))) {
          for (const document of group.documents) await insertDocument(session, document, type)
          embedded += group.embedded
        }
        changes.set(id, sha256(file.bytes))
      }
      await publishChanges(session, recipe.text, changes)
    })
    return embedded
  }

  /** Reads a document from the bytes the database keeps. */
  async #splitAgain({ path, bytes }: { path: string; bytes: Buffer }): Promise<SplitDocument> {
    const aside = await writeAside(this.inputs.indexDir, 'again', bytes, extname(path).toLowerCase())
    try {
      return buildDocument(path, await loadFile(aside), this.inputs.rules)
    } catch (error) {
      throw new ThukyError('index', `${path} can no longer be read (${messageOf(error)}); remove it, then run thuky index --rebuild again.`)
    } finally {
      await rm(aside, { force: true })
    }
  }

  async #report(embeddedTexts: number): Promise<IndexReport> {
    const [row] = await this.database.rows(
      'SELECT (SELECT generation FROM thuky.corpus) AS generation, (SELECT count(*) FROM thuky.documents) AS documents, (SELECT count(*) FROM thuky.passages) AS passages',
    )
    const count = (name: string) => Number(row?.[name] ?? 0)
    return { generation: count('generation'), documents: count('documents'), passages: count('passages'), embeddedTexts }
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function plannedFor(
  listing: CorpusListing,
  state: FolderState | undefined,
  known: ReadonlyMap<string, KnownDocument>,
  say: FolderSay,
): FolderPlan {
  const withId = <File extends { readonly path: string }>(file: File) => ({ ...file, id: documentId(file.path) })
  return folderPlan({
    files: withoutDuplicateIds(listing.files).files.map(withId),
    base: new Map(state?.files.map((file) => [file.path, withId(file)])),
    comparedAt: state?.generation ?? -1,
    known,
    say,
  })
}
