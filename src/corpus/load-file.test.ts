import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.ts'
import { loadFile } from './load-file.ts'

/** The least a word processor writes: one document part with paragraphs. */
async function docx(paragraphs: readonly string[]): Promise<Uint8Array> {
  const zip = new JSZip()
  const types =
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
  zip.file(
    '[Content_Types].xml',
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${types}</Types>`,
  )
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
  zip.file(
    '_rels/.rels',
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}" Target="word/document.xml"/></Relationships>`,
  )
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')
  zip.file(
    'word/document.xml',
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  )
  return zip.generateAsync({ type: 'uint8array' })
}

describe('loadFile', () => {
  test('reads the paragraphs of a DOCX file', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'bao-cao.docx': await docx(['Hội nghị khai mạc sáng 3/5.', 'Đại biểu thảo luận.']) })
    expect((await loadFile(`${folder}/bao-cao.docx`)).text).toBe('Hội nghị khai mạc sáng 3/5.\n\nĐại biểu thảo luận.')
  })

  test('says of a DOCX file that is none what to do', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'hong.docx': 'không phải DOCX' })
    await expect(loadFile(`${folder}/hong.docx`)).rejects.toThrow(/no readable DOCX file.*save it again/s)
  })
})
