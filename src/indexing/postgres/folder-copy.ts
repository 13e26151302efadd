// In: documents that have been written or removed over HTTP. Out: the same in the corpus folder of this server, and that it knows so.
// The database is the truth: a folder that cannot be written is noted and stops nothing.
import { extname } from 'node:path'
import { documentId } from '../../corpus/build-document.ts'
import { filesOf, placeFile, removeFiles, writeAside } from '../../corpus/corpus-folder.ts'
import { type CorpusListing, listCorpus } from '../../corpus/read-corpus.ts'
import { codeOf } from '../../errors.ts'
import type { IndexSources } from '../update-index.ts'
import { type FolderState, writeFolderState } from './folder-state.ts'

/** The corpus folder of a server that works on a database. */
export class FolderCopy {
  constructor(private readonly inputs: Pick<IndexSources, 'corpusDir' | 'indexDir' | 'onNote'>) {}

  /** Puts a document into the folder. */
  async put(state: FolderState, path: string, bytes: Uint8Array, seen: number): Promise<void> {
    await this.#orNoted(async () => {
      const aside = await writeAside(this.inputs.corpusDir, path, bytes, extname(path).toLowerCase())
      await (await placeFile(this.inputs.corpusDir, path, aside)).keep()
      const listing = await listCorpus(this.inputs.corpusDir, state.files)
      await this.#remember(state, path, listing, seen)
    })
  }

  /** Takes a document out of the folder. */
  async remove(state: FolderState, id: string, path: string, seen: number): Promise<void> {
    await this.#orNoted(async () => {
      const files = await filesOf(this.inputs.corpusDir, id, [path])
      await (await removeFiles(this.inputs.corpusDir, files)).keep()
      await this.#remember(state, path, await listCorpus(this.inputs.corpusDir, state.files), seen)
    })
  }

  /** Writes down what became of the file of one document; others stand as they stood. */
  async #remember(state: FolderState, path: string, listing: CorpusListing, seen: number): Promise<void> {
    const id = documentId(path)
    const now = listing.files.filter((file) => documentId(file.path) === id).map((file) => ({ ...file, seen }))
    const others = state.files.filter((file) => documentId(file.path) !== id)
    await writeFolderState(this.inputs.indexDir, { ...state, files: [...others, ...now] })
  }

  async #orNoted(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.inputs.onNote?.(`The corpus folder of this server could not follow the database (${codeOf(error)}); make it writable.`)
    }
  }
}
