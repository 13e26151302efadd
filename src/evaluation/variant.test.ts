import { expect, test } from 'vitest'
import { FEATURE_GROUPS } from '../answering/sentence-feature-names.ts'
import { readSentenceWeights } from '../answering/sentence-weights.ts'
import { loadConfig } from '../config.ts'
import { FEATURE_VARIANTS, variantOf } from './variant.ts'

const config = loadConfig({}, {})

test('the product as served differs in nothing', () => {
  expect(variantOf('served', config)).toEqual({ name: 'served', config, overrides: {} })
})

test('settings are joined by +', () => {
  const { overrides, config: changed } = variantOf('rrf+strictness=0.2+reader=off', config)
  expect(overrides.retrieval).toEqual({ fusion: { method: 'rrf' } })
  expect(changed).toMatchObject({ strictness: 0.2, reader: null, indexDir: config.indexDir })
})

test('a group of features is left out, and only that', () => {
  const weights = readSentenceWeights()
  const { sentenceWeights } = variantOf('without=words+without=order', config).overrides
  const out: readonly string[] = [...FEATURE_GROUPS.words, ...FEATURE_GROUPS.order]
  for (const [name, weight] of Object.entries(sentenceWeights ?? {})) {
    expect([name, weight]).toEqual([name, out.includes(name) ? 0 : weights[name as keyof typeof weights]])
  }
  expect(FEATURE_VARIANTS).toHaveLength(Object.keys(FEATURE_GROUPS).length)
})

test('another model has an index of its own', () => {
  expect(variantOf('model=/m/other', config).config).toMatchObject({
    model: '/m/other',
    indexDir: expect.stringMatching(/evaluation.other$/),
  })
})

test.each(['dens', 'without=nothing', 'strictness=2', 'model='])('%s is none', (name) => {
  expect(() => variantOf(name, config)).toThrow(/choose from/)
})
