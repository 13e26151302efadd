import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { AutoTokenizer, env } from '@xenova/transformers'
import { expect, test } from 'vitest'
import { bundledModel } from '../config.ts'
import { lengthSortedBatches } from '../inference/batches.ts'
import { packageRoot } from '../package-root.ts'
import { likelyTokens } from './likely-tokens.ts'

test('marks, numbers, capitals and foreign words count as the model splits them, more or less', () => {
  expect(likelyTokens('hội nghị sơ kết')).toBe(4)
  expect(likelyTokens('Hội nghị')).toBeCloseTo(2.26)
  expect(likelyTokens('12,5 %')).toBeCloseTo(0.65 + 1.25 + 0.5 + 1.25)
  expect(likelyTokens('Interpol')).toBeCloseTo(2.48)
  expect(likelyTokens(' \n')).toBe(0)
})

test('batches made by it are filled better than batches made by the length of the text', async () => {
  env.allowRemoteModels = false
  env.localModelPath = dirname(bundledModel())
  const tokenizer = await AutoTokenizer.from_pretrained(basename(bundledModel()), { local_files_only: true })
  const names = ['README.md', 'README.vi.md', 'models/MODEL_CARD.md', 'docs/reader.md', 'docs/retrieval.md']
  const read = await Promise.all(names.map((name) => readFile(`${packageRoot()}/${name}`, 'utf8')))
  const texts = read.flatMap((text) => text.split('\n')).filter((line) => line.length > 40)
  const tokens = texts.map((text) => tokenizer.encode(text).length)
  const padded = (length: (text: string) => number) => {
    const order = [...texts.keys()].sort((a, b) => length(texts[a] as string) - length(texts[b] as string))
    let cells = 0
    for (let at = 0; at < order.length; at += 16) {
      const own = order.slice(at, at + 16).map((i) => tokens[i] as number)
      for (const batch of lengthSortedBatches(own)) cells += batch.length * Math.max(...batch.map((place) => own[place] as number))
    }
    return cells
  }
  expect(padded(likelyTokens)).toBeLessThan(padded((text) => text.length))
})
