// In: the path of one file. Out: its text, canonical. Reading is by extension; what cannot be read says why.
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { messageOf, ThukyError } from '../errors.ts'
import { canonicalText } from '../language/canonical.ts'

/** Largest file that is read, in bytes; the same limit holds for uploads. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

type Loader = (path: string) => Promise<string>

const LOADERS: Readonly<Record<string, Loader>> = { '.md': loadText, '.txt': loadText, '.docx': loadDocx }

/** Extensions that are read, lower case with the dot. */
export const READABLE_EXTENSIONS: readonly string[] = Object.keys(LOADERS)

/**
 * Text of one file of the corpus in canonical form.
 * @throws ThukyError `corpus` with a reason for its owner: unknown format, too large, wrong encoding, broken
 */
export async function loadFile(path: string): Promise<string> {
  const loader = LOADERS[extname(path).toLowerCase()]
  if (loader === undefined) {
    throw new ThukyError('corpus', `files of this format are not read; save it as ${READABLE_EXTENSIONS.join(', ')}`)
  }
  const { size } = await stat(path)
  if (size > MAX_FILE_BYTES) {
    const megabytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
    throw new ThukyError('corpus', `it is ${megabytes(size)}, more than ${megabytes(MAX_FILE_BYTES)}; split it into several files`)
  }
  const text = canonicalText(await loader(path))
  if (text.trim() === '') throw new ThukyError('corpus', 'it is empty; write some text or remove the file')
  return text
}

async function loadText(path: string): Promise<string> {
  const bytes = await readFile(path)
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new ThukyError('corpus', 'it is not UTF-8 text; save it again as UTF-8')
  }
}

async function loadDocx(path: string): Promise<string> {
  const { DocxLoader } = await import('@langchain/community/document_loaders/fs/docx')
  try {
    const pages = await new DocxLoader(path).load()
    return pages.map((page) => page.pageContent).join('\n\n')
  } catch (error) {
    throw new ThukyError(
      'corpus',
      `it is no readable DOCX file (${messageOf(error).split('\n')[0]}); open it in a word processor and save it again`,
    )
  }
}
