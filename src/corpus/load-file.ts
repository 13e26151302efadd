// In: the path of one file. Out: its text, canonical, and its layout. Reading is by extension; what cannot be read says why.
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { ThukyError } from '../errors.ts'
import { canonicalText } from '../language/canonical.ts'
import { readVietnamese } from '../language/vietnamese-reading.ts'
import type { BinaryFormat } from './extraction-protocol.ts'
import { FileExtractor } from './file-extractor.ts'
import { type LoadedFile, PLAIN_LAYOUT } from './loaded-file.ts'
import { decodedText } from './text-encoding.ts'

/** Largest file that is read, in bytes; the same limit holds for uploads. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

const FORMATS: Readonly<Record<string, 'text' | BinaryFormat>> = {
  '.md': 'text',
  '.txt': 'text',
  '.html': 'HTML',
  '.htm': 'HTML',
  '.pdf': 'PDF',
  '.docx': 'DOCX',
}

/** Extensions that are read, lower case with the dot. */
export const READABLE_EXTENSIONS: readonly string[] = Object.keys(FORMATS)

/**
 * Text of one file of the corpus in canonical form, with its layout.
 * @param extractor reads what is not plain text; without one, a thread is started for this file
 * @throws ThukyError `corpus` with a reason for its owner: unknown format, too large, wrong encoding, broken
 */
export async function loadFile(path: string, extractor?: FileExtractor): Promise<LoadedFile> {
  const format = FORMATS[extname(path).toLowerCase()]
  if (format === undefined) {
    throw new ThukyError('corpus', `files of this format are not read; save it as ${READABLE_EXTENSIONS.join(', ')}`)
  }
  const { size } = await stat(path)
  if (size > MAX_FILE_BYTES) {
    const megabytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
    throw new ThukyError('corpus', `it is ${megabytes(size)}, more than ${megabytes(MAX_FILE_BYTES)}; split it into several files`)
  }
  const bytes = await readFile(path)
  const file = format === 'text' ? textFile(bytes) : await extracted(format, bytes, extractor)
  if (file.text.trim() === '') throw new ThukyError('corpus', 'it is empty; write some text or remove the file')
  return file
}

function textFile(bytes: Uint8Array): LoadedFile {
  const { text } = readVietnamese(decodedText(bytes))
  if (text === null) {
    throw new ThukyError('corpus', 'its text is garbled or in an old Vietnamese encoding that is not known; save it again as UTF-8')
  }
  return { text: canonicalText(text), layout: PLAIN_LAYOUT, mayHaveFrontMatter: true }
}

async function extracted(format: BinaryFormat, bytes: Uint8Array, given?: FileExtractor): Promise<LoadedFile> {
  if (bytes.length === 0) throw new ThukyError('corpus', 'it is empty; write some text or remove the file')
  const extractor = given ?? new FileExtractor()
  try {
    return await extractor.extract(format, bytes)
  } finally {
    if (given === undefined) await extractor.close()
  }
}
