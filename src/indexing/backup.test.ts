import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, extract } from 'tar'
import { describe, expect, test } from 'vitest'
import { FakeIndexSources } from '../testing/fake-index-sources.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { writeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'
import { openUpToDateIndex } from './update-index.ts'

/** `THUKY_BACKUPS=100` runs it in full. */
const ROUNDS = Number(process.env['THUKY_BACKUPS'] || 8)

async function workplace(): Promise<{ sources: FakeIndexSources; folder: string; archive: string }> {
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'corpus/a.md': 'Hội nghị A bàn về lúa. Bản 0.',
    'corpus/n/b.md': 'Hội nghị B bàn về ngô. Bản 0.',
    'index/conversations/c.json': '{}',
    'index/feedback/feedback.jsonl': '{}\n',
    'index/keys/k.json': 'secret',
  })
  const sources = new FakeIndexSources(join(folder, 'corpus'), join(folder, 'index'))
  await openUpToDateIndex(sources)
  return { sources, folder, archive: join(folder, 'b.tar') }
}

const again = ({ corpusDir, indexDir }: FakeIndexSources) => new FakeIndexSources(corpusDir, indexDir)
const corpus = async ({ corpusDir }: FakeIndexSources) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(corpusDir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(
          async ({ parentPath, name }) =>
            [join(parentPath, name).slice(corpusDir.length + 1), await readFile(join(parentPath, name), 'utf8')] as const,
        ),
    ),
  )

