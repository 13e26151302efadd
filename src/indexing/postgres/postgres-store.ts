// In: DATABASE_URL, and the corpus folder of this server. Out: the store whose truth is a database: several servers share it, and
// what one is told is soon known to all. The folder is where people put files; what they change in it is brought in.
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { messageOf, ThukyError } from '../../errors.ts'
import type { BackupList } from '../backup-archive.ts'
import type { CorpusIndex } from '../corpus-index.ts'
import type { CorpusStore, DocumentStore, StoreState } from '../corpus-store.ts'
import { checkFile, type IncomingDocument, type KeptDocument, placeOf, unreadable } from '../document-writer.ts'
import type { IndexClient } from '../index-client.ts'
import type { IndexReport } from '../index-writer.ts'
import type { IndexSources } from '../update-index.ts'
import { Database } from './database.ts'
import { otherRecipe } from './document-rows.ts'
import { exportFiles } from './export-files.ts'
import { readFolderState } from './folder-state.ts'
import { PostgresCorpus } from './postgres-corpus.ts'
import { PostgresWriter } from './postgres-writer.ts'
import { describeDatabase, ensureSchema } from './schema.ts'

/** How often the generation of the database is looked at, in milliseconds: what another server was told answers here after it. */
const LOOK_EVERY_MS = 500

/** The corpus in PostgreSQL. */
export class PostgresStore implements CorpusStore {
  readonly documents: DocumentStore
  readonly #database: Database
  readonly #writer: PostgresWriter
  readonly #corpus: PostgresCorpus
  #timer: NodeJS.Timeout | undefined
  #failed = 0

  /**
   * @param url DATABASE_URL
   * @param onSwap called with every generation that becomes the current one of a process that follows
   */
  constructor(
    url: string,
    private readonly sources: IndexSources,
    readonly indexProcess: IndexClient,
    private readonly onSwap: (index: CorpusIndex) => void,
  ) {
    this.#database = new Database(url)
    this.#writer = new PostgresWriter(this.#database, sources)
    this.#corpus = new PostgresCorpus({
      database: this.#database,
      abbreviations: sources.abbreviations,
      skipped: async () => (await readFolderState(sources.indexDir))?.skipped ?? [],
    })
    this.documents = { put: (document) => this.#put(document), remove: (id) => this.#remove(id) }
  }

  async open(): Promise<CorpusIndex> {
    if (await this.#hasChanges()) await this.#writer.update()
    return this.#corpus.refresh()
  }

  async update(rebuild: boolean): Promise<{ index: CorpusIndex; report: IndexReport | undefined }> {
    const report = await this.#writer.update(rebuild)
    return { index: await this.#corpus.refresh(), report }
  }

  async follow(): Promise<CorpusIndex> {
    await ensureSchema(this.#database)
    if (await this.#hasChanges()) await this.indexProcess.update()
    const index = await this.#refreshed()
    this.#look()
    return index
  }

  async inspect(): Promise<StoreState> {
    const { corpus, listing, plan, fits } = await this.#writer.inspect()
    const place = await describeDatabase(this.#database)
    const skipped = corpus === undefined ? [] : ((await readFolderState(this.sources.indexDir, corpus.id))?.skipped ?? [])
    const unique = [...new Map([...listing.skipped, ...skipped].map((file) => [file.path, file])).values()]
    const changed = plan.put.length + plan.remove.length > 0
    const staleness = corpus === undefined ? 'missing' : !fits ? 'other model or rules' : changed ? 'other documents' : undefined
    const remedy = fits ? 'thuky index' : 'thuky index --rebuild'
    return { place, generation: corpus?.generation, staleness, remedy, files: listing.files.length, skipped: unique }
  }

  /** Files of the database instead of those of the folder; the index can be made from them again. */
  async backup(file: string): Promise<BackupList> {
    await ensureSchema(this.#database)
    const { indexDir } = this.sources
    const folder = join(indexDir, `backup-${randomUUID()}`)
    try {
      const { writeBackup } = await import('../backup.ts')
      await exportFiles(this.#database, folder)
      return await writeBackup({ corpusDir: folder, indexDir }, file, false)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async restore(file: string): Promise<BackupList> {
    const { restoreBackup } = await import('../restore.ts')
    const list = await restoreBackup(this.sources, file)
    await this.#writer.update(false, 'exactly')
    return list
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.indexProcess.close()
    await this.#database.close()
  }

  /** Whether the folder has something to say; a server of other rules or another model does not answer. */
  async #hasChanges(): Promise<boolean> {
    const { corpus, plan, fits } = await this.#writer.inspect()
    if (!fits) throw otherRecipe()
    const known = corpus === undefined ? undefined : await readFolderState(this.sources.indexDir, corpus.id)
    return known === undefined || plan.put.length + plan.remove.length > 0
  }

  async #put({ id: asked, extension, bytes }: IncomingDocument): Promise<KeptDocument> {
    const id = asked.normalize('NFC')
    checkFile(extension, bytes)
    const before = this.#corpus.current?.documents.get(id)
    const sameKind = before !== undefined && extname(before.path).toLowerCase() === extension
    const path = sameKind ? before.path : `${await placeOf(this.sources.corpusDir, id)}${extension}`
    await mkdir(this.sources.indexDir, { recursive: true })
    const file = join(this.sources.indexDir, `.thuky-${randomUUID()}.incoming${extension}`)
    try {
      await writeFile(file, bytes, { flag: 'wx' })
      const reason = await this.indexProcess.check(file, path)
      if (reason !== undefined) throw unreadable(reason)
      const outcome = await this.indexProcess.put(file, path)
      return { outcome, index: await this.#refreshed() }
    } finally {
      await rm(file, { force: true }).catch(() => {})
    }
  }

  async #remove(id: string): Promise<CorpusIndex> {
    const found = await this.indexProcess.remove(id.normalize('NFC'))
    const index = await this.#refreshed()
    if (found) return index
    throw new ThukyError('not-found', 'There is no such document; GET /documents lists them.')
  }

  async #refreshed(): Promise<CorpusIndex> {
    const before = this.#corpus.current
    const index = await this.#corpus.refresh()
    if (index !== before) this.onSwap(index)
    return index
  }

  #look(): void {
    this.#timer = setTimeout(() => {
      const look = async () => {
        if (await this.#corpus.isBehind()) await this.#refreshed()
        this.#failed = 0
      }
      look()
        .catch((error) => {
          if (this.#failed++ % 120 === 0)
            this.sources.onNote?.(`The new index cannot be opened (${messageOf(error)}); the one before answers on.`)
        })
        .finally(() => {
          if (this.#timer !== undefined) this.#look()
        })
    }, LOOK_EVERY_MS).unref()
  }
}
