// In: files for the corpus folder. Out: the folder with them, whole or not at all, on disk before a call returns. Until a change
// is kept it can be taken back: what it replaced lies aside under a hidden name.
import { randomUUID } from 'node:crypto'
import { link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { documentId } from './build-document.ts'
import { DOCUMENT_EXTENSIONS } from './read-corpus.ts'

/** Hidden files of changes that are under way; anything else in the corpus is its owner's. */
const ASIDE = /^\.thuky-[0-9a-f-]{36}\.(?:incoming|replaced)(?:\.\w+)?$/
/** Age at which such a file is what an interrupted run left, in milliseconds. */
const STALE_MS = 600_000

/** A change of the corpus that has been made and waits to be kept. */
export interface CorpusChange {
  /** Forgets what was replaced. */
  keep(): Promise<void>
  /** Puts back what was replaced. */
  undo(): Promise<void>
}

/** Writes a file aside in the folder it is meant for. Returns its absolute path; the caller places or removes it. */
export async function writeAside(corpusDir: string, path: string, bytes: Uint8Array, extension: string): Promise<string> {
  const target = join(corpusDir, path)
  await makeFolders(corpusDir, dirname(target))
  const aside = join(dirname(target), `.thuky-${randomUUID()}.incoming${extension}`)
  const handle = await open(aside, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return aside
}

/** Puts a file written aside in its place; other files of the same document go. */
export async function placeFile(corpusDir: string, path: string, aside: string): Promise<CorpusChange> {
  const others = (await filesOf(corpusDir, documentId(path), [path])).filter((other) => other !== path)
  const target = join(corpusDir, path)
  const old = replacedName(target)
  const existed = await link(target, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  await rename(aside, target)
  await syncFolder(dirname(target))
  const removal = await removeFiles(corpusDir, others)
  return {
    keep: async () => {
      await rm(old, { force: true })
      await removal.keep()
      await syncFolder(dirname(target))
    },
    undo: async () => {
      await removal.undo()
      if (existed) await rename(old, target)
      else await rm(target, { force: true })
      await syncFolder(dirname(target))
    },
  }
}

/** Takes files out of the corpus. */
export async function removeFiles(corpusDir: string, paths: readonly string[]): Promise<CorpusChange> {
  const moved: { target: string; old: string }[] = []
  const undo = async () => {
    for (const { target, old } of moved) await rename(old, target)
    for (const { target } of moved) await syncFolder(dirname(target))
  }
  try {
    for (const path of paths) {
      const target = join(corpusDir, path)
      const old = replacedName(target)
      await rename(target, old)
      moved.push({ target, old })
    }
    for (const { target } of moved) await syncFolder(dirname(target))
  } catch (error) {
    await undo().catch(() => {})
    throw error
  }
  const keep = async () => {
    for (const { old } of moved) await rm(old, { force: true })
    for (const { target } of moved) await syncFolder(dirname(target))
  }
  return { keep, undo }
}

/** Files of the corpus that have an id, by their path below it: those beside its place and beside the paths known. */
export async function filesOf(corpusDir: string, id: string, known: readonly string[]): Promise<string[]> {
  const folders = new Set([id.replaceAll('~', '/'), ...known].map(dirname))
  const found: string[] = []
  for (const folder of folders) {
    const entries = await readdir(join(corpusDir, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
      const extension = /\.[^./]+$/.exec(entry.name)?.[0].toLowerCase() ?? ''
      if (entry.isFile() && !entry.name.startsWith('.') && DOCUMENT_EXTENSIONS.has(extension) && documentId(path) === id) found.push(path)
    }
  }
  return [...new Set(found)].sort()
}

/** Removes what interrupted changes left behind long ago. */
export async function sweepAside(corpusDir: string, now: number = Date.now()): Promise<void> {
  const entries = await readdir(corpusDir, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const { name, parentPath } of entries) {
    if (!ASIDE.test(name)) continue
    const path = join(parentPath, name)
    const found = await lstat(path).catch(() => undefined)
    if (found !== undefined && now - found.ctimeMs > STALE_MS) await rm(path, { force: true }).catch(() => {})
  }
}

const replacedName = (target: string) => join(dirname(target), `.thuky-${randomUUID()}.replaced`)

async function makeFolders(corpusDir: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  for (let made = folder; first !== undefined && made.length >= Math.min(first.length, corpusDir.length); made = dirname(made)) {
    await syncFolder(made)
    if (basename(made) === '' || made === corpusDir) break
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
