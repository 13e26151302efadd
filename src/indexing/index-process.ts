// The process that writes the index of a running server. In: messages of `ToIndexProcess`. Out: messages of `FromIndexProcess`.
// It runs apart because reading documents and linking vectors block their process, and because a file may bring it down.
import { setTimeout as delay } from 'node:timers/promises'
import { buildDocument } from '../corpus/build-document.ts'
import { loadCorpusRules } from '../corpus/corpus-rules.ts'
import { loadFile } from '../corpus/load-file.ts'
import { messageOf, ThukyError } from '../errors.ts'
import { modelFingerprint } from '../inference/model-fingerprint.ts'
import { loadAbbreviations } from '../language/knowledge.ts'
import type { FromIndexProcess, IndexPlace, IndexTask, ToIndexProcess } from './index-protocol.ts'
import { Database } from './postgres/database.ts'
import { PostgresWriter } from './postgres/postgres-writer.ts'
import { type IndexSources, updateIndex } from './update-index.ts'

const send = (message: FromIndexProcess) => process.send?.(message)

type Answer = Extract<ToIndexProcess, { type: 'answer' }>
const asked = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
let questions = 0

/** Asks the server, which has the model. */
function ask(question: (id: number) => FromIndexProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const id = questions++
    asked.set(id, { resolve, reject })
    send(question(id))
  })
}

function inputs({ corpusDir, indexDir, profile }: IndexPlace): IndexSources {
  return {
    corpusDir,
    indexDir,
    rules: loadCorpusRules(),
    abbreviations: loadAbbreviations(),
    embed: async (texts) => (await ask((id) => ({ type: 'embed', id, texts }))).vectors ?? new Float32Array(),
    dimension: async () => (await ask((id) => ({ type: 'dimension', id }))).dimension ?? 0,
    fingerprint: (known) => modelFingerprint(profile, known),
    onNote: (line) => send({ type: 'note', line }),
    onProgress: (progress) => send({ type: 'progress', progress }),
  }
}

/** What this process writes with: the writer of a database, or nothing but the inputs where the index lies in files. */
interface Work {
  readonly inputs: IndexSources
  readonly writer: PostgresWriter | undefined
}

function workOn(place: IndexPlace): Work {
  const ours = inputs(place)
  return { inputs: ours, writer: place.database === null ? undefined : new PostgresWriter(new Database(place.database), ours) }
}

async function perform({ inputs: ours, writer }: Work, id: number, task: IndexTask): Promise<FromIndexProcess> {
  if (task.type === 'update') {
    const report = await (writer === undefined ? updateIndex(ours, task.rebuild) : writer.update(task.rebuild))
    return { type: 'done', id, ...(report === undefined ? {} : { report }) }
  }
  if (task.type === 'put' && writer !== undefined) return { type: 'done', id, outcome: await writer.put(task.path, task.file) }
  if (task.type === 'remove') return { type: 'done', id, found: (await writer?.remove(task.id)) === true }
  try {
    buildDocument(task.path, await loadFile(task.file), ours.rules)
    return { type: 'done', id }
  } catch (error) {
    if (error instanceof ThukyError && error.kind === 'corpus') return { type: 'done', id, reason: error.message }
    throw error
  }
}

let work: Work | undefined

process.on('message', (message: ToIndexProcess) => {
  if (message.type === 'place') work = workOn(message.place)
  else if (message.type === 'task') {
    const { id, task } = message
    perform(work as Work, id, task)
      .catch(
        (error): FromIndexProcess => ({
          type: 'failed',
          id,
          kind: error instanceof ThukyError ? error.kind : undefined,
          message: messageOf(error),
        }),
      )
      .then(send)
  } else {
    const waiting = asked.get(message.id)
    asked.delete(message.id)
    if (message.type === 'answer') waiting?.resolve(message)
    else waiting?.reject(new ThukyError(message.kind, message.message))
  }
})

/** Without its server there is nobody to write for; signals of the terminal are for the server, which ends this process. */
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => delay(15_000).then(() => process.exit(0)))
