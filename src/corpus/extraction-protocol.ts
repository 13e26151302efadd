// In: nothing (types). Out: what the product and its extraction thread tell each other.
import type { LoadedFile } from './loaded-file.ts'

/** Formats that are opened in a thread of their own. */
export type BinaryFormat = 'PDF' | 'DOCX' | 'HTML'

/** A file to open. */
export interface ExtractionRequest {
  readonly format: BinaryFormat
  readonly bytes: Uint8Array
}

/** What became of it: the file, or why not. Files are answered in the order they are asked, one at a time. */
export type ExtractionReply =
  | { readonly file: LoadedFile; readonly reason?: undefined }
  | { readonly file?: undefined; readonly reason: string }