describe('a backup', () => {
  test('puts documents, conversations, feedback and index back, embeds nothing, and removes what has come since', async () => {
    const { sources, archive } = await workplace()
    const before = await corpus(sources)
    await writeBackup(sources, archive)
    await writeFiles(sources.corpusDir, { 'a.md': 'Hội nghị khác.', 'x/neu.md': 'Mới thêm.' })
    await writeFiles(sources.indexDir, { 'conversations/d.json': '{}' })
    await rm(join(sources.corpusDir, 'n'), { recursive: true })
    await rm(join(sources.indexDir, 'feedback'), { recursive: true })
    await openUpToDateIndex(again(sources))
    await restoreBackup(sources, archive)
    expect(await corpus(sources)).toEqual(before)
    expect([await readdir(join(sources.indexDir, 'conversations')), await readdir(join(sources.indexDir, 'feedback'))]).toEqual([
      ['c.json'],
      ['feedback.jsonl'],
    ])
    const after = again(sources)
    const { index, report } = await openUpToDateIndex(after)
    expect([[...index.documents.keys()], report, after.embeddings.passages]).toEqual([['a', 'n~b'], undefined, []])
    expect((await readdir(sources.indexDir)).filter((name) => /restore|backup/.test(name))).toEqual([])
  })

  test('holds no keys, and leaves those that are there as they are', async () => {
    const { sources, archive } = await workplace()
    const { files } = await writeBackup(sources, archive)
    expect(files.map(({ path }) => path).filter((path) => path.includes('key'))).toEqual([])
    await restoreBackup(sources, archive)
    expect(await readFile(join(sources.indexDir, 'keys', 'k.json'), 'utf8')).toBe('secret')
  })

  test.each([
    ['flipped', (bytes: Buffer, at: number) => bytes.fill((bytes[at] as number) ^ 4, at, at + 1)],
    ['cut off', (bytes: Buffer, at: number) => bytes.subarray(0, at)],
    ['zeroed', (bytes: Buffer, at: number) => bytes.fill(0, at, at + 700)],
  ] as const)('that has been %s anywhere changes nothing, or restores all that it held', async (_, damage) => {
    const { sources, folder, archive } = await workplace()
    await writeBackup(sources, archive)
    const before = await corpus(sources)
    const whole = await readFile(archive)
    for (let round = 0; round < 12; round++) {
      const bytes = Buffer.from(whole)
      await writeFile(join(folder, 'damaged.tar'), damage(bytes, Math.floor(((round + 0.37) / 12) * whole.length)))
      await restoreBackup(sources, join(folder, 'damaged.tar')).catch((error) =>
        expect(error).toMatchObject({ kind: 'corpus', message: expect.stringMatching(/no whole backup/) }),
      )
      expect(await corpus(sources)).toEqual(before)
    }
    expect((await openUpToDateIndex(again(sources))).index.documents.size).toBe(2)
  })

  test('made by somebody else leads nowhere but into the folders', async () => {
    const { sources, folder } = await workplace()
    const evil = join(folder, 'evil')
    await mkdir(join(evil, 'corpus'), { recursive: true })
    await symlink('/etc', join(evil, 'corpus', 'link'))
    const before = await corpus(sources)
    for (const path of ['../out.md', 'corpus/../../out.md', '/tmp/out.md', 'corpus//x.md', 'elsewhere/x.md']) {
      await writeFile(
        join(evil, 'thuky-backup.json'),
        JSON.stringify({ format: 1, createdAt: '', generation: null, files: [{ path, size: 1, sha256: '0'.repeat(64) }] }),
      )
      await create({ file: join(folder, 'evil.tar'), cwd: evil }, ['thuky-backup.json', 'corpus'])
      await expect(restoreBackup(sources, join(folder, 'evil.tar'))).rejects.toMatchObject({ kind: 'corpus' })
    }
    expect(await corpus(sources)).toEqual(before)
  })

  test('whose restoring is interrupted is completed by the next start', async () => {
    const { sources, archive } = await workplace()
    const before = await corpus(sources)
    await writeBackup(sources, archive)
    await writeFiles(sources.corpusDir, { 'a.md': 'Hội nghị khác.', 'z.md': 'Mới thêm.' })
    const staging = 'restore-00000000-0000-4000-8000-000000000000'
    await mkdir(join(sources.indexDir, staging))
    await extract({ file: archive, cwd: join(sources.indexDir, staging) })
    await writeFiles(sources.indexDir, { 'restore.json': JSON.stringify({ staging }) })
    const { index } = await openUpToDateIndex(again(sources))
    expect([await corpus(sources), [...index.documents.keys()]]).toEqual([before, ['a', 'n~b']])
    expect((await readdir(sources.indexDir)).filter((name) => name.includes('restore'))).toEqual([])
  })

  test(`taken during writes restores to a state that existed, ${ROUNDS} of ${ROUNDS}`, async () => {
    const { sources, archive } = await workplace()
    let version = 0
    let stop = false
    const writing = (async () => {
      while (!stop) {
        version++
        for (const [path, name] of [
          ['a.md', 'A'],
          ['n/b.md', 'B'],
        ] as const) {
          const aside = join(sources.corpusDir, `.${name}.tmp`)
          await writeFile(aside, `Hội nghị ${name} bàn về lúa. Bản ${version}.`)
          await rename(aside, join(sources.corpusDir, path))
          await openUpToDateIndex(again(sources))
        }
      }
    })()
    const states: [number, number, string[]][] = []
    for (let round = 0; round < ROUNDS; round++) {
      await writeBackup(sources, archive)
      const elsewhere = await temporaryFolder()
      const place = new FakeIndexSources(join(elsewhere, 'corpus'), join(elsewhere, 'index'))
      await mkdir(place.corpusDir)
      await mkdir(place.indexDir)
      await restoreBackup(place, archive)
      const { index } = await openUpToDateIndex(place)
      const versionOf = (id: string) => Number(/Bản (\d+)/.exec(index.documents.get(id)?.text ?? '')?.[1])
      states.push([versionOf('a'), versionOf('n~b'), [...index.documents.keys()]])
    }
    stop = true
    await writing
    for (const [a, b, ids] of states) {
      expect(ids).toEqual(['a', 'n~b'])
      expect([0, 1], `a ${a}, b ${b}`).toContain(a - b)
    }
    expect(version).toBeGreaterThan(1)
  }, 600_000)
})
