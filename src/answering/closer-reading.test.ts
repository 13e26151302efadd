import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { canonicalText } from '../language/canonical.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { NameGazetteer } from '../retrieval/name-gazetteer.ts'
import { Speller } from '../retrieval/spelling.ts'
import { readable, type UnderstoodQuestion, understand } from '../retrieval/understand.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import type { CandidateSentence } from './candidate-sentences.ts'
import { answerability, CloserReader, type Reader } from './closer-reading.ts'

const CITY = 'Thành phố Bình Minh nằm bên bờ sông Lam. Năm 1868, ông Trần Văn Hải lập chợ đầu tiên của thành phố. Chợ có 120 gian hàng.'
const SCHOOL = 'Trường học của thành phố mở cửa năm 1921. Bà Lê Thị Mai là hiệu trưởng đầu tiên của trường.'

const knowledge = loadLanguageKnowledge()
let folder: string
let index: CorpusIndex

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  await writeFiles(join(folder, 'corpus'), { 'city.txt': CITY, 'school.txt': SCHOOL })
  index = (await openUpToDateIndex(new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index')))).index
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function understood(question: string): UnderstoodQuestion {
  const speller = new Speller(index, knowledge.accents)
  const tools = { index, ...knowledge, speller, names: new NameGazetteer(index) }
  return understand(readable(canonicalText(question), tools), tools)
}

/** All sentences, equally likely. */
function candidates(): CandidateSentence[] {
  const all = [...index.passages.values()].flatMap((passage) => {
    const { text } = index.documentOf(passage)
    return passage.sentences.map(({ start, end }) => ({ retrieved: { passage }, start, end, text: text.slice(start, end) }))
  })
  return all.map((sentence) => ({ ...sentence, score: 1 / all.length })) as unknown as CandidateSentence[]
}

/** Finds one text and nothing else, and remembers what it was asked. */
function finderOf(wanted: string): Reader & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    read: async (question, windows, signal) => {
      signal?.throwIfAborted()
      asked.push(question)
      return windows.map((sentences) => {
        const readings = sentences.map((text) => {
          const start = Math.max(0, text.indexOf(wanted))
          return { score: text.includes(wanted) ? 6 : -6, start, end: start + wanted.length }
        })
        return { answerable: Math.max(...readings.map(({ score }) => score)), sentences: readings }
      })
    },
  }
}

const weights = { odds: 1, span: 1, share: 0, window: 0, unread: 0 }

describe('candidates that are read closely', () => {
  test('stand in the order that the reader gives them, with probabilities, and know where the answer is', async () => {
    const reader = new CloserReader(finderOf('Lê Thị Mai'), index, weights)
    const sentences = await reader.reordered(understood('Ai là hiệu trưởng đầu tiên?'), candidates())
    const best = sentences[0] as CandidateSentence
    expect(best.text).toContain('Lê Thị Mai')
    expect(SCHOOL.slice(best.reading?.start, best.reading?.end)).toBe('Lê Thị Mai')
    expect(sentences.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 9)
    expect(sentences).toHaveLength(candidates().length)
    expect(answerability(sentences)).toBe(6)
  })

  test('are asked about with the accents that were meant', async () => {
    const finder = finderOf('120')
    await new CloserReader(finder, index, weights).reordered(understood('cho co bao nhieu gian hang'), candidates())
    expect(finder.asked[0]).toMatch(/bao nhiêu gian hàng/i)
  })

  test.each(['Who founded the first market of the city?', 'Chợ có những gian hàng nào?', 'So sánh chợ và trường học của thành phố.'])(
    'stay as they were for "%s"',
    async (question) => {
      const finder = finderOf('120')
      expect(await new CloserReader(finder, index, weights).reordered(understood(question), candidates())).toEqual(candidates())
      expect(finder.asked).toEqual([])
    },
  )

  test('end with the signal of someone who has gone', async () => {
    const reading = new CloserReader(finderOf('120'), index, weights).reordered(
      understood('Ai?'),
      candidates(),
      AbortSignal.abort(new Error('gone')),
    )
    await expect(reading).rejects.toThrow('gone')
  })

  test('without anything read have no answerability', () => {
    expect(answerability(candidates())).toBeUndefined()
  })
})
