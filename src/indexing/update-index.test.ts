import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { termFrequencies } from '../language/lexical-terms.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { HashingEmbeddings } from '../testing/hashing-embeddings.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import type { CorpusIndex } from './corpus-index.ts'
import { HnswVectors } from './hnsw-vectors.ts'
import { manifestFiles, readManifest } from './index-manifest.ts'
import { inspectIndex, openUpToDateIndex } from './update-index.ts'

const REPORTS = {
  'a.md':
    '---\nconferenceName: Hội nghị Lâm nghiệp\ndate: 2021-03-01\n---\nHội nghị bàn về rừng ngập mặn ven biển. Kiểm lâm đã trồng hai triệu cây đước.',
  'b.md':
    '---\nconferenceName: Hội nghị Y tế\ndate: 2021-04-01\n---\nBệnh viện tỉnh tiêm đủ vắc xin cho người già. ANTT quanh viện được giữ vững.',
  'c.md': '---\nconferenceName: Hội nghị Giáo dục\ndate: 2021-05-01\n---\nHọc sinh trở lại trường vào mùa thu. Thầy cô chuẩn bị sách vở.',
}
const D = '---\nconferenceName: Hội nghị Thủy lợi\ndate: 2021-06-01\n---\nHồ chứa nước đầy sau cơn mưa lớn. Kênh mương được nạo vét.'

/** A corpus of the given files and what makes its index. */
async function workplace(files: Record<string, string> = REPORTS): Promise<FakeIndexSources> {
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'corpus/README.md': 'Đọc tôi.',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`corpus/${path}`, text])),
  })
  return new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index'))
}

/** The same folders seen by another process. */
const again = ({ corpusDir, indexDir }: FakeIndexSources, model?: string) => new FakeIndexSources(corpusDir, indexDir, model)

/** Numbers in its vectors; 64 for an empty index. */
async function dimensionOf({ passageVectors, passages }: CorpusIndex): Promise<number> {
  const [label = -1] = passages.keys()
  return (await passageVectors.vectorsOf([label])).vector(label)?.length ?? 64
}

/** The vectors of a local index of one segment. */
function vectorsIn({ passageVectors }: CorpusIndex): HnswVectors {
  if (passageVectors instanceof HnswVectors) return passageVectors
  throw new Error('The index is not a local one')
}

const place = (index: CorpusIndex, label: number) => {
  const passage = index.passages.get(label)
  return passage === undefined ? 'unknown label' : `${passage.documentId}:${passage.start}`
}

/** Passages found by words, and by vectors, best first; labels do not matter, equal scores stand in the order of their places. */
async function found(index: CorpusIndex, question: string): Promise<{ lexical: string[]; dense: string[] }> {
  const terms = new Map([...termFrequencies(question, index.abbreviations).keys()].map((term) => [term, 1]))
  const query = Float32Array.from(await new HashingEmbeddings(await dimensionOf(index)).embedQuery(question))
  const near = await index.passageVectors.nearest(query, 50)
  const ranked = (hits: { label: number; score: number }[]) =>
    hits
      .map(({ label, score }) => ({ place: place(index, label), score: score.toFixed(4) }))
      .sort((a, b) => Number(b.score) - Number(a.score) || (a.place < b.place ? -1 : 1))
      .map(({ place: where, score }) => `${where} ${score}`)
  return {
    lexical: ranked(index.lexical.search(terms, 50)),
    dense: ranked(near.map(({ label, similarity }) => ({ label, score: similarity }))),
  }
}

const QUESTIONS = [
  'rừng ngập mặn',
  'tiêm vắc xin cho người già',
  'học sinh trở lại trường',
  'an ninh trật tự',
  'hồ chứa nước',
  'hội nghị tháng 4/2021',
]

async function everything(index: CorpusIndex): Promise<unknown> {
  return Promise.all(QUESTIONS.map((question) => found(index, question)))
}

/** What an index made from nothing over the same corpus finds. */
async function fromNothing(sources: FakeIndexSources): Promise<unknown> {
  const fresh = new FakeIndexSources(sources.corpusDir, join(await temporaryFolder(), 'index'))
  return everything((await openUpToDateIndex(fresh)).index)
}

