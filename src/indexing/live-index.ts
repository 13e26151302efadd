// In: the index folder and what writes it. Out: the newest whole generation, swapped in when this process or another one has
// published it. Requests that have begun keep the generation they began with.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, ThukyError } from '../errors.ts'
import type { CorpusIndex } from './corpus-index.ts'
import { MANIFESTS, readManifest } from './index-manifest.ts'
import { type IndexSources, openFreshIndex, openIndex, openOrMend } from './update-index.ts'

/** How often the manifest is looked at, in milliseconds; looking works on network drives too. */
const LOOK_EVERY_MS = 1000

/** Follows the index of a folder. */
export class LiveIndex {
  #current: CorpusIndex | undefined
  #refreshing: Promise<CorpusIndex> | undefined
  #timer: NodeJS.Timeout | undefined
  #failed = 0
  /** State of the manifest that was read last: that of a large corpus takes too long to read to do so every second. */
  #seen: string | undefined

  /**
   * @param update brings the index on disk up to date
   * @param onSwap called with every generation that becomes the current one
   */
  constructor(
    private readonly sources: IndexSources,
    private readonly update: (rebuild: boolean) => Promise<unknown>,
    private readonly onSwap: (index: CorpusIndex) => void = () => {},
  ) {}

  /** The generation that answers; undefined before `open`. */
  get current(): CorpusIndex | undefined {
    return this.#current
  }

  /** Opens the index, bringing it up to date first when it is not, and follows it from then on. */
  async open(): Promise<CorpusIndex> {
    const fresh = await openFreshIndex(this.sources)
    const index = fresh ?? (await openOrMend(this.sources, await this.update(false), (anew) => this.update(anew))).index
    this.#swap(index)
    this.#follow()
    return index
  }

  /** Opens what has been published meanwhile. @throws ThukyError `index` when it cannot be read; the current one stays */
  refresh(): Promise<CorpusIndex> {
    const next = (this.#refreshing ?? Promise.resolve()).then(
      () => this.#open(),
      () => this.#open(),
    )
    this.#refreshing = next
    next.catch(() => {})
    return next
  }

  /** Stops following. */
  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #open(): Promise<CorpusIndex> {
    const manifest = await readManifest(this.sources.indexDir)
    if (manifest === undefined) throw new ThukyError('index', 'The index has no manifest; run thuky index.')
    if (this.#current?.generation === manifest.generation) return this.#current
    return this.#swap(await openIndex(this.sources, this.#current))
  }

  #swap(index: CorpusIndex): CorpusIndex {
    if (index !== this.#current) this.onSwap(index)
    this.#current = index
    return index
  }

  #follow(): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error) => {
          if (this.#failed++ % 60 === 0)
            this.sources.onNote?.(`The new index cannot be opened (${messageOf(error)}); the one before answers on.`)
        })
        .finally(() => {
          if (this.#timer !== undefined) this.#follow()
        })
    }, LOOK_EVERY_MS).unref()
  }

  async #look(): Promise<void> {
    const state = await stateOf(join(this.sources.indexDir, MANIFESTS[0]))
    if (state === undefined || state === this.#seen) return
    const manifest = await readManifest(this.sources.indexDir)
    if (manifest === undefined) return
    if (manifest.generation !== this.#current?.generation) {
      await this.refresh()
      this.#failed = 0
    }
    this.#seen = state
  }
}

/** What tells one writing of a file from the next; undefined when it is not there. Manifests are renamed into place. */
async function stateOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined)
  return file && [file.ino, file.size, file.mtimeMs, file.ctimeMs].join(' ')
}
