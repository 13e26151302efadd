import { chmod, open, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ThukyError } from '../errors.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { loadCorpusRules } from './corpus-rules.ts'
import { listCorpus, readDocuments, withoutDuplicateIds } from './read-corpus.ts'

const rules = loadCorpusRules()
const TEXT = 'Hội nghị đã họp và thống nhất nhiều việc.'

/** Reads a whole corpus folder as an update of the index does: ids of the documents, and reasons by path. */
async function readCorpus(folder: string): Promise<{ ids: string[]; texts: string[]; reasons: Record<string, string> }> {
  const listing = await listCorpus(folder)
  const unique = withoutDuplicateIds(listing.files)
  const { documents, skipped } = await readDocuments(folder, unique.files, rules)
  return {
    ids: documents.map(({ document }) => document.id),
    texts: documents.map(({ document }) => document.text),
    reasons: Object.fromEntries([...listing.skipped, ...unique.skipped, ...skipped].map(({ path, reason }) => [path, reason])),
  }
}

/** UTF-16 with a byte order mark. */
function utf16(text: string, order: 'little' | 'big'): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return order === 'little' ? bytes : bytes.swap16()
}

describe('a corpus folder', () => {
  test('gives documents in the order of their paths, with ~ for / in their ids', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'b.md': TEXT, 'năm/2021/a.txt': TEXT, 'a.MD': TEXT })
    expect(await readCorpus(folder)).toMatchObject({ ids: ['a', 'b', 'năm~2021~a'], reasons: {} })
  })

  test('reads the same when its path ends in a slash', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'b.md': TEXT, 'n/a.txt': TEXT })
    expect((await readCorpus(`${folder}/`)).ids).toEqual(['b', 'n~a'])
  })

  test('leaves out a README.md at the top, hidden files and what is no document, but not a README.md further down', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'README.md': TEXT, '.draft.md': TEXT, '.git/a.md': TEXT, 'photo.jpg': TEXT, 'n/README.md': TEXT })
    expect(await readCorpus(folder)).toMatchObject({ ids: ['n~README'], reasons: {} })
  })

  test('skips every bad file with a reason that says what to do, and reads the others', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, {
      'good.md': TEXT,
      'empty.md': '',
      'blank.txt': ' \n\u200B\n',
      'windows.txt': Buffer.from([0x48, 0xf4, 0xec, 0x69, 0x20, 0xd0]),
      'front.md': '---\ndate: hôm qua\n---\nVăn bản.',
      'open.md': '---\ntitle: a\nVăn bản.',
      'scan.pdf': '%PDF-1.4',
      'page.html': '<p>Văn bản</p>',
    })
    const sparse = await open(join(folder, 'huge.txt'), 'w')
    await sparse.truncate(50 * 1024 * 1024).finally(() => sparse.close())
    const { ids, reasons } = await readCorpus(folder)
    expect(ids).toEqual(['good'])
    expect(reasons).toEqual({
      'empty.md': expect.stringMatching(/empty; write some text or remove the file/),
      'blank.txt': expect.stringMatching(/empty; write/),
      'windows.txt': expect.stringMatching(/neither Unicode nor Vietnamese in TCVN3.*save it again as UTF-8/),
      'front.md': expect.stringMatching(/bad value for date.*correct it/),
      'open.md': expect.stringMatching(/never closed; add a line ---/),
      'scan.pdf': expect.stringMatching(/no readable PDF file.*save it again/),
      'page.html': expect.stringMatching(/no article on this page; save/),
      'huge.txt': expect.stringMatching(/50 MB, more than 10 MB; split it/),
    })
  })

  test('skips the second of two files with one id and names the first', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'a.md': `${TEXT} Một.`, 'a.txt': `${TEXT} Hai.`, 'n~b.md': TEXT, 'n/b.md': TEXT })
    const { ids, reasons } = await readCorpus(folder)
    expect(ids).toEqual(['a', 'n~b'])
    expect(reasons).toEqual({
      'a.txt': 'it has the same id as a.md; rename one of them',
      'n~b.md': 'it has the same id as n/b.md; rename one of them',
    })
  })

  test('skips links with a reason and does not follow them', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
    await writeFiles(elsewhere, { 'secret.md': TEXT })
    await symlink(join(elsewhere, 'secret.md'), join(folder, 'link.md'))
    expect(await readCorpus(folder)).toMatchObject({ ids: [], reasons: { 'link.md': 'it is a link; put the file itself into the corpus' } })
  })

  test('skips a file it may not open, and reads the others', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'a.md': TEXT, 'b.md': TEXT })
    await chmod(folder, 0o755)
    await chmod(join(folder, 'b.md'), 0)
    if (process.geteuid?.() === 0) {
      process.seteuid?.(65534)
      onTestFinished(() => process.seteuid?.(0))
    }
    const { ids, reasons } = await readCorpus(folder).finally(() => process.getuid?.() === 0 && process.seteuid?.(0))
    expect(ids).toEqual(['a'])
    expect(reasons).toEqual({ 'b.md': 'it cannot be read (EACCES); make it readable' })
  })

  test.each(['little', 'big'] as const)('reads UTF-16 with a byte order mark, %s-endian', async (order) => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'a.txt': utf16(TEXT, order) })
    expect((await readCorpus(folder)).texts).toEqual([TEXT])
  })

  test('reads decomposed letters, byte order marks and Windows line ends as the canonical text', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'a.md': `\uFEFF---\r\ntitle: Tin\r\n---\r\n${TEXT.normalize('NFD')}\r\nXong.` })
    expect((await readCorpus(folder)).texts).toEqual([`${TEXT}\nXong.`])
  })

  test('that is not there is an error that names the remedy', async () => {
    const missing = join(await temporaryFolder(), 'none')
    const error = await listCorpus(missing).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ThukyError)
    expect(error).toMatchObject({
      kind: 'corpus',
      message: expect.stringMatching(/cannot be read \(ENOENT\); create it or set THUKY_CORPUS/),
    })
  })

  test('is hashed again only where size or time of change differ', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'a.md': TEXT, 'b.md': TEXT })
    const first = (await listCorpus(folder)).files
    const remembered = first.map((file) => ({ ...file, sha256: `remembered ${file.path}` }))
    await writeFiles(folder, { 'b.md': `${TEXT} Thêm.` })
    const second = (await listCorpus(folder, remembered)).files
    expect(second[0]?.sha256).toBe('remembered a.md')
    expect(second[1]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(second[1]?.sha256).not.toBe(first[1]?.sha256)
  })
})
