// In: the corpus folder. Out: its files with hashes, and documents read from them. A bad file is skipped with its reason and
// never stops the others; the same folder always gives the same order and ids.
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { messageOf, ThukyError } from '../errors.ts'
import { buildDocument, documentId, type SplitDocument } from './build-document.ts'
import type { CorpusRules } from './corpus-rules.ts'
import { FileExtractor } from './file-extractor.ts'
import { loadFile, MAX_FILE_BYTES, READABLE_EXTENSIONS } from './load-file.ts'
import type { SkippedFile } from './source-document.ts'

/** A file of the corpus as it lies on disk. */
export interface CorpusFile {
  /** Path below the corpus, with `/`. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly mtimeMs: number
  /** SHA-256 of the bytes, hexadecimal; empty for a file that is too large to be read. */
  readonly sha256: string
}

/** What lies in the corpus folder. */
export interface CorpusListing {
  readonly files: readonly CorpusFile[]
  readonly skipped: readonly SkippedFile[]
}

/** Files looked at together. */
const FILES_AT_ONCE = 32

/** Formats of the contract; other files in the folder are not documents. */
export const DOCUMENT_EXTENSIONS = new Set([...READABLE_EXTENSIONS, '.doc', '.rtf', '.odt'])

/**
 * Lists the documents of a folder, by path. Hidden files, a `README.md` at the top and files that are no documents are left
 * out; links are skipped with a reason.
 * @param known hashes from an earlier listing, reused for files whose size and time of change are the same
 * @throws ThukyError `corpus` when the folder cannot be read
 */
export async function listCorpus(corpusDir: string, known: readonly CorpusFile[] = []): Promise<CorpusListing> {
  const before = new Map(known.map((file) => [file.path, file]))
  const files: CorpusFile[] = []
  const skipped: SkippedFile[] = []
  const entries = await readdir(corpusDir, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ThukyError('corpus', `The corpus folder ${corpusDir} cannot be read (${error.code}); create it or set THUKY_CORPUS.`, {
      corpusDir,
    })
  })
  const paths: string[] = []
  for (const entry of entries) {
    const path = relative(corpusDir, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    if (path.split('/').some((part) => part.startsWith('.')) || path.toLowerCase() === 'readme.md') continue
    if (!DOCUMENT_EXTENSIONS.has(extname(path).toLowerCase())) continue
    if (entry.isSymbolicLink()) skipped.push({ path, reason: 'it is a link; put the file itself into the corpus' })
    else if (entry.isFile()) paths.push(path)
  }
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const look = (path: string) => hashed(corpusDir, path, before.get(path)).catch((error: NodeJS.ErrnoException) => ({ path, error }))
    for (const file of await Promise.all(paths.slice(at, at + FILES_AT_ONCE).map(look))) {
      if (!('error' in file)) files.push(file)
      else if (file.error.code !== 'ENOENT')
        skipped.push({ path: file.path, reason: `it cannot be read (${file.error.code}); make it readable` })
    }
  }
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
  return { files: files.sort(byPath), skipped: skipped.sort(byPath) }
}

async function hashed(corpusDir: string, path: string, before: CorpusFile | undefined): Promise<CorpusFile> {
  const absolute = join(corpusDir, path)
  const { size, mtimeMs } = await stat(absolute)
  if (before !== undefined && before.size === size && before.mtimeMs === mtimeMs) return before
  const sha256 =
    size > MAX_FILE_BYTES
      ? ''
      : createHash('sha256')
          .update(await readFile(absolute))
          .digest('hex')
  return { path, size, mtimeMs, sha256 }
}

/** Documents of the files given, and the files among them that could not be read. Two files of one id: the second is skipped. */
export async function readDocuments(
  corpusDir: string,
  files: readonly CorpusFile[],
  rules: CorpusRules,
): Promise<{ documents: SplitDocument[]; skipped: SkippedFile[] }> {
  const documents: SplitDocument[] = []
  const skipped: SkippedFile[] = []
  const extractor = new FileExtractor()
  for (const { path } of files) {
    try {
      documents.push(buildDocument(path, await loadFile(join(corpusDir, path), extractor), rules))
    } catch (error) {
      skipped.push({ path, reason: messageOf(error) })
    }
  }
  await extractor.close()
  return { documents, skipped }
}

/** Splits files into those whose id is theirs alone and those that come second to another file of the same id. */
export function withoutDuplicateIds(files: readonly CorpusFile[]): { files: CorpusFile[]; skipped: SkippedFile[] } {
  const owners = new Map<string, string>()
  const kept: CorpusFile[] = []
  const skipped: SkippedFile[] = []
  for (const file of files) {
    const id = documentId(file.path)
    const owner = owners.get(id)
    if (owner === undefined) {
      owners.set(id, file.path)
      kept.push(file)
    } else {
      skipped.push({ path: file.path, reason: `it has the same id as ${owner}; rename one of them` })
    }
  }
  return { files: kept, skipped }
}
