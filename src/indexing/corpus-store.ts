// In: nothing (types). Out: what the product asks of the place where its corpus is kept: files of this machine, or a database that
// several servers share. One suite of tests holds for all of them (`corpus-store.test.ts`).
import type { SkippedFile } from '../corpus/source-document.ts'
import type { BackupList } from './backup-archive.ts'
import type { CorpusIndex } from './corpus-index.ts'
import type { IncomingDocument, KeptDocument } from './document-writer.ts'
import type { IndexClient } from './index-client.ts'
import type { IndexReport } from './index-writer.ts'

/** Keeps and removes single documents; a promise that is kept means on disk and searchable, or gone. */
export interface DocumentStore {
  /**
   * Keeps a document.
   * @throws ThukyError `invalid-request` for an id no file may have or a file that cannot be read, with the reason;
   * `unavailable` or `index` when it cannot be written now, and then nothing has changed
   */
  put(document: IncomingDocument): Promise<KeptDocument>
  /** Removes a document, its file included. @throws ThukyError `not-found`, `unavailable` or `index` */
  remove(id: string): Promise<CorpusIndex>
}

/** How a store stands to corpus folder and model. */
export interface StoreState {
  /** Where it is and what keeps it, for people. */
  readonly place: string
  /** Undefined when there is nothing yet. */
  readonly generation: number | undefined
  /** Why it cannot be served as it is; undefined when it can. */
  readonly staleness: string | undefined
  /** The command that mends it. */
  readonly remedy: 'thuky index' | 'thuky index --rebuild'
  /** Files in the corpus folder. */
  readonly files: number
  readonly skipped: readonly SkippedFile[]
}

/** Where a corpus with its index is kept. */
export interface CorpusStore {
  readonly documents: DocumentStore
  /** The process that writes for a running server. */
  readonly indexProcess: IndexClient
  /** Opens the index, bringing it up to date first, in this process. @throws ThukyError */
  open(): Promise<CorpusIndex>
  /** Brings the index up to date and says what was done; undefined when nothing had changed. @throws ThukyError */
  update(rebuild: boolean): Promise<{ readonly index: CorpusIndex; readonly report: IndexReport | undefined }>
  /** The same as `open` for a process that goes on: others write, and what they publish is followed. */
  follow(): Promise<CorpusIndex>
  /** Compares without changing anything. */
  inspect(): Promise<StoreState>
  /** Writes an archive of files, conversations, feedback and, where it lies in files, the index. */
  backup(file: string): Promise<BackupList>
  /** Puts all of that back; what has come since is removed. */
  restore(file: string): Promise<BackupList>
  /** Ends what it started. */
  close(): Promise<void>
}
