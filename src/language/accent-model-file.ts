// In: nothing. Out: the bundled accent model. The one place where accent restoration touches the disk.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { messageOf, ThukyError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { AccentModel } from './accent-model.ts'

/** Path of the bundled model inside the package: Brotli-compressed, format in `accent-model.ts`. */
const MODEL_FILE = join('models', 'accents-vi', 'syllables.bin.br')

/**
 * Reads the bundled accent model. Read it once and share it.
 * @throws ThukyError `configuration` when the file is missing or damaged
 */
export function readAccentModel(): AccentModel {
  const path = join(packageRoot(), MODEL_FILE)
  try {
    return new AccentModel(brotliDecompressSync(readFileSync(path)))
  } catch (error) {
    throw new ThukyError('configuration', `${MODEL_FILE} cannot be used (${messageOf(error)}); restore it from the package.`, { path })
  }
}
