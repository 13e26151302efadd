// In: the bytes of a ZIP container such as DOCX. Out: nothing, or a reason not to open it: what it says about its size is not
// believed, every entry is unpacked piece by piece and thrown away until the limit is reached.
import JSZip from 'jszip'
import { ThukyError } from '../errors.ts'

/** Most bytes a container may hold once unpacked. */
const MAX_UNPACKED_BYTES = 100 * 1024 * 1024
/** Most entries of a container; a document of many pictures has hundreds. */
const MAX_ENTRIES = 5000

/** The parts of a stream of JSZip that its types leave out. */
interface UnpackedStream {
  on(event: 'data', callback: (chunk: Uint8Array) => void): UnpackedStream
  on(event: 'error', callback: (error: Error) => void): UnpackedStream
  on(event: 'end', callback: () => void): UnpackedStream
  resume(): UnpackedStream
  pause(): UnpackedStream
}

/**
 * Unpacks a container on trial.
 * @returns names of its entries
 * @throws ThukyError `corpus` when it unpacks to more than 100 MB or has thousands of entries; Error when it is damaged
 */
export async function checkContainer(bytes: Uint8Array, maxBytes = MAX_UNPACKED_BYTES): Promise<string[]> {
  const zip = await JSZip.loadAsync(bytes)
  const entries = Object.values(zip.files).filter(({ dir }) => !dir)
  if (entries.length > MAX_ENTRIES) throw tooLarge(maxBytes)
  let left = maxBytes
  for (const entry of entries) left -= await unpackedLength(entry, left, maxBytes)
  return entries.map(({ name }) => name)
}

function unpackedLength(entry: JSZip.JSZipObject, limit: number, maxBytes: number): Promise<number> {
  const stream = (entry as unknown as { internalStream(type: 'uint8array'): UnpackedStream }).internalStream('uint8array')
  return new Promise((resolve, reject) => {
    let length = 0
    stream
      .on('data', (chunk) => {
        length += chunk.length
        if (length <= limit) return
        stream.pause()
        reject(tooLarge(maxBytes))
      })
      .on('error', reject)
      .on('end', () => resolve(length))
      .resume()
  })
}

function tooLarge(maxBytes: number): ThukyError {
  return new ThukyError(
    'corpus',
    `it unpacks to more than ${Math.round(maxBytes / 1024 / 1024)} MB, as a decompression bomb does; remove it`,
  )
}
