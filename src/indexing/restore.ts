// In: an archive of `thuky backup`. Out: corpus and index as they were then. Everything is unpacked and held against its hashes
// first; then the change is written down, so that a start after a crash completes it instead of leaving half of it.
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { listCorpus } from '../corpus/read-corpus.ts'
import { codeOf, messageOf, ThukyError } from '../errors.ts'
import { type BackupPlace, KEPT_FOLDERS, STAGING } from './backup.ts'
import { type BackupList, backupListSchema, fileSha256, LIST_NAME } from './backup-archive.ts'
import {
  type IndexFile,
  type IndexManifest,
  type IndexSegment,
  indexManifestSchema,
  publishManifest,
  readManifest,
  withFiles,
} from './index-manifest.ts'
import { withWriterLock } from './writer-lock.ts'

/** What is to be done, on disk until it has been done. */
const JOURNAL = 'restore.json'
const journalSchema = z.object({ staging: z.string().regex(STAGING) })

/**
 * Puts corpus, conversations, feedback and index back to the state of a backup. What has come since is removed.
 * @throws ThukyError `corpus` when the archive is damaged or no backup, and then nothing has changed; `index` when it cannot be written
 */
export async function restoreBackup(place: BackupPlace, file: string): Promise<BackupList> {
  const name = `restore-${randomUUID()}`
  const staging = join(place.indexDir, name)
  try {
    const list = await unpacked(file, staging)
    await withWriterLock(place.indexDir, {}, async () => {
      await durable(join(place.indexDir, JOURNAL), `${JSON.stringify({ staging: name })}\n`)
      await completeRestore(place)
    })
    return list
  } catch (error) {
    if (error instanceof ThukyError) throw error
    throw new ThukyError(
      'index',
      `The backup cannot be restored (${codeOf(error)}); free space or make the folders writable, then run it again.`,
    )
  } finally {
    if (!(await hasUnfinishedRestore(place.indexDir))) await removeFolder(staging)
  }
}

/** Whether a restore has been written down and not been completed. */
export async function hasUnfinishedRestore(indexDir: string): Promise<boolean> {
  return (await stat(join(indexDir, JOURNAL)).catch(() => undefined)) !== undefined
}

/** Removes what interrupted backups and restores left behind a day ago. */
export async function sweepStaging(indexDir: string, now: number = Date.now()): Promise<void> {
  for (const name of await readdir(indexDir).catch(() => [])) {
    if (!STAGING.test(name)) continue
    const found = await stat(join(indexDir, name)).catch(() => undefined)
    if (found !== undefined && now - found.mtimeMs > 86_400_000)
      await rm(join(indexDir, name), { recursive: true, force: true }).catch(() => {})
  }
}

/** Completes a restore that has been written down; does nothing without one. The caller holds the writer's lock. */
export async function completeRestore(place: BackupPlace): Promise<void> {
  const journal = join(place.indexDir, JOURNAL)
  const text = await readFile(journal, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const staging = stagingOf(text)
  const list = staging === undefined ? undefined : await listIn(join(place.indexDir, staging)).catch(() => undefined)
  if (staging !== undefined && list !== undefined) await putBack(place, join(place.indexDir, staging), list)
  await rm(journal, { force: true })
  if (staging !== undefined) await removeFolder(join(place.indexDir, staging))
}

function stagingOf(text: string): string | undefined {
  try {
    return journalSchema.parse(JSON.parse(text)).staging
  } catch {
    return undefined
  }
}

async function unpacked(file: string, staging: string): Promise<BackupList> {
  await mkdir(staging, { recursive: true })
  try {
    await (await import('tar')).extract({
      file,
      cwd: staging,
      strict: true,
      preserveOwner: false,
      filter: (_, entry) => 'type' in entry && entry.type === 'File',
    })
    const list = await listIn(staging)
    for (const { path, size, sha256 } of list.files) {
      const found = await stat(join(staging, path)).catch(() => undefined)
      if (found?.size !== size || (await fileSha256(join(staging, path))) !== sha256) throw new Error(`${path} is not what it should be`)
    }
    return list
  } catch (error) {
    await removeFolder(staging)
    if (codeOf(error) === 'ENOSPC') throw error
    throw new ThukyError(
      'corpus',
      `${file} is no whole backup (${messageOf(error).split('\n')[0]}); take another one. Nothing has been changed.`,
    )
  }
}

async function listIn(staging: string): Promise<BackupList> {
  return backupListSchema.parse(JSON.parse(await readFile(join(staging, LIST_NAME), 'utf8')))
}

/** Every step may have been done before. */
async function putBack({ corpusDir, indexDir }: BackupPlace, staging: string, { files }: BackupList): Promise<void> {
  const below = (folder: string) => files.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []))
  const documents = new Set(below('corpus'))
  await mkdir(corpusDir, { recursive: true })
  for (const path of documents) await place(join(staging, 'corpus', path), join(corpusDir, path))
  for (const { path } of (await listCorpus(corpusDir)).files) if (!documents.has(path)) await rm(join(corpusDir, path), { force: true })
  const kept = new Set(below('kept'))
  for (const folder of KEPT_FOLDERS) {
    const names = await readdir(join(indexDir, folder)).catch(() => [])
    for (const name of names) if (!kept.has(`${folder}/${name}`)) await rm(join(indexDir, folder, name), { force: true })
  }
  for (const path of kept) await place(join(staging, 'kept', path), join(indexDir, path))
  await restoreIndex(indexDir, join(staging, 'index'))
}

/** The files of the index get new names: those that bear theirs now belong to a generation that is being read. */
async function restoreIndex(indexDir: string, staging: string): Promise<void> {
  const text = await readFile(join(staging, 'manifest.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return
  const manifest = indexManifestSchema.safeParse(JSON.parse(text)).data
  if (manifest === undefined) return
  const generation = Math.max(manifest.generation, (await readManifest(indexDir))?.generation ?? 0) + 1
  const segments: IndexSegment[] = []
  for (const [number, segment] of manifest.segments.entries()) {
    const move = async (file: IndexFile, part: string): Promise<IndexFile> => {
      const name = `${part}-${number}.${generation}${/\.\w+$/.exec(file.name)?.[0] ?? ''}`
      await place(join(staging, file.name), join(indexDir, name))
      return { ...file, name }
    }
    segments.push(await withFiles(segment, move))
  }
  const renamed: IndexManifest = { ...manifest, generation, createdAt: new Date().toISOString(), segments }
  await publishManifest(indexDir, renamed, false)
}

/** Copies a file into its place, whole or not at all. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  const aside = join(dirname(to), `.thuky-${randomUUID()}.incoming`)
  await copyFile(from, aside)
  await sync(aside)
  await rename(aside, to)
  await sync(dirname(to))
}

/** Unpacking that has failed may write a little longer. */
const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })

async function durable(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text)
  await sync(`${path}.tmp`)
  await rename(`${path}.tmp`, path)
  await sync(dirname(path))
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
