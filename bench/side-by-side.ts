// The same documents and questions, the same model, each system in a process of its own: time to index, time of a question, memory,
// and whether the right document comes first or among five. Questions are asked of all systems in turn.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from 'simple-statistics'
import { readDataSet, type SetQuestion } from '../eval/data-sets.ts'
import { bundledModel } from '../src/config.ts'
import { QUESTION_FORMS } from '../src/evaluation/question-forms.ts'
import { packageRoot } from '../src/package-root.ts'
import type { BenchRun, SystemRow } from './bench-run.ts'
import { treeMemory } from './process-memory.ts'

const SETS = ['viquad1_dev', 'uit_wiki'] as const
const QUESTIONS = 120
const FORMS = ['accented', 'unaccented'] as const

/** Ours is compiled beside this file, the others where their libraries are installed. */
const SYSTEMS: readonly {
  readonly name: string
  readonly script: (own: string, others: string) => string
  readonly settings?: readonly string[]
}[] = [
  { name: 'Thư Ký, reader off', script: (own) => join(own, 'our-peer.js') },
  { name: 'LangChain.js, HNSWLib', script: (_, others) => join(others, 'langchain.js') },
  { name: 'Orama, hybrid', script: (_, others) => join(others, 'orama.js'), settings: ['hybrid'] },
  { name: 'Orama, vectors alone', script: (_, others) => join(others, 'orama.js'), settings: ['vector'] },
  { name: 'LanceDB, hybrid', script: (_, others) => join(others, 'lancedb.js') },
  { name: 'MiniSearch', script: (_, others) => join(others, 'minisearch.js') },
]

/** Answers of a system's process; see `peers/peer.ts`. */
interface PeerAnswer {
  readonly ids?: readonly string[]
}

interface Seen {
  readonly times: number[]
  readonly ranks: Record<(typeof FORMS)[number], number[]>
}

/** The part; nothing without data. */
export async function sideBySide({ data, cache, say }: BenchRun): Promise<SystemRow[]> {
  const others = join(packageRoot(), 'bench', 'dist')
  if (data === undefined) return []
  if (!existsSync(others)) {
    say('The other libraries are not built: npm run bench:peers installs and builds them.')
    return []
  }
  const sets = SETS.map((name) => readDataSet(data, name, 'report', QUESTIONS))
  const documents = sets.flatMap(({ passages }) => passages.map(({ id, title, text }) => ({ id, title: title ?? '', text })))
  const own = dirname(fileURLToPath(import.meta.url))
  const running: { system: Peer; indexSeconds: number; seen: Seen }[] = []
  try {
    for (const { name, script, settings = [] } of SYSTEMS) {
      say(`side by side: ${name} indexes ${documents.length} documents`)
      const system = new Peer(name, script(own, others), settings)
      const started = performance.now()
      await system.request({ type: 'index', documents, model: bundledModel(), folder: join(cache, 'peers') })
      const indexSeconds = (performance.now() - started) / 1000
      running.push({ system, indexSeconds, seen: { times: [], ranks: { accented: [], unaccented: [] } } })
    }
    const questions = sets.flatMap((set) => set.questions)
    for (const { system } of running) await system.request({ type: 'ask', question: 'Thủ đô ở đâu?' })
    for (const [i, question] of questions.entries()) {
      if (i % 40 === 0) say(`side by side: question ${i} of ${questions.length}`)
      for (const form of FORMS) for (const one of running) await ask(one, question, form)
    }
    return running.map(({ system, indexSeconds, seen }) => ({
      system: system.name,
      indexSeconds,
      questionMs: median(seen.times),
      memoryMb: treeMemory(system.pid),
      recall: { accented: recall(seen.ranks.accented), unaccented: recall(seen.ranks.unaccented) },
      questions: questions.length,
      documents: documents.length,
    }))
  } finally {
    for (const { system } of running) system.stop()
  }
}

async function ask(
  { system, seen }: { system: Peer; seen: Seen },
  { question, relevant }: SetQuestion,
  form: (typeof FORMS)[number],
): Promise<void> {
  const started = performance.now()
  const { ids = [] } = await system.request({ type: 'ask', question: QUESTION_FORMS[form](question) })
  seen.times.push(performance.now() - started)
  seen.ranks[form].push(1 + [...new Set(ids)].findIndex((id) => relevant.has(id)))
}

function recall(ranks: readonly number[]): { at1: number; at5: number } {
  const share = (k: number) => ranks.filter((rank) => rank >= 1 && rank <= k).length / ranks.length
  return { at1: share(1), at5: share(5) }
}

/** A system in its process: one request at a time. */
class Peer {
  readonly #child: ChildProcess
  readonly #ended: Promise<never>

  constructor(
    readonly name: string,
    script: string,
    settings: readonly string[],
  ) {
    this.#child = fork(script, settings, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new Error(`${name} ended before it answered.`)
    })
    this.#ended.catch(() => {})
  }

  get pid(): number {
    return this.#child.pid as number
  }

  async request(message: object): Promise<PeerAnswer> {
    this.#child.send(message)
    const [answer] = (await Promise.race([once(this.#child, 'message'), this.#ended])) as [PeerAnswer]
    return answer
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }
}
