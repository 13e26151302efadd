// In: titles and file names. Out: names for files and documents that are safe everywhere. Pure.
import { fold } from './fold.ts'

/** A file name made of a title: letters without accents, figures, hyphens; at most 60 characters. */
export function fileName(title: string, extension: string): string {
  const name = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return `${name === '' ? 'thu-ky' : name}.${extension}`
}

/** Id of the document an uploaded file becomes: its name without the extension, in NFC, without what ids cannot hold. */
export function documentIdOf(name: string): string {
  const id = name
    .normalize('NFC')
    .replace(/\.[^.]+$/, '')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
  return id === '' ? 'tai-lieu' : id
}
