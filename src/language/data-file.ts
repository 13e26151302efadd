// In: the name of a file in `data/`. Out: its content, checked. The one place where language rules touch the disk.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { messageOf, ThukyError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'

/**
 * Reads and checks one JSON file of `data/`.
 * @throws ThukyError `configuration` when it is missing, no JSON, or not of the expected shape
 */
export function readDataFile<T>(name: string, schema: z.ZodType<T>): T {
  const path = join(packageRoot(), 'data', name)
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new ThukyError(
      'configuration',
      `data/${name} cannot be used (${messageOf(error).split('\n')[0]}); restore it from the package.`,
      { path },
    )
  }
}
