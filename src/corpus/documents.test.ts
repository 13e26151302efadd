import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalText } from '../language/canonical.ts'
import { packageRoot } from '../package-root.ts'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { loadCorpusRules } from './corpus-rules.ts'
import { placeAt } from './document-places.ts'
import { FileExtractor } from './file-extractor.ts'
import { loadFile } from './load-file.ts'
import { listCorpus, readDocuments, withoutDuplicateIds } from './read-corpus.ts'
import type { SourceDocument } from './source-document.ts'

const FOLDER = join(packageRoot(), 'src', 'testing', 'documents')

const GOAL = 'III. Phương hướng, nhiệm vụ'
const RESULTS = 'II. Kết quả đạt được'

/** A sentence of every readable file, and the page and heading it stands on and under. */
const SENTENCES: Record<string, readonly [sentence: string, page: number | null, heading: string | null][]> = {
  'bao-cao-nhieu-trang.pdf': [
    ['Ông Nguyễn Văn Thông, Phó Chủ tịch tỉnh, chủ trì hội nghị.', 1, 'I. Tình hình chung'],
    ['Toàn tỉnh phát hiện và xử lý 214 vụ vi phạm quy định về bảo vệ rừng, giảm 15,3% so với năm trước.', 1, RESULTS],
    ['Năm 2023, tỉnh Lâm Sơn phấn đấu trồng mới 1498 ha rừng và nâng độ che phủ lên 52,5%.', 2, GOAL],
  ],
  'bao-cao-hai-cot.pdf': [
    ['Toàn tỉnh phát hiện và xử lý 96 vụ vi phạm quy định về bảo vệ rừng, giảm 15,3% so với năm trước.', 1, RESULTS],
    ['Năm 2022, tỉnh Hòa Bắc phấn đấu trồng mới 672 ha rừng và nâng độ che phủ lên 52,5%.', 2, GOAL],
  ],
  'bao-cao-chuan-luu-tru.pdf': [['Năm 2020, tỉnh Sơn Nguyên phấn đấu trồng mới 539 ha rừng và nâng độ che phủ lên 52,5%.', 2, GOAL]],
  'font-vni.pdf': [['Năm 2004, tỉnh Đông Lĩnh phấn đấu trồng mới 266 ha rừng và nâng độ che phủ lên 52,5%.', 2, GOAL]],
  'in-tu-trinh-duyet.pdf': [['Năm 2022, tỉnh Thanh Lâm phấn đấu trồng mới 763 ha rừng và nâng độ che phủ lên 52,5%.', 2, GOAL]],
  'bao-cao-de-muc.docx': [['Ông Võ Thị Hạnh, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'bao-cao-bang.docx': [['Số vụ phá rừng | 31 | 19', null, RESULTS]],
  'font-tcvn3.docx': [['Năm 2006, tỉnh Nam Khê phấn đấu trồng mới 203 ha rừng và nâng độ che phủ lên 52,5%.', null, GOAL]],
  'font-vni.docx': [['Ông Mai Xuân Hòa, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'font-lan-lon.docx': [
    ['Ông Cao Thị Yến, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung'],
    ['Toàn tỉnh phát hiện và xử lý 58 vụ vi phạm quy định về bảo vệ rừng, giảm 15,3% so với năm trước.', null, RESULTS],
  ],
  'soan-trong-van-phong.html': [['Ông Tạ Quốc Khánh, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'tin-bai.html': [['Ông Nguyễn Văn Thông, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'tin-bai-utf16.html': [['Năm 2018, tỉnh Kim Sơn phấn đấu trồng mới 329 ha rừng và nâng độ che phủ lên 52,5%.', null, GOAL]],
  'tin-bai-1258.htm': [['Năm 2010, tỉnh Long Khánh Sơn phấn đấu trồng mới 364 ha rừng và nâng độ che phủ lên 52,5%.', null, GOAL]],
  'tin-bai-tcvn3.html': [['Ông Vũ Đình Phong, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'van-ban-tcvn3.txt': [
    ['Toàn tỉnh phát hiện và xử lý 61 vụ vi phạm quy định về bảo vệ rừng, giảm 15,3% so với năm trước.', null, RESULTS],
  ],
  'van-ban-vni.txt': [['Ông Hà Văn Kiên, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
  'van-ban-1258.txt': [['Năm 2009, tỉnh Cẩm Sơn phấn đấu trồng mới 427 ha rừng và nâng độ che phủ lên 52,5%.', null, GOAL]],
  'van-ban-utf16.txt': [['Ông Hà Văn Kiên, Phó Chủ tịch tỉnh, chủ trì hội nghị.', null, 'I. Tình hình chung']],
}

/** Why each of the other files is skipped. */
const REASONS: Record<string, RegExp> = {
  'ban-chup.pdf': /pictures without text.*OCR/,
  'bao-cao-khoa.pdf': /protected by a password/,
  'font-tcvn3.pdf': /has lost the letter ư/,
  'dut-giua-chung.pdf': /no readable PDF/,
  'khong-phai.pdf': /no readable PDF/,
  'rong.pdf': /empty/,
  'co-mat-khau.docx': /password or an old \.doc/,
  'dut-giua-chung.docx': /no readable DOCX/,
  'khong-phai.docx': /no readable DOCX/,
  'kho-nen-khac.docx': /something else than a DOCX/,
  'chi-co-menu.html': /no article/,
  'van-ban-viscii.txt': /neither Unicode nor Vietnamese in TCVN3/,
  'van-ban-vo-chu.txt': /garbled/,
}

describe('a folder of real files', () => {
  const documents = new Map<string, SourceDocument>()
  const reasons = new Map<string, string>()

  beforeAll(async () => {
    const files = withoutDuplicateIds((await listCorpus(FOLDER)).files)
    const read = await readDocuments(FOLDER, files.files, loadCorpusRules())
    for (const { document } of read.documents) documents.set(document.path, document)
    for (const { path, reason } of [...files.skipped, ...read.skipped]) reasons.set(path, reason)
    // Some files share an id with one of another format, which the corpus skips; here each is read all the same.
    for (const { path } of files.skipped) {
      const [file] = (await listCorpus(FOLDER)).files.filter((one) => one.path === path)
      const alone = file === undefined ? { documents: [], skipped: [] } : await readDocuments(FOLDER, [file], loadCorpusRules())
      for (const { document } of alone.documents) documents.set(path, document)
      for (const skip of alone.skipped) reasons.set(path, skip.reason)
    }
  })

  test('holds at least twenty PDF, DOCX and HTML files, and every file is either read or skipped for a reason', () => {
    const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.py'))
    expect(names.filter((name) => /\.(?:pdf|docx|html?)$/.test(name)).length).toBeGreaterThanOrEqual(20)
    expect(names.filter((name) => !(name in SENTENCES) && !(name in REASONS))).toEqual([])
    expect([...documents.keys()].sort()).toEqual(Object.keys(SENTENCES).sort())
  })

  test.each(Object.entries(SENTENCES))(
    '%s is read, and its sentences are found on their page and under their heading',
    (name, sentences) => {
      const document = documents.get(name)
      for (const [sentence, page, heading] of sentences) {
        const start = document?.text.indexOf(sentence) ?? -1
        expect({ sentence, found: start >= 0 }).toEqual({ sentence, found: true })
        expect(document && placeAt(document, start)).toEqual({ page, heading })
      }
    },
  )

  test.each(Object.entries(REASONS))('%s is skipped, and its owner is told why and what to do', (name, reason) => {
    expect(reasons.get(name)).toMatch(reason)
    expect(reasons.get(name)).toMatch(/save|remove|convert|run|write/)
  })

  test('what is stored is canonical, so offsets count in it for good', () => {
    for (const { text } of documents.values()) expect(canonicalText(text)).toBe(text)
  })

  test('a web page gives its article only, and its head says who published it and when', () => {
    const page = documents.get('tin-bai.html')
    expect(page?.text).not.toMatch(/Giải trí|giá vàng|Bình luận|quảng cáo|tracker/)
    expect(page?.metadata).toMatchObject({
      title: 'Hội nghị tổng kết công tác bảo vệ rừng tỉnh Lâm Sơn năm 2022',
      publisher: 'Báo Rừng Xanh',
      publishedAt: '2023-01-12T17:05:00+07:00',
      url: 'https://rungxanh.example/tong-ket-bao-ve-rung',
      date: '2023-01-12',
    })
    expect(page?.provenance).toMatchObject({ publisher: 'file properties', url: 'file properties', date: 'text' })
  })
})

/** A PDF of one page whose text is packed twice: a few kilobytes that unpack to gigabytes. */
function pdfBomb(): Uint8Array {
  const inner = deflateSync(Buffer.alloc(1000 * 1024 * 1024, ' '))
  const packed = deflateSync(inner)
  const head =
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n' +
    `4 0 obj<</Length ${packed.length}/Filter[/FlateDecode/FlateDecode]>>stream\n`
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')])
}

async function docxWith(document: string | Uint8Array): Promise<Uint8Array> {
  const zip = new JSZip()
  zip.file('word/document.xml', document)
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}

test('a page that leaves out the tags a browser supplies is read all the same', async () => {
  const folder = await temporaryFolder()
  const sentence = 'Ông Nguyễn Văn Thông, Phó Chủ tịch tỉnh, chủ trì hội nghị tổng kết công tác trồng rừng.'
  const page = `<!doctype html><meta charset="utf-8"><title>Trồng rừng</title><h1>Hội nghị trồng rừng</h1><h2>Khai mạc</h2><p>${sentence}`
  await writeFiles(folder, { 'ngan.html': page })
  const { text, layout } = await loadFile(join(folder, 'ngan.html'))
  expect(text).toBe(`Hội nghị trồng rừng\n\nKhai mạc\n\n${sentence}`)
  expect([...layout.kinds.values()]).toEqual(['headline', 'heading'])
})

describe('hostile files', () => {
  const extractor = new FileExtractor({ memoryMb: 250 })
  afterAll(() => extractor.close())

  test('bombs and endless nesting are refused in time and memory, and the next file is read', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, {
      'bom.pdf': pdfBomb(),
      'bom.docx': await docxWith(new Uint8Array(110 * 1024 * 1024)),
      'long.html': `<p>${'<div>'.repeat(300_000)}x`,
      'sau.html': `<html><body>${'<b>'.repeat(20_000)}Hội nghị${'</b>'.repeat(20_000)}`,
      'tot.docx': await readFile(join(FOLDER, 'bao-cao-de-muc.docx')),
    })
    const before = process.memoryUsage.rss()
    await expect(loadFile(join(folder, 'bom.pdf'), extractor)).rejects.toThrow(/takes (?:more than 250 MB|longer than)/)
    await expect(loadFile(join(folder, 'bom.docx'), extractor)).rejects.toThrow(/unpacks to more than 100 MB/)
    await expect(loadFile(join(folder, 'long.html'), extractor)).rejects.toThrow(/nested deeper/)
    await expect(loadFile(join(folder, 'sau.html'), extractor)).rejects.toThrow(/nested deeper/)
    expect((await loadFile(join(folder, 'tot.docx'), extractor)).text).toContain('Võ Thị Hạnh')
    expect(process.memoryUsage.rss() - before).toBeLessThan(1200 * 1024 * 1024)
  }, 180_000)

  test('a file that takes too long is given up', async () => {
    // less than starting the thread takes on any machine
    const impatient = new FileExtractor({ timeoutMs: 1 })
    const bytes = await readFile(join(FOLDER, 'bao-cao-nhieu-trang.pdf'))
    await expect(impatient.extract('PDF', bytes)).rejects.toThrow(/takes longer than 0.001 s/)
    await impatient.close()
  })
})
