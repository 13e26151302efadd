import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { withWriterLock } from './writer-lock.ts'

/** A process that lives until the test has finished, with the line its lock would hold. */
async function otherProcess(): Promise<{ pid: number; line: string; end: () => Promise<void> }> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(end)
  const pid = child.pid as number
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return { pid, line: `${pid} ${stat.split(') ')[1]?.split(' ')[19] ?? '?'}`, end }
}

describe('withWriterLock', () => {
  test('lets one at a time work, in this process too, and gives back what the work gives', async () => {
    const folder = join(await temporaryFolder(), 'new', 'index')
    let inside = 0
    let most = 0
    const work = async (result: string) => {
      most = Math.max(most, ++inside)
      await delay(20)
      inside--
      return result
    }
    const results = await Promise.all(['a', 'b', 'c'].map((name) => withWriterLock(folder, {}, () => work(name))))
    expect(results).toEqual(['a', 'b', 'c'])
    expect(most).toBe(1)
    expect(await readdir(folder)).toEqual([])
  })

  test('is free again after work that failed', async () => {
    const folder = await temporaryFolder()
    await expect(withWriterLock(folder, {}, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect(await withWriterLock(folder, {}, async () => 'done')).toBe('done')
  })

  test.each([
    ['a process that has ended', '4194303 12345'],
    ['an earlier process of the same id', `${process.pid} 1`],
    ['a process whose id now belongs to another', `${process.ppid} 1`],
    ['nobody: an empty file', ''],
    ['nobody: no number', 'abc def'],
  ])('takes over the lock of %s', async (_, line) => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'writer.lock': line })
    expect(await withWriterLock(folder, { timeoutMs: 500 }, async () => 'done')).toBe('done')
    expect(await readdir(folder)).toEqual([])
  })

  test('waits for a living process, says so once, and goes on when that process dies', async () => {
    const folder = await temporaryFolder()
    const other = await otherProcess()
    await writeFile(join(folder, 'writer.lock'), other.line)
    const waitedFor: number[] = []
    const work = withWriterLock(folder, { onWait: (pid) => waitedFor.push(pid) }, async () => 'done')
    await delay(250)
    expect(waitedFor).toEqual([other.pid])
    await other.end()
    expect(await work).toBe('done')
    expect(waitedFor).toEqual([other.pid])
  })

  test('gives up when a living process holds the lock too long, and leaves it its lock', async () => {
    const folder = await temporaryFolder()
    const other = await otherProcess()
    await writeFile(join(folder, 'writer.lock'), other.line)
    await expect(withWriterLock(folder, { timeoutMs: 50 }, async () => 'done')).rejects.toMatchObject({
      kind: 'index',
      message: expect.stringContaining(`Process ${other.pid} has been writing the index for too long; end it`),
    })
    expect(await readFile(join(folder, 'writer.lock'), 'utf8')).toBe(other.line)
  })

  test('says which folder cannot be written and what to do', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { file: 'x' })
    await expect(withWriterLock(join(folder, 'file', 'index'), {}, async () => 'done')).rejects.toMatchObject({
      name: 'ThukyError',
      kind: 'index',
      message: expect.stringMatching(/cannot be written \(\w+\); make it writable or set THUKY_INDEX/),
    })
  })
})
