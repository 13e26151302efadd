// In: the bytes of a DOCX file. Out: its paragraphs with headings, lists, tables and captions as its styles name them.
import { extname } from 'node:path'
import mammoth from 'mammoth'
import { ThukyError } from '../errors.ts'
import type { ExtractedDocument } from './extracted-document.ts'
import { paragraphsOfMarkup } from './html-paragraphs.ts'
import { checkContainer } from './zip-guard.ts'

/** First bytes of the container that old .doc files and encrypted DOCX files are. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0]

/** Word processors' styles beyond headings, as the elements they are read as. */
const STYLES = [
  "p[style-name='Title'] => hgroup:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  "p[style-name='caption'] => figcaption:fresh",
]

/**
 * Reads a DOCX file.
 * @throws ThukyError `corpus` for files that are protected, of the old format or decompression bombs; Error for damaged ones
 */
export async function docxDocument(bytes: Uint8Array): Promise<ExtractedDocument> {
  if (COMPOUND_FILE.every((byte, i) => bytes[i] === byte)) {
    throw new ThukyError('corpus', 'it is protected by a password or an old .doc file by another name; save it as DOCX without a password')
  }
  const names = await checkContainer(bytes)
  if (!names.some((name) => extname(name) === '.xml' && name.startsWith('word/'))) {
    throw new ThukyError('corpus', 'it is a container of something else than a DOCX document; save it as DOCX')
  }
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    { styleMap: STYLES, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  )
  return { paragraphs: paragraphsOfMarkup(value), properties: {} }
}
