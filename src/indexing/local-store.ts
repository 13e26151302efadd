// In: corpus folder and index folder. Out: the store whose truth is the corpus folder: vectors in HNSW graphs, postings and
// documents in files of the index folder, one writer at a time.
import type { BackupList } from './backup-archive.ts'
import type { CorpusIndex } from './corpus-index.ts'
import type { CorpusStore, StoreState } from './corpus-store.ts'
import { DocumentWriter } from './document-writer.ts'
import type { IndexClient } from './index-client.ts'
import type { IndexReport } from './index-writer.ts'
import { LiveIndex } from './live-index.ts'
import { type IndexSources, inspectIndex, openUpToDateIndex } from './update-index.ts'

/** The corpus in files of this machine. */
export class LocalStore implements CorpusStore {
  readonly documents: DocumentWriter
  readonly #live: LiveIndex

  /** @param onSwap called with every generation that becomes the current one of a process that follows */
  constructor(
    private readonly sources: IndexSources,
    readonly indexProcess: IndexClient,
    onSwap: (index: CorpusIndex) => void,
  ) {
    this.#live = new LiveIndex(sources, (rebuild) => indexProcess.update(rebuild), onSwap)
    this.documents = new DocumentWriter(sources.corpusDir, indexProcess, this.#live)
  }

  async open(): Promise<CorpusIndex> {
    return (await this.update(false)).index
  }

  update(rebuild: boolean): Promise<{ index: CorpusIndex; report: IndexReport | undefined }> {
    return openUpToDateIndex(this.sources, rebuild)
  }

  follow(): Promise<CorpusIndex> {
    return this.#live.open()
  }

  async inspect(): Promise<StoreState> {
    const { listing, manifest, staleness } = await inspectIndex(this.sources)
    const skipped = [...listing.skipped, ...(staleness === undefined ? (manifest?.skipped ?? []) : [])]
    const unique = [...new Map(skipped.map((file) => [file.path, file])).values()]
    const remedy = 'thuky index'
    return {
      place: this.sources.indexDir,
      generation: manifest?.generation,
      staleness,
      remedy,
      files: listing.files.length,
      skipped: unique,
    }
  }

  async backup(file: string): Promise<BackupList> {
    const { writeBackup } = await import('./backup.ts')
    return writeBackup(this.sources, file)
  }

  async restore(file: string): Promise<BackupList> {
    const { restoreBackup } = await import('./restore.ts')
    const list = await restoreBackup(this.sources, file)
    await this.update(false)
    return list
  }

  async close(): Promise<void> {
    this.#live.close()
    await this.indexProcess.close()
  }
}
