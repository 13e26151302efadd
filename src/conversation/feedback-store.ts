// In: judgements of people about answers. Out: one JSON Lines file below a folder, flushed to disk before the call returns.
// Each line holds question and answer too, so that it outlives a conversation that ages; deleting one removes it. Must not judge
// anything itself.
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, ThukyError } from '../errors.ts'
import type { ConversationStore } from './conversation-store.ts'
import { type AnsweredQuestion, type Feedback, feedbackSchema } from './feedback.ts'

/** Options of a store. */
export interface FeedbackStoreOptions {
  /** Folder of the file; made when the first judgement is kept. */
  readonly folder: string
  /** Where answers of earlier processes are found. */
  readonly conversations: Pick<ConversationStore, 'findAnswer'>
  /** Milliseconds since 1970; for tests. Default `Date.now`. */
  readonly now?: () => number
}

/** A judgement as it is given. */
export type GivenFeedback = Pick<Feedback, 'answerId' | 'verdict' | 'note'>

/** Answers that no conversation keeps and that can still be judged. */
const REMEMBERED_ANSWERS = 200

/** Keeps judgements. Several processes may write: a line is appended as a whole. */
export class FeedbackStore {
  readonly #path: string
  readonly #folder: string
  readonly #conversations: Pick<ConversationStore, 'findAnswer'>
  readonly #now: () => number
  readonly #remembered = new Map<string, AnsweredQuestion>()
  #queue: Promise<unknown> = Promise.resolve()

  constructor({ folder, conversations, now = Date.now }: FeedbackStoreOptions) {
    this.#folder = folder
    this.#path = join(folder, 'feedback.jsonl')
    this.#conversations = conversations
    this.#now = now
  }

  /** Remembers an answer that is kept nowhere else, until the process ends or 200 others have followed. */
  remember(answerId: string, turn: AnsweredQuestion): void {
    this.#remembered.set(answerId, turn)
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size > REMEMBERED_ANSWERS && oldest !== undefined) this.#remembered.delete(oldest)
  }

  /**
   * Keeps a judgement; a later one about the same answer replaces it.
   * @throws ThukyError `not-found` for an answer that is not known, `unavailable` when nothing can be written
   */
  async give({ answerId, verdict, note }: GivenFeedback): Promise<Omit<Feedback, 'turn'>> {
    const turn = this.#remembered.get(answerId) ?? (await this.#conversations.findAnswer(answerId))
    if (turn === undefined) {
      throw new ThukyError('not-found', 'There is no such answer; send the id of a reply whose conversation has not been removed.')
    }
    const given = { answerId, verdict, note, givenAt: new Date(this.#now()).toISOString() }
    const written = this.#queue.then(() => this.#append({ ...given, turn }))
    this.#queue = written.catch(() => {})
    await written
    return given
  }

  /** The latest judgement of every answer, oldest first; lines that cannot be read are left out. */
  async list(): Promise<Feedback[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '')
    const latest = new Map<string, Feedback>()
    for (const line of text.split('\n')) {
      const feedback = parsed(line)
      if (feedback === undefined) continue
      latest.delete(feedback.answerId)
      latest.set(feedback.answerId, feedback)
    }
    return [...latest.values()]
  }

  /** Removes what was said about the answers of a conversation, which has been deleted. @throws ThukyError `unavailable` */
  async forget(conversationId: string): Promise<void> {
    const done = this.#queue.then(() => this.#rewriteWithout(conversationId))
    this.#queue = done.catch(() => {})
    await done
  }

  async #rewriteWithout(conversationId: string): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => '')
    const lines = text.split('\n').filter((line) => line !== '')
    const kept = lines.filter((line) => conversationOf(parsed(line)) !== conversationId)
    if (kept.length === lines.length) return
    const aside = `${this.#path}.${randomUUID()}.tmp`
    try {
      const file = await open(aside, 'wx')
      try {
        await file.writeFile(kept.map((line) => `${line}\n`).join(''))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(aside, this.#path)
    } catch (error) {
      await rm(aside, { force: true }).catch(() => {})
      throw new ThukyError('unavailable', `The feedback on it cannot be removed (${codeOf(error)}); make the index folder writable.`)
    }
  }

  /** Begins with a line break where a crash left half a line. */
  async #append(feedback: Feedback): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true })
      const file = await open(this.#path, 'a+')
      try {
        const { size } = await file.stat()
        const last = size === 0 ? '\n' : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString()
        await file.appendFile(`${last === '\n' ? '' : '\n'}${JSON.stringify(feedback)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    } catch (error) {
      throw new ThukyError('unavailable', `The feedback cannot be kept (${codeOf(error)}); make the index folder writable.`)
    }
  }
}

const withConversation = z.object({ conversationId: z.string() })

function conversationOf(feedback: Feedback | undefined): string | undefined {
  return withConversation.safeParse(feedback?.turn.answer).data?.conversationId
}

function parsed(line: string): Feedback | undefined {
  try {
    return feedbackSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
