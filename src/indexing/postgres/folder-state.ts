// In: the index folder of a server that works on a database. Out: what its corpus folder looked like when it was last in step with
// that database; without it a deleted file could not be told from one that another server was given.
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const FILE = 'folder.json'

const fileSchema = z.object({ path: z.string(), size: z.number(), mtimeMs: z.number(), sha256: z.string() })
const folderStateSchema = z.object({
  /** Id of the corpus in the database. */
  corpus: z.string(),
  generation: z.int(),
  files: z.array(fileSchema.extend({ seen: z.int() })),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** Files of the model with their hashes, so that they need not be hashed again. */
  modelFiles: z.array(fileSchema),
})

/** A checked state. */
export type FolderState = z.output<typeof folderStateSchema>

/** The state; undefined when there is none, or it cannot be read, or it belongs to another database. */
export async function readFolderState(indexDir: string, corpus?: string): Promise<FolderState | undefined> {
  try {
    const state = folderStateSchema.parse(JSON.parse(await readFile(join(indexDir, FILE), 'utf8')))
    return corpus === undefined || state.corpus === corpus ? state : undefined
  } catch {
    return undefined
  }
}

/** Writes it, whole or not at all. */
export async function writeFolderState(indexDir: string, state: FolderState): Promise<void> {
  await mkdir(indexDir, { recursive: true })
  const aside = join(indexDir, `${FILE}.${randomUUID()}.tmp`)
  const handle = await open(aside, 'w')
  try {
    await handle.writeFile(`${JSON.stringify(state)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(aside, join(indexDir, FILE))
}
