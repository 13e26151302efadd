import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from '../assistant.ts'
import { packageRoot } from '../package-root.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { evaluatedSystem } from './evaluated-system.ts'
import { type GoldDocument, goldFaults } from './gold-faults.ts'
import { type GoldQuestion, goldFingerprint, goldJsonSchema, goldQuestions } from './gold-question.ts'

const FILES = ['conferences', 'english', 'dialogues']
const textOf = (name: string) => readFileSync(join(packageRoot(), 'eval', 'gold', `${name}.jsonl`), 'utf8')
const golds = [...FILES, 'conferences-held-out', 'dialogues-held-out'].flatMap((name) => goldQuestions(textOf(name), name))

let workspace: Workspace
let assistant: Assistant
let documents: ReadonlyMap<string, GoldDocument>

beforeAll(async () => {
  workspace = await makeWorkspace()
  assistant = createAssistant(workspace.config)
  documents = (await evaluatedSystem(assistant)).documents
})
afterAll(async () => {
  await assistant?.close()
  await workspace?.remove()
})

describe('the gold files', () => {
  test('fit the documents: evidence word for word, keys in the evidence, nothing twice', () => {
    expect(goldFaults(golds, documents)).toEqual([])
  })

  test('follow the published schema, which is the one the product checks by', () => {
    const published = JSON.parse(readFileSync(join(packageRoot(), 'eval', 'gold', 'schema.json'), 'utf8')) as object
    expect(published, 'run npm run eval:schema').toEqual(JSON.parse(JSON.stringify(goldJsonSchema())))
    const isValid = new Ajv2020().compile(published)
    for (const name of [...FILES, 'conferences-held-out', 'dialogues-held-out', 'paired-reports']) {
      for (const line of textOf(name).trim().split('\n')) expect(isValid(JSON.parse(line)), line).toBe(true)
    }
    expect(isValid({ id: 'x' })).toBe(false)
  })

  test('about paired reports fit those', async () => {
    const folder = join(packageRoot(), 'eval', 'gold', 'paired-reports')
    const paired = goldQuestions(textOf('paired-reports'))
    const texts = new Map(
      paired
        .flatMap(({ source_docs }) => source_docs)
        .map((id) => [id, { text: readFileSync(join(folder, `${id}.md`), 'utf8'), header: '' }]),
    )
    expect(goldFaults(paired, texts)).toEqual([])
  })
})

describe('a fault is found and named', () => {
  const sound = golds.find(({ answerable, history }) => answerable && history.length === 0) as GoldQuestion
  const rules = (...changed: GoldQuestion[]) => goldFaults(changed, documents).map(({ id, rule }) => `${id} ${rule}`)

  test('evidence that is not word for word', () => {
    expect(rules({ ...sound, evidence: [`${sound.evidence[0]} thêm`] })).toEqual([`${sound.id} evidence`])
  })

  test('a key the evidence does not hold', () => {
    expect(rules({ ...sound, must_include: ['ba nghìn cái ghế'] })).toEqual([`${sound.id} key`])
    expect(rules({ ...sound, must_include: [['ba nghìn cái ghế', [sound.must_include[0]].flat(2)[0] as string]] })).toEqual([])
  })

  test('a document that is not there, an answer without proof', () => {
    expect(rules({ ...sound, source_docs: [...sound.source_docs, 'khong-co'] })).toEqual([`${sound.id} document`])
    expect(rules({ ...sound, evidence: [] })).toEqual([`${sound.id} proof`])
  })

  test('the same question twice, in another spelling, and the same id twice', () => {
    expect(rules(sound, { ...sound, id: 'khac', question: sound.question.toUpperCase().normalize('NFD') })).toEqual(['khac double'])
    expect(rules(sound, { ...sound, question: 'Câu khác?' })).toEqual([`${sound.id} double`])
  })
})

describe('a gold line', () => {
  test('that is not of the shape is refused with its number and field', () => {
    expect(() => goldQuestions('{"id":"a","question":"b"}\n{"id":"c","question":7}', 'mine.jsonl')).toThrow(/mine\.jsonl, line 2: question/)
    expect(() => goldQuestions('{')).toThrow(/line 1/)
  })

  test('has a fingerprint that changes with what counts, not with notes', () => {
    const [gold] = goldQuestions('{"id":"a","question":"b","note":"x"}') as [GoldQuestion]
    const [noted] = goldQuestions('{"note":"y","question":"b","id":"a"}') as [GoldQuestion]
    expect(goldFingerprint(noted)).toBe(goldFingerprint(gold))
    expect(goldFingerprint({ ...gold, must_include: ['z'] })).not.toBe(goldFingerprint(gold))
  })
})
