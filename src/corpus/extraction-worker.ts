// The thread in which files made by other programs are opened. In: bytes and a format. Out: the text and layout, or a reason.
// Whatever such a file does (endless loops, floods of memory, deep nesting) ends with this thread, never with the product.
import { parentPort } from 'node:worker_threads'
import { messageOf, ThukyError } from '../errors.ts'
import type { ExtractedDocument } from './extracted-document.ts'
import type { BinaryFormat, ExtractionReply, ExtractionRequest } from './extraction-protocol.ts'
import { loadedFile } from './loaded-file.ts'

const EXTRACTORS: Readonly<Record<BinaryFormat, (bytes: Uint8Array) => Promise<ExtractedDocument>>> = {
  PDF: async (bytes) => (await import('./pdf-document.ts')).pdfDocument(bytes),
  DOCX: async (bytes) => (await import('./docx-document.ts')).docxDocument(bytes),
  HTML: async (bytes) => (await import('./html-document.ts')).htmlDocument(bytes),
}

async function reply({ format, bytes }: ExtractionRequest): Promise<ExtractionReply> {
  try {
    return { file: loadedFile(await EXTRACTORS[format](bytes)) }
  } catch (error) {
    if (error instanceof ThukyError) return { reason: error.message }
    const cause = messageOf(error).split('\n')[0]?.slice(0, 200)
    return { reason: `it is no readable ${format} file (${cause}); open it in the program it was made with and save it again` }
  }
}

parentPort?.on('message', async (request: ExtractionRequest) => parentPort?.postMessage(await reply(request)))
