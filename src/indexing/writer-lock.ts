// In: the index folder. Out: the right to write it, held by one process at a time. The lock of a process that has died is taken over.
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ThukyError } from '../errors.ts'

/** Settings of the lock. */
export interface WriterLockOptions {
  /** How long to wait for another writer, in milliseconds. Default 10 minutes: a large corpus takes its time. */
  readonly timeoutMs?: number
  /** Called once when there is another writer to wait for, with its process id. */
  readonly onWait?: (pid: number) => void
}

/** Locks held by this process: its own id in a lock file is no proof, a new container often gets the old one's ids. */
const heldHere = new Set<string>()

let attempts = 0

/**
 * Runs `work` while holding the lock.
 * @throws ThukyError `index` when the folder cannot be written or another process holds the lock too long
 */
export async function withWriterLock<T>(indexDir: string, options: WriterLockOptions, work: () => Promise<T>): Promise<T> {
  const path = join(indexDir, 'writer.lock')
  await acquire(indexDir, path, options)
  heldHere.add(path)
  try {
    return await work()
  } finally {
    heldHere.delete(path)
    await rm(path, { force: true })
  }
}

async function acquire(indexDir: string, path: string, { timeoutMs = 600_000, onWait }: WriterLockOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let told = false
  while (!(await created(indexDir, path))) {
    const owner = await readFile(path, 'utf8').catch(() => undefined)
    if (owner === undefined) continue
    if (!(await isHeld(path, owner))) {
      await removeStale(path, owner)
      continue
    }
    const pid = Number(owner.split(' ')[0])
    if (!told) onWait?.(pid)
    told = true
    if (Date.now() > deadline) {
      throw new ThukyError('index', `Process ${pid} has been writing the index for too long; end it and run thuky index again.`, { pid })
    }
    await delay(100)
  }
}

/** The lock appears whole or not at all: it is written aside and linked. */
async function created(indexDir: string, path: string): Promise<boolean> {
  const aside = `${path}.${process.pid}.${attempts++}`
  try {
    await mkdir(indexDir, { recursive: true })
    await writeFile(aside, `${process.pid} ${await startTime(process.pid)}`)
  } catch (error) {
    throw unwritable(indexDir, error)
  }
  try {
    await link(aside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw unwritable(indexDir, error)
  } finally {
    await rm(aside, { force: true })
  }
}

function unwritable(indexDir: string, error: unknown): ThukyError {
  const { code } = error as NodeJS.ErrnoException
  const words = `The index folder ${indexDir} cannot be written (${code}); make it writable or set THUKY_INDEX to another folder.`
  return new ThukyError('index', words, { indexDir, code })
}

async function isHeld(path: string, owner: string): Promise<boolean> {
  const [pid = '', started] = owner.split(' ')
  if (Number(pid) === process.pid) return heldHere.has(path)
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return (await startTime(Number(pid))) === started
}

/** When a process started, in ticks since boot; `?` where the system does not tell, and then the id alone decides. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '?'
}

/** Moves a dead owner's lock away; a lock that another process has just made in its place is put back. */
async function removeStale(path: string, owner: string): Promise<void> {
  const away = `${path}.stale.${process.pid}`
  try {
    await rename(path, away)
    if ((await readFile(away, 'utf8')) !== owner) await link(away, path)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await rm(away, { force: true })
  }
}
