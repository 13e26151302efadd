// In: nothing. Out: the folder this package is installed in, where the bundled model, data and corpus lie.
import { fileURLToPath } from 'node:url'

/** Absolute path of the package folder; the same from `src/` (tests) and from `dist/` (installed). */
export function packageRoot(): string {
  return fileURLToPath(new URL('..', import.meta.url))
}
