// In: corpus folder, index folder, a file name. Out: one archive of a state that existed, taken while a server goes on: under the
// writer's lock everything is copied or linked aside, which takes moments; then it is hashed and packed at leisure.
import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { listCorpus } from '../corpus/read-corpus.ts'
import { codeOf, ThukyError } from '../errors.ts'
import { type BackupList, fileSha256, LIST_NAME } from './backup-archive.ts'
import { manifestFiles, readManifest } from './index-manifest.ts'
import { withWriterLock } from './writer-lock.ts'

/** What is backed up. */
export interface BackupPlace {
  readonly corpusDir: string
  readonly indexDir: string
}

/** Folders below the index that hold what people wrote: they go into a backup. Keys do not: a backup must not open doors. */
export const KEPT_FOLDERS = ['conversations', 'feedback'] as const

/** Folders of work that is under way, below the index. */
export const STAGING = /^(?:backup|restore)-[0-9a-f-]{36}$/

/**
 * Writes a backup; the file appears whole or not at all.
 * @param withIndex whether the files of the index go into it; it can be made again from the documents
 * @throws ThukyError `corpus` when the corpus cannot be read, `index` when the archive cannot be written
 */
export async function writeBackup(place: BackupPlace, file: string, withIndex = true): Promise<BackupList> {
  const staging = join(place.indexDir, `backup-${randomUUID()}`)
  const target = resolve(file)
  const aside = join(dirname(target), `.thuky-${randomUUID()}.backup`)
  try {
    const generation = await withWriterLock(place.indexDir, {}, () => stage(place, staging, withIndex))
    const list = await listOf(staging, generation)
    await writeFile(join(staging, LIST_NAME), `${JSON.stringify(list)}\n`)
    await (await import('tar')).create({ file: aside, cwd: staging, portable: true, noDirRecurse: true, strict: true }, [
      LIST_NAME,
      ...list.files.map(({ path }) => path),
    ])
    await sync(aside)
    await rename(aside, target)
    await sync(dirname(target))
    return list
  } catch (error) {
    if (error instanceof ThukyError) throw error
    throw new ThukyError('index', `The backup cannot be written to ${file} (${codeOf(error)}); free space or choose another place.`)
  } finally {
    await rm(aside, { force: true }).catch(() => {})
    await rm(staging, { recursive: true, force: true }).catch(() => {})
  }
}

/** Puts everything aside. */
async function stage({ corpusDir, indexDir }: BackupPlace, staging: string, withIndex: boolean): Promise<number | null> {
  const { files } = await listCorpus(corpusDir)
  for (const { path } of files) await take(join(corpusDir, path), join(staging, 'corpus', path))
  for (const folder of KEPT_FOLDERS) {
    const names = await readdir(join(indexDir, folder)).catch(() => [])
    for (const name of names.filter((each) => /\.jsonl?$/.test(each)))
      await take(join(indexDir, folder, name), join(staging, 'kept', folder, name))
  }
  const manifest = withIndex ? await readManifest(indexDir) : undefined
  if (manifest === undefined) return null
  for (const { name } of manifestFiles(manifest)) await takeLink(join(indexDir, name), join(staging, 'index', name))
  await take(join(indexDir, 'manifest.json'), join(staging, 'index', 'manifest.json'))
  return manifest.generation
}

/** Copies a file that its owner may change in place; one that has gone meanwhile is left out. */
async function take(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to, constants.COPYFILE_FICLONE).catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
}

/** Links a file of the index, which never changes; copies it where that cannot be. */
async function takeLink(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await link(from, to).catch(() => copyFile(from, to))
}

async function listOf(staging: string, generation: number | null): Promise<BackupList> {
  const entries = await readdir(staging, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(staging.length + 1))
  const files: BackupList['files'] = []
  for (const path of paths.map((each) => each.replaceAll('\\', '/')).sort()) {
    files.push({ path, size: (await stat(join(staging, path))).size, sha256: await fileSha256(join(staging, path)) })
  }
  return { format: 1, createdAt: new Date().toISOString(), generation, files }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
