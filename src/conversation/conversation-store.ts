// In: turns of conversations. Out: one JSON file for each conversation below a folder, so that they outlive the process.
// Where nothing can be written they are kept in memory, said once. Must not read or make up answers.
import { randomUUID } from 'node:crypto'
import { setImmediate as othersFirst } from 'node:timers/promises'
import { z } from 'zod'
import { codeOf, messageOf, ThukyError } from '../errors.ts'
import { type Conversation, type ConversationTurn, titleOf } from './conversation.ts'
import { ConversationFiles, isConversationId } from './conversation-files.ts'
import type { AnsweredQuestion } from './feedback.ts'

/** What a list shows of a conversation. */
export type ConversationSummary = Omit<Conversation, 'turns'>

/** Options of a store. */
export interface ConversationStoreOptions {
  /** Folder of the files; made when the first conversation is kept. */
  readonly folder: string
  /** Conversations kept, at least 1; those not used for longest go first. Default 1,000. */
  readonly limit?: number
  /** Days after its last use that a conversation is kept. Default 180. */
  readonly maxAgeDays?: number
  /** Milliseconds since 1970; for tests. Default `Date.now`. */
  readonly now?: () => number
  /** Told once, in one line, when conversations cannot be written. */
  readonly onWarning?: (line: string) => void
}

/** A turn that is being kept. */
type NewTurn = Omit<ConversationTurn, 'askedAt'>

const DAY_MS = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()

/** Keeps conversations. Calls of one process come one after the other; of several processes the last to write a turn wins. */
export class ConversationStore {
  readonly #files: ConversationFiles
  readonly #limit: number
  readonly #maxAgeMs: number
  readonly #now: () => number
  readonly #onWarning: (line: string) => void
  /** Conversations that could not be written, or not to the disk yet. */
  readonly #memory = new Map<string, Conversation>()
  /** Summaries by id with the time of the file they were read from. */
  readonly #summaries = new Map<string, { readonly usedMs: number; readonly summary: ConversationSummary }>()
  #queue: Promise<unknown> = Promise.resolve()
  #warned = false
  #sweptAt = Number.NEGATIVE_INFINITY
  /** Files there may be: those that were there, counted once, and those written since. Rather too many than too few. */
  #count = 0
  #isCounted = false
  /** First turns on their way to the disk: until they are there another process may know better. */
  readonly #settling = new Set<Promise<void>>()
  /** Settles when what was too much or too old has been removed. */
  #tidied: Promise<void> = Promise.resolve()

  constructor({ folder, limit = 1000, maxAgeDays = 180, now = Date.now, onWarning = () => {} }: ConversationStoreOptions) {
    this.#files = new ConversationFiles(folder)
    this.#limit = limit
    this.#maxAgeMs = maxAgeDays * DAY_MS
    this.#now = now
    this.#onWarning = onWarning
  }

