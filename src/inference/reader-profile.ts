// In: the folder of a reader: a model that points at the answer in a passage. Out: what is needed to load it.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ThukyError } from '../errors.ts'

/** A reader and the tokenizer it was taught with. */
export interface ReaderProfile {
  /** Absolute folder with `config.json` and `onnx/model_quantized.onnx`. */
  readonly folder: string
  /** Absolute folder with `tokenizer.json`. */
  readonly tokenizerFolder: string
}

/**
 * Finds a reader's files.
 * @throws ThukyError `model` when one is missing
 */
export function readReaderProfile(folder: string, tokenizerFolder: string): ReaderProfile {
  const profile = { folder: resolve(folder), tokenizerFolder: resolve(tokenizerFolder) }
  const needed = [
    join(profile.folder, 'config.json'),
    join(profile.folder, 'onnx', 'model_quantized.onnx'),
    join(profile.tokenizerFolder, 'tokenizer.json'),
  ]
  const missing = needed.find((path) => !existsSync(path))
  if (missing === undefined) return profile
  throw new ThukyError('model', `The reader lacks ${missing}; restore it from the package or set THUKY_READER=off.`, { path: missing })
}
