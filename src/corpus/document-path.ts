// In: the id of a document. Out: where its file lies below the corpus, or why no file may have that id. The id comes from
// outside: nothing it says may lead out of the folder, into hidden files or through links.
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'

/** Longest part of a path in bytes; file systems allow 255, the rest is for extension and temporary names. */
const MAX_PART_BYTES = 180
const MAX_PARTS = 8

/** A path below the corpus, without extension and with `/`, or what is wrong with the id. */
export type PathOfId = { readonly path: string; readonly fault?: undefined } | { readonly path?: undefined; readonly fault: string }

/** The path of an id: `~` stands for `/`. */
export function pathOfId(id: string): PathOfId {
  const parts = id.normalize('NFC').split('~')
  if (parts.length > MAX_PARTS) return { fault: `has more than ${MAX_PARTS} parts; use fewer "~"` }
  if (parts.length === 1 && id.toLowerCase() === 'readme') return { fault: 'is kept for a file about the corpus; choose another' }
  for (const part of parts) {
    if (part.trim() === '' || part !== part.trim()) return { fault: 'has an empty part or one with spaces at its edge; name every part' }
    if (part.startsWith('.') || part.endsWith('.')) return { fault: 'has a part with a dot at its edge; leave it out' }
    if (!part.isWellFormed() || UNSAFE.test(part))
      return { fault: 'has a character that file names cannot have; use letters, digits, - and _' }
    if (RESERVED.test(part)) return { fault: 'has a part that some systems keep for devices; choose another' }
    if (Buffer.byteLength(part) > MAX_PART_BYTES) return { fault: `has a part longer than ${MAX_PART_BYTES} bytes; shorten it` }
  }
  return { path: parts.join('/') }
}

/** Separators, control and formatting characters, and what Windows forbids. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i

/** Whether every folder on the way to a path below the corpus is a folder of its own and no link; missing ones are. */
export async function staysInside(corpusDir: string, path: string): Promise<boolean> {
  let folder = corpusDir
  for (const part of path.split('/').slice(0, -1)) {
    folder = join(folder, part)
    const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : null))
    if (found === undefined) return true
    if (found === null || !found.isDirectory()) return false
  }
  return true
}
