import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadCorpusRules } from '../src/corpus/corpus-rules.ts'
import { listCorpus, readDocuments } from '../src/corpus/read-corpus.ts'
import { packageRoot } from '../src/package-root.ts'
import { madeNearMisses } from './near-misses.ts'

const file = join(packageRoot(), 'eval', 'gold', 'near-misses.jsonl')
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)

test('the file holds at least 60 near-misses of every kind, each once', () => {
  expect(lines.length).toBeGreaterThanOrEqual(60)
  const kinds = new Set(lines.map((line) => JSON.parse(line).category))
  expect([...kinds].sort()).toEqual(['absent_ordinal', 'absent_person', 'absent_year', 'false_premise', 'wrong_person', 'wrong_role'])
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(lines.length)
})

test('the script makes the file as it stands', async () => {
  expect((await madeNearMisses()).map((line) => JSON.stringify(line))).toEqual(lines)
})

test('years and ordinals that are put in stand nowhere in the documents', async () => {
  const folder = join(packageRoot(), 'corpus')
  const { documents } = await readDocuments(folder, (await listCorpus(folder)).files, loadCorpusRules())
  const corpus = documents.map(({ document }) => document.text).join('\n')
  for (const line of lines) {
    const { category, question } = JSON.parse(line)
    const numbers = question.match(/(?<!\d)(?:20\d\d|[678]\d)(?!\d)/g) ?? []
    if (category === 'absent_year' || category === 'absent_ordinal') {
      expect(numbers.some((number: string) => !new RegExp(`(?<!\\d)${number}(?!\\d)`).test(corpus))).toBe(true)
    }
  }
})
