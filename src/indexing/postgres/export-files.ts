// In: a database. Out: its files in a folder, as they were given. Other files of the folder stay.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from './database.ts'
import { readFileOf } from './document-rows.ts'

/** Writes every file that is missing or different; returns how many were written. */
export async function exportFiles(database: Database, folder: string): Promise<number> {
  let written = 0
  for (const row of await database.rows('SELECT id FROM thuky.documents ORDER BY id')) {
    const id = String(row['id'])
    const file = await readFileOf(database, id)
    if (file === undefined || !isBelow(file.path)) continue
    const target = join(folder, file.path)
    const present = await readFile(target).catch(() => undefined)
    if (present?.equals(file.bytes) === true) continue
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, file.bytes)
    written++
  }
  return written
}

/** Whether a path leads nowhere but below a folder. */
const isBelow = (path: string) => path.split(/[\\/]/).every((part) => part !== '' && part !== '.' && part !== '..')
