// Replies as chat models write them, true ones and lies, over the sentences of the corpus: what is shown of them. Half of them was
// looked at while the checks were made; the other half was not.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Assistant, createAssistant } from '../assistant.ts'
import { loadConfig } from '../config.ts'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { loadContraryWords } from '../language/contrary-words.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { packageRoot } from '../package-root.ts'
import type { Citation } from './answer.ts'
import { ClaimJudge, type Judgement } from './claim-judge.ts'
import { readSupportWeights } from './claim-likeness.ts'
import { MarkedSentences } from './marked-sentences.ts'

const replySchema = z.object({
  id: z.string(),
  lie: z.string().nullable(),
  sources: z.array(z.object({ document: z.string(), sentence: z.string() })),
  reply: z.string(),
})
type Reply = z.output<typeof replySchema>

const replies = readFileSync(join(packageRoot(), 'eval', 'gold', 'model-replies.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => replySchema.parse(JSON.parse(line)))
const isHeldOut = ({ id }: Reply) => (createHash('sha256').update(id).digest()[0] as number) % 6 >= 3

let folder: string
let assistant: Assistant
let index: CorpusIndex
const judged = new Map<string, readonly Judgement[]>()

/** The sentence of a document that begins so. */
function citation({ document: id, sentence }: Reply['sources'][number], marker: number): Citation {
  const document = index.documents.get(id)
  if (document === undefined) throw new Error(`no document ${id}`)
  const at = document.text.indexOf(sentence)
  const own = [...index.passages.values()].filter(({ documentId }) => documentId === id).flatMap(({ sentences }) => sentences)
  const span = own.find(({ start, end }) => start <= at && at < end)
  if (at < 0 || span === undefined) throw new Error(`no sentence ${sentence}`)
  const { start, end } = span
  return { marker, conference: index.conferenceOf(document), document, quote: document.text.slice(start, end), start, end, score: 1 }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-replies-'))
  assistant = createAssistant(loadConfig({ corpus: join(packageRoot(), 'corpus'), index: folder }, {}))
  index = await assistant.open()
  const language = loadLanguageKnowledge()
  const contrary = loadContraryWords((key) => !language.functionWords.has(key))
  const knowledge = { language, contrary, expansions: (text: string) => index.abbreviations.expansions(text) }
  const embed = async (texts: readonly string[]) => {
    const { vectors, dimension } = await assistant.embed('passage', texts)
    return texts.map((_, row) => vectors.subarray(row * dimension, (row + 1) * dimension))
  }
  for (const { id, sources, reply } of replies) {
    const judge = new ClaimJudge(
      sources.map((source, i) => citation(source, i + 1)),
      knowledge,
      readSupportWeights(),
      embed,
    )
    const reading = new MarkedSentences()
    const sentences = [...reading.push(reply), ...reading.end()]
    judged.set(id, await Promise.all(sentences.map((sentence) => judge.judge(sentence))))
  }
})
afterAll(async () => {
  await assistant?.close()
  await rm(folder, { recursive: true, force: true })
})

const passes = ({ id }: Reply) => judged.get(id)?.every(({ proven }) => proven) === true
const faultsOf = ({ id }: Reply) => judged.get(id)?.flatMap((judgement) => (judgement.proven ? [] : judgement.faults)) ?? []

test('the set has at least 60 lies of all kinds and 60 true replies', () => {
  expect(replies.filter(({ lie }) => lie !== null).length).toBeGreaterThanOrEqual(60)
  expect(replies.filter(({ lie }) => lie === null).length).toBeGreaterThanOrEqual(60)
})

describe.each([
  ['looked at', replies.filter((reply) => !isHeldOut(reply))],
  ['not looked at', replies.filter(isHeldOut)],
])('replies %s', (_, all) => {
  const lies = all.filter(({ lie }) => lie !== null)
  const truths = all.filter(({ lie }) => lie === null)

  test('that lie are caught', () => {
    const shown = lies.filter(passes)
    expect(shown.filter(({ lie }) => lie === 'number' || lie === 'name')).toEqual([])
    expect(1 - shown.length / lies.length).toBeGreaterThanOrEqual(0.98)
  })

  test('that are true are shown', () => {
    const cut = truths.filter((reply) => !passes(reply)).map((reply) => [reply.id, ...faultsOf(reply)])
    expect(cut.length / truths.length, JSON.stringify(cut)).toBeLessThanOrEqual(0.05)
  })
})
