// In: documents to keep or to remove. Out: the corpus folder and the index with that change, both on disk and searchable, or
// neither. Changes of one document come one after the other; changes of several share one update of the index.
import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type CorpusChange, filesOf, placeFile, removeFiles, writeAside } from '../corpus/corpus-folder.ts'
import { pathOfId, staysInside } from '../corpus/document-path.ts'
import { MAX_FILE_BYTES, READABLE_EXTENSIONS } from '../corpus/load-file.ts'
import { codeOf, ThukyError } from '../errors.ts'
import type { CorpusIndex } from './corpus-index.ts'
import type { DocumentStore } from './corpus-store.ts'
import type { IndexClient } from './index-client.ts'
import type { LiveIndex } from './live-index.ts'

/** A file to keep under an id. */
export interface IncomingDocument {
  readonly id: string
  /** With the dot, lower case. */
  readonly extension: string
  readonly bytes: Uint8Array
}

/** What became of it. */
export interface KeptDocument {
  readonly outcome: 'created' | 'replaced' | 'unchanged'
  /** A generation that holds it. */
  readonly index: CorpusIndex
}

/** Writes documents into the corpus of a running server. */
export class DocumentWriter implements DocumentStore {
  readonly #turns = new Map<string, Promise<unknown>>()
  #update: Promise<CorpusIndex> | undefined
  #following: Promise<CorpusIndex> | undefined

  constructor(
    private readonly corpusDir: string,
    private readonly client: Pick<IndexClient, 'check' | 'update'>,
    private readonly live: Pick<LiveIndex, 'refresh' | 'current'>,
  ) {}

  /**
   * Keeps a document.
   * @throws ThukyError `invalid-request` for an id no file may have or a file that cannot be read, with the reason;
   * `unavailable` or `index` when it cannot be written now, and then nothing has changed
   */
  put(document: IncomingDocument): Promise<KeptDocument> {
    const id = document.id.normalize('NFC')
    return this.#inTurn(id, () => this.#put({ ...document, id }))
  }

  /** Removes a document, its file included. @throws ThukyError `not-found`, `unavailable` or `index` */
  remove(id: string): Promise<CorpusIndex> {
    const normal = id.normalize('NFC')
    return this.#inTurn(normal, () => this.#remove(normal))
  }

  async #put({ id, extension, bytes }: IncomingDocument): Promise<KeptDocument> {
    const before = this.live.current?.documents.get(id)
    const sameKind = before !== undefined && extname(before.path).toLowerCase() === extension
    const path = sameKind ? before.path : `${await placeOf(this.corpusDir, id)}${extension}`
    checkFile(extension, bytes)
    if (this.live.current !== undefined && (await this.#isKept(path, bytes))) return { outcome: 'unchanged', index: this.live.current }
    const others = (await filesOf(this.corpusDir, id, before === undefined ? [path] : [path, before.path])).length
    const change = await this.#orUnwritable(async () => {
      const aside = await writeAside(this.corpusDir, path, bytes, extension)
      try {
        const reason = await this.client.check(aside, path)
        if (reason !== undefined) throw unreadable(reason)
        return await placeFile(this.corpusDir, path, aside)
      } catch (error) {
        await rm(aside, { force: true }).catch(() => {})
        throw error
      }
    })
    const index = await this.#commit(change, (now) => now.fileHashes.get(path) === hashOf(bytes) && now.documents.get(id)?.path === path)
    return { outcome: others > 0 ? 'replaced' : 'created', index }
  }

  async #remove(id: string): Promise<CorpusIndex> {
    const path = this.live.current?.documents.get(id)?.path
    const files =
      pathOfId(id).path === undefined && path === undefined ? [] : await filesOf(this.corpusDir, id, path === undefined ? [] : [path])
    const safe: string[] = []
    for (const file of files) if (await staysInside(this.corpusDir, file)) safe.push(file)
    if (safe.length === 0) throw new ThukyError('not-found', 'There is no such document; GET /documents lists them.')
    const change = await this.#orUnwritable(() => removeFiles(this.corpusDir, safe))
    return this.#commit(change, (now) => !now.documents.has(id))
  }

  async #isKept(path: string, bytes: Uint8Array): Promise<boolean> {
    if (this.live.current?.fileHashes.get(path) !== hashOf(bytes)) return false
    const onDisk = await readFile(join(this.corpusDir, path)).catch(() => undefined)
    return onDisk?.equals(bytes) === true
  }

  /** Indexes a change, or takes it back. */
  async #commit(change: CorpusChange, isIn: (index: CorpusIndex) => boolean): Promise<CorpusIndex> {
    try {
      const index = await this.#updated()
      if (!isIn(index)) throw new ThukyError('unavailable', 'Another program changed the same file meanwhile; look at it and try again.')
      await change.keep().catch(() => {})
      return index
    } catch (error) {
      await change.undo().catch(() => {})
      throw error
    }
  }

  /** The index after an update that began after this call. One runs at a time; those who come meanwhile share the next. */
  #updated(): Promise<CorpusIndex> {
    const run = async () => {
      await this.client.update()
      return this.live.refresh()
    }
    if (this.#update === undefined) {
      const update = run().finally(() => {
        this.#update = undefined
      })
      this.#update = update
      return update
    }
    this.#following ??= this.#update
      .catch(() => {})
      .then(() => {
        this.#following = undefined
        return this.#updated()
      })
    return this.#following
  }

  async #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#turns.get(id) ?? Promise.resolve()).then(work, work)
    this.#turns.set(id, done)
    try {
      return await done
    } finally {
      if (this.#turns.get(id) === done) this.#turns.delete(id)
    }
  }

  /** What the disk refuses is said without its paths. */
  async #orUnwritable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ThukyError) throw error
      throw new ThukyError(
        'unavailable',
        `The corpus folder cannot be written (${codeOf(error)}); free space or make it writable, then try again.`,
      )
    }
  }
}

/** Where the file of an id lies below the corpus, without extension. @throws ThukyError `invalid-request` for an id no file may have */
export async function placeOf(corpusDir: string, id: string): Promise<string> {
  const { path, fault } = pathOfId(id)
  if (path === undefined) throw new ThukyError('invalid-request', `The id ${fault}.`, { field: 'id' })
  if (await staysInside(corpusDir, path)) return path
  throw new ThukyError('invalid-request', 'The id leads through something that is no folder of the corpus; choose another.', {
    field: 'id',
  })
}

/** Whether a file may be read at all. @throws ThukyError `invalid-request` for another format or too many bytes */
export function checkFile(extension: string, bytes: Uint8Array): void {
  if (!READABLE_EXTENSIONS.includes(extension)) {
    throw new ThukyError('invalid-request', `Files of this format are not read; send ${READABLE_EXTENSIONS.join(', ')}.`, { field: 'file' })
  }
  if (bytes.length > MAX_FILE_BYTES) throw unreadable(`it is larger than ${MAX_FILE_BYTES} bytes; split it into several files`)
}

/** A file that cannot be a document. */
export const unreadable = (reason: string) =>
  new ThukyError('invalid-request', `The document cannot be used: ${reason}.`, { field: 'file' })

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
