import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AutoTokenizer, env } from '@xenova/transformers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../package-root.ts'
import { rememberingEncoder, type WordEncoder, wordTokens } from './word-tokens.ts'

const corpus = join(packageRoot(), 'corpus')
const texts = readdirSync(corpus)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(join(corpus, name), 'utf8').normalize('NFC'))

describe('tokens of words with the bundled tokenizer', () => {
  let whole: (text: string) => number[]
  let encode: WordEncoder

  beforeAll(async () => {
    env.allowRemoteModels = false
    env.localModelPath = join(packageRoot(), 'models')
    const tokenizer = await AutoTokenizer.from_pretrained('multilingual-e5-small-vi', { local_files_only: true })
    whole = (text) => tokenizer.encode(text, { add_special_tokens: false }) as number[]
    encode = rememberingEncoder(whole)
  })

  test('are those of the whole text, for every line of the reports', () => {
    for (const line of texts.flatMap((text) => text.split('\n'))) {
      expect(wordTokens(line, encode, Number.POSITIVE_INFINITY).ids, line).toEqual(whole(line))
    }
  })

  test('are those of the whole text, wherever it is cut out of a report', () => {
    const text = texts.join('\n')
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(300), (from, length) => {
        const part = text.slice(from, from + length)
        expect(wordTokens(part, encode, Number.POSITIVE_INFINITY).ids).toEqual(whole(part))
      }),
    )
  })

  test('stand where their word stands', () => {
    const text = '  Hội nghị\u00a0lần thứ 76,\nkhai mạc. '
    const { starts, ends } = wordTokens(text, encode, 100)
    const words = starts.map((start, i) => text.slice(start, ends[i]))
    expect([...new Set(words)]).toEqual(['Hội', 'nghị', 'lần', 'thứ', '76,', 'khai', 'mạc.'])
  })

  test('are no more than wanted, and a text without blanks costs no more than a long word', () => {
    expect(wordTokens('một hai ba bốn', encode, 2).ids).toHaveLength(2)
    expect(wordTokens('a'.repeat(1_000_000), encode, 500).ids.length).toBeLessThanOrEqual(100)
  })
})
