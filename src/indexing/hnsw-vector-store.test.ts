import { Document } from '@langchain/core/documents'
import { describe, expect, test } from 'vitest'
import { HashingEmbeddings } from '../testing/hashing-embeddings.ts'
import { HnswVectorStore } from './hnsw-vector-store.ts'

const TEXTS = ['Hội nghị Công an toàn quốc', 'Giá xăng dầu tăng nhẹ', 'Học sinh trở lại trường học']

async function storeOf(texts: readonly string[]): Promise<HnswVectorStore> {
  const store = HnswVectorStore.empty(new HashingEmbeddings(256), 256)
  await store.addDocuments(texts.map((pageContent, number) => new Document({ pageContent, metadata: { number } })))
  return store
}

describe('HnswVectorStore behind LangChain', () => {
  test('finds added documents by text, with similarities that fall', async () => {
    const store = await storeOf(TEXTS)
    const found = await store.similaritySearchWithScore('giá xăng', 3)
    expect(found[0]?.[0]).toMatchObject({ pageContent: TEXTS[1], metadata: { number: 1 } })
    expect(found).toHaveLength(3)
    expect(found.map(([, score]) => score)).toEqual(found.map(([, score]) => score).sort((a, b) => b - a))
    const [[, same] = []] = await store.similaritySearchWithScore(TEXTS[1] as string, 1)
    expect(same).toBeCloseTo(1, 5)
  })

  test('gives new ids to what is added later and finds old and new', async () => {
    const store = await storeOf(TEXTS)
    const more = Array.from({ length: 60 }, (_, i) => `Báo cáo thứ ${i} về mưa lũ`)
    const ids = await store.addDocuments(more.map((pageContent) => new Document({ pageContent })))
    expect(new Set([...ids, '0', '1', '2']).size).toBe(63)
    expect(store.size).toBe(63)
    for (const text of [...TEXTS, more[0] as string, more[59] as string]) {
      expect((await store.similaritySearch(text, 1))[0]?.pageContent).toBe(text)
    }
  })

  test('searches only among what a filter lets through, and is a retriever', async () => {
    const store = await storeOf(TEXTS)
    const found = await store.similaritySearch('giá xăng dầu', 3, (label) => label !== 1)
    expect(found.map(({ metadata }) => metadata['number']).sort()).toEqual([0, 2])
    expect((await store.asRetriever(1).invoke('học sinh đến trường'))[0]?.pageContent).toBe(TEXTS[2])
  })

  test('normalises vectors it is given', async () => {
    const store = HnswVectorStore.empty(new HashingEmbeddings(2), 2)
    await store.addVectors(
      [
        [3, 4],
        [0, 10],
      ],
      [new Document({ pageContent: 'a' }), new Document({ pageContent: 'b' })],
    )
    const found = await store.similaritySearchVectorWithScore([30, 40], 2)
    expect(found.map(([document, score]) => [document.pageContent, Number(score.toFixed(4))])).toEqual([
      ['a', 1],
      ['b', 0.8],
    ])
  })

  test('answers from the exact vectors and from the graph alike', async () => {
    const store = await storeOf(
      Array.from({ length: 80 }, (_, i) => `Báo cáo ${i} về ${['mưa', 'nắng', 'gió'][i % 3]} ở ${['Huế', 'Vinh'][i % 2]}`),
    )
    const query = Float32Array.from(await new HashingEmbeddings(256).embedQuery('gió ở Vinh'))
    const all = new Set(store.matrix.labels)
    const rounded = (found: { similarity: number }[]) => found.map(({ similarity }) => similarity.toFixed(4))
    expect(rounded(store.nearest(query, 10, all))).toEqual(rounded(store.nearest(query, 10)))
  })
})
