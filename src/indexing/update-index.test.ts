import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { termFrequencies } from '../language/lexical-terms.ts'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { again, everything, found, FURTHER_REPORT, fromNothing, REPORTS, workplace } from '../testing/report-corpus.ts'
import { writeFiles } from '../testing/temporary-folder.ts'
import { manifestFiles, readManifest } from './index-manifest.ts'
import { openUpToDateIndex } from './update-index.ts'

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
    await writeFiles(first.corpusDir, { 'n/d.md': FURTHER_REPORT })
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
    const passages = [...before.passages.values()].filter(({ documentId }) => documentId === 'b').map(({ label }) => label)
    const sentences = before.sentencesOf(passages)
    const lookups = [await before.passageVectors.vectorsOf(passages), await before.sentenceVectors.vectorsOf(sentences)]
    const vectors = [...passages, ...sentences].map((label) => lookups.map((lookup) => lookup.vector(label)).find((found) => found))
    const traces = vectors.map((vector) => Buffer.from(new Uint8Array((vector as Float32Array).slice().buffer)))
    const holders = async () => {
      const names = await readdir(first.indexDir)
      const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(first.indexDir, name)) })))
      const all = [...traces, Buffer.from('vắc xin'), Buffer.from('vắc xin'.normalize('NFD'))]
      return files.filter(({ bytes }) => all.some((trace) => bytes.includes(trace))).map(({ name }) => name.replace(/-\d+\.\d+/, '.#'))
    }
    expect((await holders()).sort()).toEqual(['documents.#.jsonl', 'passages.#.f32', 'sentences.#.f32', 'sentences.#.hnsw'])
    await rm(join(first.corpusDir, 'b.md'))
    const { index } = await openUpToDateIndex(again(first))
    expect(await holders()).toEqual([])
    expect(index.lexical.documentFrequency([...termFrequencies('vắc', index.abbreviations).keys()][0] as string)).toBe(0)
    expect(JSON.stringify(await everything(index))).not.toMatch(/b:0|unknown label/)
    expect([index.sentenceVectors.size, await readManifest(first.indexDir, 'manifest.previous.json')]).toEqual([24, undefined])
    expect(await everything(index)).toEqual(await fromNothing(first))
  })

  test('replaces a changed document', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.corpusDir, { 'b.md': FURTHER_REPORT })
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

  test('made when passages had a graph too is read as it is, and loses it with the next change', async () => {
    const first = await workplace()
    const before = await everything((await openUpToDateIndex(first)).index)
    const manifest = await readManifest(first.indexDir)
    const file = { name: 'passages-0.1.hnsw', size: 5, sha256: '' }
    const segments = manifest?.segments.map((segment) => ({ ...segment, passages: { ...segment.passages, file, count: 3, deleted: 0 } }))
    await writeFiles(first.indexDir, { 'manifest.json': JSON.stringify({ ...manifest, segments }), [file.name]: 'graph' })
    const { index, report } = await openUpToDateIndex(again(first))
    expect([report, await everything(index)]).toEqual([undefined, before])
    await writeFiles(first.corpusDir, { 'd.md': FURTHER_REPORT })
    await openUpToDateIndex(again(first))
    expect(await readdir(first.indexDir)).not.toContain(file.name)
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
    await writeFiles(first.corpusDir, { 'd.md': FURTHER_REPORT })
    const grown = await openUpToDateIndex(again(first))
    expect((await found(grown.index, 'hồ chứa nước')).lexical[0]).toMatch(/^d:0 /)
    expect(await everything(grown.index)).toEqual(await fromNothing(first))
  })

  test('never leaves two generations more than it needs, nor remains of interrupted runs', async () => {
    const first = await workplace()
    await openUpToDateIndex(first)
    await writeFiles(first.indexDir, { 'sentences-0.99.hnsw': 'remains', 'manifest.99.tmp': 'remains', 'notes.txt': 'not ours' })
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
    await writeFiles(first.corpusDir, { 'd.md': FURTHER_REPORT })
    const failing = Object.assign(again(first), { embed: () => Promise.reject(new Error('model gone')) })
    await expect(openUpToDateIndex(failing)).rejects.toThrow('model gone')
    expect((await readManifest(first.indexDir))?.generation).toBe(1)
    const { index } = await openUpToDateIndex(again(first))
    expect(await everything(index)).toEqual(await fromNothing(first))
  })
})
