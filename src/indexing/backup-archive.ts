// In: nothing (shapes and names). Out: what a backup consists of: one tar archive whose first entry lists all others with their
// sizes and hashes. Shared by writing and restoring.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

/** Name of the first entry. */
export const LIST_NAME = 'thuky-backup.json'

/** Folders of an archive: documents, files of the index, and what is kept beside the index. */
const PATH = /^(?:corpus|index|kept)\/[^\0]+$/

const isPlain = (path: string) => PATH.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

/** The list of a backup. */
export const backupListSchema = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  /** Generation of the index it holds; null when it holds none. */
  generation: z.int().nullable(),
  files: z.array(
    z.object({
      path: z.string().refine(isPlain, { error: 'leads elsewhere' }),
      size: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})

/** A checked list. */
export type BackupList = z.output<typeof backupListSchema>

/** SHA-256 of a file, hexadecimal. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
