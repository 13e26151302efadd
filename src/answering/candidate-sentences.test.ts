import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CorpusIndex } from '../indexing/corpus-index.ts'
import { openUpToDateIndex } from '../indexing/update-index.ts'
import { canonicalText } from '../language/canonical.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { NameGazetteer } from '../retrieval/name-gazetteer.ts'
import type { RetrievalResult } from '../retrieval/retriever.ts'
import { Speller } from '../retrieval/spelling.ts'
import { readable, understand } from '../retrieval/understand.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import { type CandidateSentence, candidateSentences } from './candidate-sentences.ts'
import { FEATURE_NAMES, type FeatureName } from './feature-rows.ts'
import { SentenceTerms } from './sentence-terms.ts'
import { readSentenceWeights, type SentenceWeights } from './sentence-weights.ts'

const CITY =
  'Thành phố Bình Minh nằm bên bờ sông Lam. Năm 1868, ông Trần Văn Hải lập chợ đầu tiên của thành phố. Ngôi chợ có 120 gian hàng và họp vào buổi sáng. Dân trong vùng gọi nơi này là Chợ Cũ.'
const SCHOOL =
  'Trường học của thành phố mở cửa năm 1921. Bà Lê Thị Mai là hiệu trưởng đầu tiên của trường. Trường có 14 lớp với khoảng 600 học sinh đến từ các làng gần đó.'

const knowledge = loadLanguageKnowledge()
const shipped = readSentenceWeights()
let folder: string
let sources: FakeIndexSources
let index: CorpusIndex
let speller: Speller
let names: NameGazetteer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thuky-test-'))
  await writeFiles(join(folder, 'corpus'), { 'city.txt': CITY, 'school.txt': SCHOOL })
  sources = new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index'))
  index = (await openUpToDateIndex(sources)).index
  speller = new Speller(index, knowledge.accents)
  names = new NameGazetteer(index)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Every passage, in a fixed order and with the same score, as found for a question. */
async function found(question: string): Promise<RetrievalResult> {
  const tools = { index, ...knowledge, speller, names }
  const understood = understand(readable(canonicalText(question), tools), tools)
  const vector = Float32Array.from(await sources.embeddings.embedQuery(understood.searchText))
  const passages = [...index.passages.values()]
    .sort((a, b) => (a.documentId < b.documentId ? -1 : 1))
    .map((passage) => ({ passage, score: 1, parts: { dense: 1, lexical: 1, scope: 1 }, copies: [] }))
  const labels = passages.map(({ passage }) => passage.label)
  const sentences = passages.flatMap(({ passage }) => passage.sentences.map(({ label }) => label))
  const vectors = {
    passages: await index.passageVectors.vectorsOf(labels),
    sentences: await index.sentenceVectors.vectorsOf(sentences),
  }
  return { understood, filters: {}, passages, vector, vectors, timingsMs: { embed: 0, retrieve: 0 } }
}

async function ranked(question: string, weights: SentenceWeights = shipped): Promise<CandidateSentence[]> {
  return candidateSentences(await found(question), { index, terms: new SentenceTerms(index), knowledge }, weights)
}

/** Features of the sentence that has some words. */
async function featuresOf(question: string, words: string): Promise<CandidateSentence['features']> {
  const candidate = (await ranked(question)).find(({ text }) => text.includes(words))
  if (candidate === undefined) throw new Error(`no sentence has "${words}"`)
  return candidate.features
}

const weighing = (name: FeatureName): SentenceWeights => ({ ...noWeights, [name]: 1 })
const noWeights: SentenceWeights = { ...shipped }
for (const name of FEATURE_NAMES) Object.assign(noWeights, { [name]: 0 })

