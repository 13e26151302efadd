// In: keys of the environment and of the index folder, and what a client presents. Out: whose key it is. Only salted hashes are
// kept; comparing takes the same time whether a key is nearly right or not at all, and whichever it is.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, ThukyError } from '../errors.ts'

const keyFileSchema = z.object({
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
})

/** A key as it is listed. */
export interface ListedKey {
  readonly name: string
  /** ISO time; null for a file that cannot be read, whose key opens nothing. */
  readonly createdAt: string | null
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const FILE = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.json$/

const hashed = (salt: Buffer, secret: string) => createHmac('sha256', salt).update(secret).digest()
const folderOf = (indexDir: string) => join(indexDir, 'keys')

/**
 * Makes a key and keeps its hash.
 * @returns the secret, which is kept nowhere
 * @throws ThukyError `usage` for a name that is none or taken, `index` when the folder cannot be written
 */
export async function addKey(indexDir: string, name: string): Promise<string> {
  if (!NAME.test(name)) {
    throw new ThukyError('usage', `"${name}" cannot name a key; use up to 64 letters without accents, digits, - and _.`)
  }
  const secret = `tk_${randomBytes(32).toString('base64url')}`
  const salt = randomBytes(16)
  const entry = { salt: salt.toString('hex'), hash: hashed(salt, secret).toString('hex'), createdAt: new Date().toISOString() }
  const path = join(folderOf(indexDir), `${name}.json`)
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(folderOf(indexDir), { recursive: true, mode: 0o700 })
    const file = await open(aside, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(entry)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(aside, path)
    await syncFolder(folderOf(indexDir))
    return secret
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new ThukyError('usage', `There is a key named "${name}" already; remove it first or choose another name.`)
    throw new ThukyError('index', `The key cannot be kept below ${indexDir} (${codeOf(error)}); make the folder writable.`)
  } finally {
    await rm(aside, { force: true }).catch(() => {})
  }
}

/** Keys of the index folder, by name. */
export async function listKeys(indexDir: string): Promise<ListedKey[]> {
  const stored = await readKeys(indexDir)
  return stored.map(({ name, createdAt }) => ({ name, createdAt })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Removes a key; a running server refuses it within a second. @throws ThukyError `usage` when there is none of that name */
export async function removeKey(indexDir: string, name: string): Promise<void> {
  const missing = new ThukyError('usage', `There is no key named "${name}"; thuky keys list shows all.`)
  if (!NAME.test(name)) throw missing
  try {
    await rm(join(folderOf(indexDir), `${name}.json`))
    await syncFolder(folderOf(indexDir))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw missing
    throw new ThukyError('index', `The key cannot be removed below ${indexDir} (${codeOf(error)}); make the folder writable.`)
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

interface StoredKey extends ListedKey {
  readonly salt: Buffer
  readonly hash: Buffer
}

/** A file that cannot be read counts as a key that nobody has: damage never opens the door. */
async function readKeys(indexDir: string): Promise<StoredKey[]> {
  const names = await readdir(folderOf(indexDir)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    return ['unreadable.json']
  })
  return Promise.all(
    names.flatMap((file) => {
      const name = FILE.exec(file)?.[1]
      return name === undefined ? [] : [readKey(join(folderOf(indexDir), file), name)]
    }),
  )
}

async function readKey(path: string, name: string): Promise<StoredKey> {
  try {
    const { salt, hash, createdAt } = keyFileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    return { name, createdAt, salt: Buffer.from(salt, 'hex'), hash: Buffer.from(hash, 'hex') }
  } catch {
    return { name, createdAt: null, salt: randomBytes(16), hash: randomBytes(32) }
  }
}

/** How long keys read from the folder are used, in milliseconds. */
const REREAD_MS = 1000

/** Longer keys are nobody's; hashing them would be work for nothing. */
const MAX_KEY_LENGTH = 512

/** The keys of a running server. */
export class ApiKeys {
  readonly #given: readonly StoredKey[]
  #stored: readonly StoredKey[] = []
  #reading: Promise<void> | undefined
  #readAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly indexDir: string,
    given: readonly { readonly name: string; readonly secret: string }[],
  ) {
    this.#given = given.map(({ name, secret }) => {
      const salt = randomBytes(16)
      return { name, createdAt: null, salt, hash: hashed(salt, secret) }
    })
  }

  /** Whether there is any key. */
  async exist(): Promise<boolean> {
    return (await this.#all()).length > 0
  }

  /** Name of the key presented; undefined when it is none. */
  async nameOf(presented: string): Promise<string | undefined> {
    const keys = await this.#all()
    const secret = presented.length > MAX_KEY_LENGTH ? '' : presented
    let found: string | undefined
    for (const { name, salt, hash } of keys) if (timingSafeEqual(hashed(salt, secret), hash)) found = name
    return found
  }

  async #all(): Promise<readonly StoredKey[]> {
    if (performance.now() - this.#readAt > REREAD_MS) {
      this.#reading ??= readKeys(this.indexDir)
        .then((keys) => {
          this.#stored = keys
          this.#readAt = performance.now()
        })
        .finally(() => {
          this.#reading = undefined
        })
      await this.#reading
    }
    return [...this.#given, ...this.#stored]
  }
}