  /** All conversations, last used first. */
  async list(): Promise<ConversationSummary[]> {
    await Promise.all([this.#tidied, ...this.#settling])
    const inMemory = new Map(this.#memory)
    const stored = await Promise.all((await this.#files.ids()).filter((id) => !inMemory.has(id)).map((id) => this.#summary(id)))
    const all = [...stored.flatMap((summary) => summary ?? []), ...[...inMemory.values()].map(summaryOf)]
    return all
      .filter((summary) => !this.#isOld(summary))
      .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0))
  }

  /** @throws ThukyError `not-found` for an unknown id or a file that cannot be read */
  async get(id: string): Promise<Conversation> {
    const found = isConversationId(id) ? (this.#memory.get(id) ?? (await this.#files.read(id))) : undefined
    if (found === undefined || this.#isOld(found)) {
      throw new ThukyError('not-found', 'There is no such conversation; GET /conversations lists them, and without an id a new one begins.')
    }
    return found
  }

  /** Questions of the user so far, oldest first. @throws ThukyError `not-found` */
  async questions(id: string): Promise<string[]> {
    return (await this.get(id)).turns.map(({ question }) => question)
  }

  /** The turn whose answer has this id, with the turns before it; undefined when no conversation has it. */
  async findAnswer(answerId: string): Promise<AnsweredQuestion | undefined> {
    if (!isConversationId(answerId)) return undefined
    const inMemory = new Map(this.#memory)
    for (const conversation of inMemory.values()) {
      const found = answeredIn(conversation, answerId)
      if (found !== undefined) return found
    }
    for (const id of await this.#files.ids()) {
      const text = inMemory.has(id) ? '' : await this.#files.text(id)
      const found = text.includes(answerId) ? answeredIn(await this.#files.read(id), answerId) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  /** A fresh id; nothing is kept before the first turn. */
  newId(): string {
    return randomUUID()
  }

  /**
   * Adds a turn; the first one makes the conversation, unless `isNew` is false.
   * @throws ThukyError `not-found` when the conversation was deleted meanwhile
   */
  append(id: string, turn: NewTurn, isNew: boolean): Promise<void> {
    if (isNew) return this.#keepFirst(this.#begun(id, turn))
    return this.#oneByOne(async () => {
      const known = await this.get(id)
      const now = iso(this.#now())
      await this.#write({ ...known, updatedAt: now, turns: [...known.turns, { ...turn, askedAt: now }] })
    })
  }

  /**
   * Keeps the first turn of a new conversation without letting its answer wait for a file: it can be read at once, and reaches its file as
   * soon as this process has done what it does now, before it takes the next request.
   */
  begin(id: string, turn: NewTurn): void {
    const conversation = this.#begun(id, turn)
    this.#memory.set(id, conversation)
    const isUnchanged = () => this.#memory.get(id) === conversation
    const settling = othersFirst()
      .then(() => this.#keepFirst(conversation, isUnchanged))
      .finally(() => this.#settling.delete(settling))
    this.#settling.add(settling)
  }

  /** Gives a conversation another title. @throws ThukyError `not-found` */
  rename(id: string, title: string): Promise<ConversationSummary> {
    return this.#oneByOne(async () => {
      const renamed = { ...(await this.get(id)), title }
      await this.#write(renamed)
      return summaryOf(renamed)
    })
  }

  /** Removes a conversation and its file. @throws ThukyError `not-found`, or `unavailable` when the file cannot be removed */
  delete(id: string): Promise<void> {
    return this.#oneByOne(async () => {
      await this.get(id)
      await this.#remove(id)
    })
  }

  #begun(id: string, turn: NewTurn): Conversation {
    const now = iso(this.#now())
    return { id, title: titleOf(turn.question), createdAt: now, updatedAt: now, turns: [{ ...turn, askedAt: now }] }
  }

  /** Writes a first turn when its turn comes, unless it has been changed or deleted until then, which has been seen to. */
  #keepFirst(conversation: Conversation, isWanted = () => true): Promise<void> {
    return this.#oneByOne(async () => {
      if (!isWanted()) return
      await this.#writeFirst(conversation)
      this.#tidy()
    })
  }

  async #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }

  #isOld({ updatedAt }: ConversationSummary): boolean {
    return this.#now() - Date.parse(updatedAt) > this.#maxAgeMs
  }

  async #summary(id: string): Promise<ConversationSummary | undefined> {
    const usedMs = await this.#files.usedMs(id)
    if (usedMs === undefined) return undefined
    const known = this.#summaries.get(id)
    if (known?.usedMs === usedMs) return known.summary
    const conversation = await this.#files.read(id)
    if (conversation === undefined) return undefined
    const summary = summaryOf(conversation)
    this.#summaries.set(id, { usedMs, summary })
    return summary
  }

  async #write(conversation: Conversation): Promise<void> {
    await this.#unlessImpossible(conversation, async () => {
      await this.#files.write(conversation)
      this.#memory.delete(conversation.id)
    })
  }

  /** The first turn reaches the disk behind the answer; until then it is read from memory. */
  async #writeFirst(conversation: Conversation): Promise<void> {
    this.#memory.set(conversation.id, conversation)
    await this.#unlessImpossible(conversation, async () => {
      await this.#files.writeFirst(conversation)
      const settling = this.#settle(conversation).finally(() => this.#settling.delete(settling))
      this.#settling.add(settling)
    })
  }

  /** Others do not wait for it: a disk may take its time. What was changed or deleted meanwhile has been seen to already. */
  async #settle(conversation: Conversation): Promise<void> {
    const isUnchanged = () => this.#memory.get(conversation.id) === conversation
    try {
      await this.#files.settle(conversation)
      if (isUnchanged()) this.#memory.delete(conversation.id)
    } catch (error) {
      if (isUnchanged()) this.#warn(error)
    }
  }

  /** A conversation that cannot be written is kept in memory. */
  async #unlessImpossible(conversation: Conversation, write: () => Promise<void>): Promise<void> {
    this.#summaries.delete(conversation.id)
    try {
      await write()
    } catch (error) {
      this.#memory.set(conversation.id, conversation)
      this.#warn(error)
    }
  }

  #warn(error: unknown): void {
    if (this.#warned) return
    this.#warned = true
    this.#onWarning(
      `Conversations cannot be written to ${this.#files.folder} (${messageOf(error)}); they are kept until this process ends. Make the folder writable to keep them longer.`,
    )
  }

  /** Removes what is too much or too old. Nobody who asks waits for it; who lists what there is does. */
  #tidy(): void {
    const surplusInMemory = [...this.#memory.keys()].slice(0, Math.max(0, this.#memory.size - this.#limit))
    for (const id of surplusInMemory) this.#memory.delete(id)
    this.#count++
    this.#tidied = this.#tidied
      .then(() => this.#forgetSurplus())
      .then(() => (this.#now() - this.#sweptAt > DAY_MS ? this.#forgetOld() : undefined))
      .catch(() => {})
  }

  /** The time of a file is that of its last turn. A tenth more than the limit may lie there before it is looked through. */
  async #forgetSurplus(): Promise<void> {
    if (!this.#isCounted) this.#count += (await this.#files.ids()).length
    this.#isCounted = true
    if (this.#count <= this.#limit + Math.floor(this.#limit / 10)) return
    const ids = await this.#files.ids()
    this.#count = Math.min(ids.length, this.#limit)
    if (ids.length <= this.#limit) return
    const files: { readonly id: string; readonly usedMs: number }[] = []
    for (const id of ids) files.push({ id, usedMs: (await this.#files.usedMs(id)) ?? 0 })
    const surplus = files.sort((a, b) => a.usedMs - b.usedMs).slice(0, ids.length - this.#limit)
    for (const { id } of surplus) await this.#remove(id)
  }

  /** Removes what has not been used for too long, once a day; until then it is only not shown. */
  async #forgetOld(): Promise<void> {
    this.#sweptAt = this.#now()
    for (const id of await this.#files.ids()) {
      const usedMs = await this.#files.usedMs(id)
      if (usedMs !== undefined && this.#now() - usedMs > this.#maxAgeMs) await this.#remove(id).catch(() => {})
    }
  }

  async #remove(id: string): Promise<void> {
    this.#memory.delete(id)
    this.#summaries.delete(id)
    try {
      await this.#files.remove(id)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return
      throw new ThukyError('unavailable', `The conversation cannot be removed (${codeOf(error)}); make its folder writable.`, { id })
    }
  }
}

function summaryOf({ id, title, createdAt, updatedAt }: Conversation): ConversationSummary {
  return { id, title, createdAt, updatedAt }
}

const answerBodySchema = z.looseObject({ id: z.string(), answer: z.string() })

function answeredIn(conversation: Conversation | undefined, answerId: string): AnsweredQuestion | undefined {
  const turns = conversation?.turns ?? []
  const at = turns.findIndex(({ answer }) => answerBodySchema.safeParse(answer).data?.id === answerId)
  const turn = turns[at]
  if (turn === undefined) return undefined
  const history = turns.slice(0, at).flatMap(({ question, answer }) => [
    { role: 'user' as const, content: question },
    { role: 'assistant' as const, content: answerBodySchema.safeParse(answer).data?.answer ?? '' },
  ])
  return { question: turn.question, standaloneQuestion: turn.standaloneQuestion, history, answer: turn.answer }
}