describe('candidate sentences', () => {
  test.each([
    ['Ai lập chợ đầu tiên của thành phố?', 'Trần Văn Hải'],
    ['Ai là hiệu trưởng đầu tiên của trường?', 'Lê Thị Mai'],
    ['Trường học mở cửa năm nào?', '1921'],
    ['Ngôi chợ có bao nhiêu gian hàng?', '120'],
    ['truong co bao nhieu hoc sinh', '600'],
  ])('%s', async (question, answer) => {
    expect((await ranked(question))[0]?.text).toContain(answer)
  })

  test('are slices of their documents, each once, with scores that fall and make 1', async () => {
    const candidates = await ranked('Ai lập chợ?')
    const expected = [...index.passages.values()].flatMap(({ sentences }) => sentences.map(({ start, end }) => `${start}-${end}`))
    expect(candidates.map(({ start, end }) => `${start}-${end}`).sort()).toEqual(expected.sort())
    for (const { retrieved, start, end, text } of candidates) expect(index.documentOf(retrieved.passage).text.slice(start, end)).toBe(text)
    const scores = candidates.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 9)
  })

  test('come in the order of the one feature that weighs anything', async () => {
    const values = (await ranked('Trường có bao nhiêu học sinh?', weighing('coverage'))).map(({ features }) => features.coverage)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    expect(values[0]).toBeGreaterThan(values.at(-1) as number)
  })

  test('are none where nothing was found', async () => {
    const result = { ...(await found('Ai lập chợ?')), passages: [] }
    expect(candidateSentences(result, { index, terms: new SentenceTerms(index), knowledge }, shipped)).toEqual([])
  })
})

describe('features', () => {
  test('coverage is whole where all words are, and the sentence before lends its words', async () => {
    expect((await featuresOf('Trường học của thành phố mở cửa?', 'mở cửa')).coverage).toBeCloseTo(1, 9)
    const { coverage, beforeCoverage } = await featuresOf('hiệu trưởng mở cửa trường học?', 'Lê Thị Mai')
    expect(coverage).toBeLessThan(beforeCoverage)
  })

  test('a name counts as new only where the question does not name it', async () => {
    expect(await featuresOf('Ai lập chợ?', '1868')).toMatchObject({ type: 1, newType: 1, typePerson: 1 })
    expect(await featuresOf('Ông Trần Văn Hải là ai?', '1868')).toMatchObject({ newType: 0 })
  })

  test('the noun of the question word is answered by what stands beside it', async () => {
    expect(await featuresOf('Chợ có bao nhiêu gian hàng?', '120')).toMatchObject({ focus: 1, focusAnswered: 1 })
    expect(await featuresOf('Trường học mở cửa năm nào?', '1921')).toMatchObject({ focusAnswered: 1 })
    expect(await featuresOf('Chợ có bao nhiêu gian hàng?', 'Chợ Cũ')).toMatchObject({ focus: 0, focusAnswered: 0 })
  })

  test('words in order and side by side count as pairs and as a sequence', async () => {
    const inOrder = await featuresOf('trường học của thành phố mở cửa', '1921')
    expect(inOrder).toMatchObject({ pairs: 1, sequence: 1, coverage: 1 })
    const turned = await featuresOf('cửa mở phố thành của học trường', '1921')
    expect(turned.pairs).toBeLessThan(0.5)
    expect(turned.sequence).toBeLessThan(1)
    expect(turned.coverage).toBeCloseTo(inOrder.coverage, 9)
  })

  test('are finite numbers, whatever is asked', async () => {
    for (const question of ['Ai?', '???', '1868', 'zzz qqq', 'Who founded the market?', `${'chợ '.repeat(300)}`]) {
      for (const { features } of await ranked(question)) {
        for (const name of FEATURE_NAMES) expect(Number.isFinite(features[name]), `${question}: ${name}`).toBe(true)
      }
    }
  })
})

describe('the shipped weights', () => {
  test('are one finite number for every feature, and for nothing else', () => {
    expect(Object.keys(shipped).sort()).toEqual([...FEATURE_NAMES].sort())
    for (const name of FEATURE_NAMES) expect(Number.isFinite(shipped[name])).toBe(true)
  })
})

test('what other questions have looked up before changes no feature', async () => {
  const result = await found('Chợ của thành phố Bình Minh và bà Lê Thị Mai có gì?')
  const inCity = { ...result, passages: result.passages.filter(({ passage }) => passage.documentId === 'city') }
  const fresh = new SentenceTerms(index)
  const used = new SentenceTerms(index)
  for (const { passage } of result.passages) used.of(passage)
  const features = (terms: SentenceTerms) =>
    candidateSentences(inCity, { index, terms, knowledge }, shipped).map((sentence) => FEATURE_NAMES.map((name) => sentence.features[name]))
  expect(features(used)).toEqual(features(fresh))
})