describe('openUpToDateIndex', () => {
  test('makes an index of a corpus that has none, and finds its passages', async () => {
    const sources = await workplace()
    const { index, report } = await openUpToDateIndex(sources)
    expect(report).toMatchObject({ generation: 1, documents: 3, passages: 3 })
    expect(sources.notes).toEqual(['There is no index yet; making it.'])
    expect([...index.documents.keys()]).toEqual(['a', 'b', 'c'])
    expect([...index.conferences.keys()]).toEqual([
      'hoi-nghi-giao-duc-2021-05-01',
      'hoi-nghi-y-te-2021-04-01',
      'hoi-nghi-lam-nghiep-2021-03-01',
    ])
    const { lexical, dense } = await found(index, 'tiêm vắc xin cho người già ở bệnh viện tỉnh')
    expect([lexical[0], dense[0]]).toEqual([expect.stringMatching(/^b:0 /), expect.stringMatching(/^b:0 /)])
  })

  test('embeds every passage and every sentence with its header, and each text once', async () => {
    const sources = await workplace({ 'a.md': REPORTS['a.md'] })
    await openUpToDateIndex(sources)
    const header = 'Hội nghị Lâm nghiệp | ngày 1 tháng 3 năm 2021\n'
    const [first, second] = ['Hội nghị bàn về rừng ngập mặn ven biển.', 'Kiểm lâm đã trồng hai triệu cây đước.']
    expect([...sources.embeddings.passages].sort()).toEqual([`${header}${first}`, `${header}${first} ${second}`, `${header}${second}`])
  })

  test('does nothing, and embeds nothing, when nothing has changed', async () => {
    const first = await workplace()
    const before = await everything((await openUpToDateIndex(first)).index)
    const sources = again(first)
    const { index, report } = await openUpToDateIndex(sources)
    expect([report, sources.notes, sources.embeddings.passages]).toEqual([undefined, [], []])
    expect(await everything(index)).toEqual(before)
  })

  test('embeds the texts of an added document only, and finds what an index made from nothing finds', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.corpusDir, { 'n/d.md': D })
    const sources = again(first)
    const { index, report } = await openUpToDateIndex(sources)
    expect(sources.notes).toEqual(['The corpus has changed; bringing the index up to date.'])
    expect(report).toMatchObject({ generation: 2, documents: 4, embeddedTexts: 3 })
    expect(sources.embeddings.passages).toHaveLength(3)
    for (const text of sources.embeddings.passages) expect(text).toMatch(/^Hội nghị Thủy lợi/)
    expect((await found(index, 'hồ chứa nước')).lexical[0]).toMatch(/^n~d:0 /)
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('no longer finds a removed document, by words or by vectors, and embeds nothing', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await rm(join(first.corpusDir, 'b.md'))
    const sources = again(first)
    const { index, report } = await openUpToDateIndex(sources)
    expect(report).toMatchObject({ documents: 2, passages: 2, embeddedTexts: 0 })
    expect(JSON.stringify(await everything(index))).not.toMatch(/b:0|unknown label/)
    expect(index.documents.has('b')).toBe(false)
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('leaves nothing of a removed document in any file, neither its words nor its vectors', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`x${i}.md`, `Xã số ${i} trồng cây ${'đước tràm bần mắm sú'.split(' ')[i % 5]}.`]),
    )
    const first = await workplace({ ...REPORTS, ...many })
    const before = (await openUpToDateIndex(first)).index
    const labels = [...before.passages.values()].filter(({ documentId }) => documentId === 'b').map(({ label }) => label)
    const traces = labels.map((label) =>
      Buffer.from(Uint8Array.from(new Uint8Array((vectorsIn(before).vectorsOf([label]).vector(label) as Float32Array).slice().buffer))),
    )
    const holders = async () => {
      const names = await readdir(first.indexDir)
      const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(first.indexDir, name)) })))
      const all = [...traces, Buffer.from('vắc xin'), Buffer.from('vắc xin'.normalize('NFD'))]
      return files.filter(({ bytes }) => all.some((trace) => bytes.includes(trace))).map(({ name }) => name.replace(/-\d+\.\d+/, '.#'))
    }
    expect((await holders()).sort()).toEqual(['documents.#.jsonl', 'passages.#.f32', 'passages.#.hnsw'])
    await rm(join(first.corpusDir, 'b.md'))
    const { index } = await openUpToDateIndex(again(first))
    expect(await holders()).toEqual([])
    expect(index.lexical.documentFrequency([...termFrequencies('vắc', index.abbreviations).keys()][0] as string)).toBe(0)
    expect(JSON.stringify(await everything(index))).not.toMatch(/b:0|unknown label/)
    expect([vectorsIn(index).size, await readManifest(first.indexDir, 'manifest.previous.json')]).toEqual([22, undefined])
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('replaces a changed document', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.corpusDir, { 'b.md': D })
    const sources = again(first)
    const { index } = await openUpToDateIndex(sources)
    expect(sources.embeddings.passages).toHaveLength(3)
    expect((await found(index, 'hồ chứa nước')).lexical[0]).toMatch(/^b:0 /)
    expect((await found(index, 'vắc xin')).lexical).toEqual([])
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('after many small changes finds what an index made from nothing finds', async () => {
    const first = await workplace()
    for (let round = 0; round < 12; round++) {
      await writeFiles(first.corpusDir, { [`r${round}.md`]: `Đợt ${round}: nạo vét kênh mương, trồng rừng, tiêm vắc xin lần ${round}.` })
      if (round % 4 === 3) await rm(join(first.corpusDir, `r${round - 2}.md`))
      await openUpToDateIndex(again(first))
    }
    await rm(join(first.corpusDir, 'r0.md'))
    await rm(join(first.corpusDir, 'r2.md'))
    await rm(join(first.corpusDir, 'r3.md'))
    const { index } = await openUpToDateIndex(again(first))
    expect(index.generation).toBe(13)
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('names the files it skips, and shows them in the index', async () => {
    const sources = await workplace({ ...REPORTS, 'bad.md': '---\ndate: hôm qua\n---\nVăn bản.', 'c.txt': 'Cùng tên.' })
    const { index } = await openUpToDateIndex(sources)
    expect(sources.notes.slice(1)).toEqual([
      expect.stringMatching(/^Skipped bad\.md: the front matter has a bad value for date/),
      'Skipped c.txt: it has the same id as c.md; rename one of them.',
    ])
    expect(index.skipped.map(({ path }) => path)).toEqual(['bad.md', 'c.txt'])
  })

  test('of an empty corpus is empty, says so, and grows with the first document', async () => {
    const first = await workplace({})
    const { index } = await openUpToDateIndex(first)
    expect([index.documents.size, await found(index, 'rừng')]).toEqual([0, { lexical: [], dense: [] }])
    expect(first.notes.at(-1)).toMatch(/no readable document/)
    await writeFiles(first.corpusDir, { 'd.md': D })
    const grown = await openUpToDateIndex(again(first))
    expect((await found(grown.index, 'hồ chứa nước')).lexical[0]).toMatch(/^d:0 /)
    expect(await everything(grown.index)).toEqual(await fromNothing(first))
  })

  test('never leaves two generations more than it needs, nor remains of interrupted runs', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.indexDir, { 'passages-0.99.hnsw': 'remains', 'manifest.99.tmp': 'remains', 'notes.txt': 'not ours' })
    for (const text of ['Một.', 'Hai.', 'Ba.']) {
      await writeFiles(first.corpusDir, { [`d${text}md`]: `Hồ chứa nước đã đầy ${text}` })
      await openUpToDateIndex(again(first))
    }
    const names = await readdir(first.indexDir)
    const current = await readManifest(first.indexDir)
    const previous = await readManifest(first.indexDir, 'manifest.previous.json')
    const named = [current, previous].flatMap((manifest) => (manifest === undefined ? [] : manifestFiles(manifest).map(({ name }) => name)))
    expect([current?.generation, previous?.generation]).toEqual([4, 3])
    expect(names.sort()).toEqual([...new Set([...named, 'manifest.json', 'manifest.previous.json', 'notes.txt'])].sort())
  })
})

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

  const PARTS = [
    'documents',
    'passages graph',
    'passages vectors',
    'passages labels',
    'sentences graph',
    'sentences vectors',
    'sentences labels',
    'postings',
  ]

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
      const path = join(indexDir, 'passages-0.1.hnsw')
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
    await writeFiles(first.corpusDir, { 'd.md': D })
    await openUpToDateIndex(again(first))
    await writeFile(join(first.indexDir, 'passages-1.2.hnsw'), 'damaged')
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

