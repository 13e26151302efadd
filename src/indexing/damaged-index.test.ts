import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { again, everything, FURTHER_REPORT, fromNothing, workplace } from '../testing/report-corpus.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import { manifestFiles, readManifest } from './index-manifest.ts'
import { inspectIndex, openUpToDateIndex } from './update-index.ts'

describe('an index that cannot be served', () => {
  /** Damages an index and expects it to be made again, with one line about it, and to find the same. */
  async function expectMended(
    damage: (sources: FakeIndexSources) => Promise<void>,
    note: RegExp,
    model?: string,
  ): Promise<FakeIndexSources> {
    const first = await workplace()
    await openUpToDateIndex(first)
    const before = await fromNothing(first)
    await damage(first)
    const sources = again(first, model)
    const { index, report } = await openUpToDateIndex(sources)
    expect(report).toBeDefined()
    expect(sources.notes).toEqual([expect.stringMatching(note)])
    if (model === undefined) expect(await everything(index)).toEqual(before)
    expect((await inspectIndex(sources)).staleness).toBeUndefined()
    return sources
  }

  const PARTS = ['documents', 'passages vectors', 'passages labels', 'sentences graph', 'sentences vectors', 'sentences labels', 'postings']

  test.each(PARTS.map((part, position) => [part, position] as const))(
    'because of one flipped bit in its %s is made anew',
    async (_, position) => {
      await expectMended(async ({ indexDir }) => {
        const manifest = await readManifest(indexDir)
        const files = manifest === undefined ? [] : manifestFiles(manifest)
        expect(files).toHaveLength(PARTS.length)
        const path = join(indexDir, files[position]?.name as string)
        const bytes = await readFile(path)
        const middle = Math.floor(bytes.length / 2)
        bytes[middle] = (bytes[middle] as number) ^ 1
        await writeFile(path, bytes)
      }, /damaged; making it anew/)
    },
  )

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['emptied', () => Buffer.alloc(0)],
  ])('because its graph is %s is made anew', async (_, change) => {
    await expectMended(async ({ indexDir }) => {
      const path = join(indexDir, 'sentences-0.1.hnsw')
      await writeFile(path, change(await readFile(path)))
    }, /damaged; making it anew/)
  })

  test('because a file is gone is made anew', async () => {
    await expectMended(({ indexDir }) => rm(join(indexDir, 'sentences-0.1.f32')), /damaged; making it anew/)
  })

  test.each([
    ['missing', ({ indexDir }: FakeIndexSources) => rm(join(indexDir, 'manifest.json'))],
    ['no JSON', ({ indexDir }: FakeIndexSources) => writeFile(join(indexDir, 'manifest.json'), '{"format": 2')],
    ['of another format', ({ indexDir }: FakeIndexSources) => writeFile(join(indexDir, 'manifest.json'), '{"format": 99}')],
    [
      'naming a file outside the folder',
      async ({ indexDir }: FakeIndexSources) => {
        const path = join(indexDir, 'manifest.json')
        await writeFile(path, (await readFile(path, 'utf8')).replace('documents-0.1.jsonl', '../documents-0.1.jsonl'))
      },
    ],
  ])('because its manifest is %s is made anew', async (_, damage) => {
    await expectMended(damage, /no index yet; making it/)
  })

  test('because it was made with another model is made anew, vectors of another length included', async () => {
    const sources = await expectMended(async () => {}, /another model; making it anew/, 'hashing-32')
    expect(sources.embeddings.passages.length).toBeGreaterThan(0)
  })

  test('because the rules have changed is brought up to date without embedding what stays the same', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    const sources = Object.assign(again(first), { abbreviations: [{ short: ['BV'], long: 'bệnh viện' }] })
    const { report } = await openUpToDateIndex(sources)
    expect(sources.notes).toEqual(['The index was made with other rules; bringing it up to date.'])
    expect([report?.generation, sources.embeddings.passages]).toEqual([2, []])
  })

  test('after a damaged update keeps the segments that are whole and embeds only what was in the damaged one', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.corpusDir, { 'd.md': FURTHER_REPORT })
    await openUpToDateIndex(again(first))
    await writeFile(join(first.indexDir, 'sentences-1.2.hnsw'), 'damaged')
    const sources = again(first)
    const { index } = await openUpToDateIndex(sources)
    expect(sources.embeddings.passages).toHaveLength(3)
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('is made anew, vectors included, when that is asked for', async () => {
    const first = await workplace()
    const before = await everything((await openUpToDateIndex(first)).index)
    const sources = again(first)
    const { index, report } = await openUpToDateIndex(sources, true)
    expect([report?.generation, sources.embeddings.passages]).toEqual([2, first.embeddings.passages])
    expect(await everything(index)).toEqual(before)
  })
})
