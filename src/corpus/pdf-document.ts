// In: the bytes of a PDF. Out: its paragraphs with the pages they stand on. Nothing in the file is run, shown or fetched.
import { getDocumentProxy } from 'unpdf'
import { ThukyError } from '../errors.ts'
import type { ExtractedDocument } from './extracted-document.ts'
import { type DrawnText, type PageLine, pageLines } from './pdf-lines.ts'
import { pdfParagraphs } from './pdf-paragraphs.ts'

/** Most pages of a file. */
const MAX_PAGES = 3000
/** A page with fewer letters has no text of its own, but perhaps a stamp or a page number on a picture. */
const LEAST_LETTERS = 20

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

/**
 * Reads a PDF.
 * @throws ThukyError `corpus` when it is protected, has too many pages, or is scanned without text; Error when it is damaged
 */
export async function pdfDocument(bytes: Uint8Array): Promise<ExtractedDocument> {
  const document = await opened(bytes)
  try {
    if (document.numPages > MAX_PAGES) {
      throw new ThukyError('corpus', `it has ${document.numPages} pages, more than ${MAX_PAGES}; split it into several files`)
    }
    const pages: PageLine[][] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      pages.push(pageLines(await drawnTexts(page), number))
      page.cleanup()
    }
    refuseScans(pages)
    return { paragraphs: pdfParagraphs(pages), properties: {} }
  } finally {
    await document.destroy()
  }
}

async function opened(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(bytes, {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
      stopAtErrors: false,
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new ThukyError('corpus', 'it is protected by a password; save it without one')
    }
    throw error
  }
}

async function drawnTexts(page: PdfPage): Promise<DrawnText[]> {
  // The library's own normalising would turn codes of old Vietnamese fonts into other letters.
  const { items } = await page.getTextContent({ disableNormalization: true, includeMarkedContent: false })
  return items.flatMap((item: (typeof items)[number]) => {
    if (!('str' in item)) return []
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[]
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(a, b) || item.height }]
  })
}

/** A document whose pages mostly show pictures of text would be searched in vain; its owner has to know. */
function refuseScans(pages: readonly (readonly PageLine[])[]): void {
  const letters = pages.map((lines) => lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0))
  const empty = letters.filter((count) => count < LEAST_LETTERS).length
  if (empty * 2 <= pages.length) return
  const which = empty === pages.length ? 'its pages are' : `${empty} of its ${pages.length} pages are`
  throw new ThukyError('corpus', `${which} pictures without text, as scans are; run text recognition (OCR) on it and save it with the text`)
}