describe('an index folder', () => {
  test('shared by two that open it at once serves both, and is made once', async () => {
    const first = await workplace()
    const second = again(first)
    const [one, other] = await Promise.all([openUpToDateIndex(first), openUpToDateIndex(second)])
    expect(await everything(one.index)).toEqual(await everything(other.index))
    expect([one, other].filter(({ report }) => report !== undefined)).toHaveLength(1)
    expect([...first.notes, ...second.notes].filter((note) => /^Waiting for process \d+, which is writing/.test(note))).toHaveLength(1)
  })

  test('that cannot be written is an error that names the remedy', async () => {
    const { corpusDir } = await workplace()
    const sources = new FakeIndexSources(corpusDir, join(corpusDir, 'README.md', 'index'))
    await expect(openUpToDateIndex(sources)).rejects.toMatchObject({
      name: 'ThukyError',
      kind: 'index',
      message: expect.stringMatching(/cannot be written.*set THUKY_INDEX/),
    })
  })

  test('left locked by a process that has died is taken over', async () => {
    const sources = await workplace()
    await writeFiles(sources.indexDir, { 'writer.lock': '4194303 12345' })
    expect((await openUpToDateIndex(sources)).report).toMatchObject({ generation: 1 })
    expect(await readdir(sources.indexDir)).not.toContain('writer.lock')
  })

  test('of a corpus that is not there is left alone', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    const sources = new FakeIndexSources(join(first.corpusDir, 'none'), first.indexDir)
    await expect(openUpToDateIndex(sources)).rejects.toMatchObject({ kind: 'corpus' })
    expect((await openUpToDateIndex(again(first))).report).toBeUndefined()
  })

  test('keeps the old index when embedding fails, and is updated at the next try', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.corpusDir, { 'd.md': D })
    const failing = Object.assign(again(first), { embed: () => Promise.reject(new Error('model gone')) })
    await expect(openUpToDateIndex(failing)).rejects.toThrow('model gone')
    expect((await readManifest(first.indexDir))?.generation).toBe(1)
    const { index } = await openUpToDateIndex(again(first))
    expect(await everything(index)).toEqual(await fromNothing(first))
  })
})
