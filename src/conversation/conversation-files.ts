// In: a conversation. Out: its JSON file below a folder, written whole or not at all, and what is read back from there. Must not
// decide what is kept, nor what happens when nothing can be written.
import { randomUUID } from 'node:crypto'
import { closeSync, futimesSync, openSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as othersFirst } from 'node:timers/promises'
import { codeOf } from '../errors.ts'
import { type Conversation, conversationSchema } from './conversation.ts'

const FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/

/** Whether a text has the form of a conversation's id, a UUID. */
export const isConversationId = (id: string) => FILE.test(`${id}.json`)

/** Files of conversations. The time of a file is that of the last turn. */
export class ConversationFiles {
  /** @param folder made when the first conversation is written */
  constructor(readonly folder: string) {}

  /** Ids of the files there are; none when the folder cannot be read. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names.flatMap((name) => FILE.exec(name)?.[1] ?? [])
  }

  /** Text of a file; empty when it cannot be read. */
  async text(id: string): Promise<string> {
    return readFile(this.#path(id), 'utf8').catch(() => '')
  }

  /** A file that is missing, damaged or of another shape is none. */
  async read(id: string): Promise<Conversation | undefined> {
    try {
      const parsed = conversationSchema.safeParse(JSON.parse(await readFile(this.#path(id), 'utf8')))
      return parsed.success && parsed.data.id === id ? parsed.data : undefined
    } catch {
      return undefined
    }
  }

  /** Time of a file, milliseconds since 1970; undefined when it is not there. */
  async usedMs(id: string): Promise<number | undefined> {
    return (await stat(this.#path(id)).catch(() => undefined))?.mtimeMs
  }

  /** Replaces what was kept before, only by what is on the disk. @throws what the file system says */
  async write(conversation: Conversation): Promise<void> {
    const temporary = `${this.#path(conversation.id)}.${randomUUID()}.tmp`
    const text = textOf(conversation)
    try {
      await this.#put(text, temporary, conversation)
      await bringToDisk(text, temporary)
      await rename(temporary, this.#path(conversation.id))
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      throw error
    }
  }

  /**
   * Writes a conversation that has no file yet, so that it outlives this process; `settle` has to follow. It gives way to nothing
   * else: to hand three small calls to other threads takes longer than the calls. It needs no other name: nobody knows the id yet, and
   * a process that dies between the calls leaves an empty file, which is none. @throws what the file system says
   */
  async writeFirst(conversation: Conversation): Promise<void> {
    const path = this.#path(conversation.id)
    const file = await this.#inFolder(async () => openSync(path, 'wx'))
    try {
      const text = Buffer.from(textOf(conversation))
      if (writeSync(file, text) < text.length) throw new Error('The file was not written whole')
      setTimes(file, conversation)
    } catch (error) {
      await rm(path, { force: true }).catch(() => {})
      throw error
    } finally {
      closeSync(file)
    }
  }

  /** Makes sure that a file outlives a loss of power, once what waits for this process has had its turn. @throws what the file system says, or when the file is not whole */
  async settle(conversation: Conversation): Promise<void> {
    await othersFirst()
    await bringToDisk(textOf(conversation), this.#path(conversation.id))
  }

  /** Removes a file, if it is there. @throws what the file system says */
  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true })
  }

  #path(id: string): string {
    return join(this.folder, `${id}.json`)
  }

  async #put(text: string, path: string, { updatedAt }: Conversation): Promise<void> {
    const file = await this.#inFolder(() => open(path, 'wx'))
    try {
      await file.writeFile(text)
      const used = Date.parse(updatedAt) / 1000
      await file.utimes(used, used)
    } finally {
      await file.close()
    }
  }

  /** The folder is made when it is not there. */
  async #inFolder<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      await mkdir(this.folder, { recursive: true })
      return work()
    }
  }
}

const textOf = (conversation: Conversation) => `${JSON.stringify(conversation)}\n`

/** The file system's own time will do where it says the same second. */
function setTimes(file: number, { updatedAt }: Conversation): void {
  const used = Date.parse(updatedAt)
  if (Math.abs(Date.now() - used) >= 1000) futimesSync(file, used / 1000, used / 1000)
}

async function bringToDisk(text: string, path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
    if ((await file.stat()).size !== Buffer.byteLength(text)) throw new Error('The file was not written whole')
  } finally {
    await file.close()
  }
}
