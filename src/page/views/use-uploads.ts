// In: files a person chose. Out: what becomes of each. One file is sent at a time; what cannot be read is told before it is sent.
import { useRef, useState } from 'preact/hooks'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { documentIdOf } from '../text/file-name.ts'

/** What becomes of a file. `exists`: a document of this name is there, the person decides. */
export type UploadState = 'exists' | 'sending' | 'indexing' | 'added' | 'replaced' | 'too-large' | 'wrong-type' | 'failed'

/** A file on its way. */
export interface Upload {
  readonly key: number
  readonly file: File
  readonly state: UploadState
  /** 0–100. */
  readonly percent: number
  readonly problem: ServerProblem | null
}

const MAX_BYTES = 10 * 1024 * 1024
const READABLE = /\.(md|txt|html?|pdf|docx)$/i

/** Files sent since the view was opened. */
export function useUploads() {
  const { server, library } = usePage()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const nextKey = useRef(1)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const change = (key: number, changes: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))

  const sendNow = async ({ key, file }: Upload) => {
    const id = documentIdOf(file.name)
    try {
      const outcome = await server.upload(id, file, (percent) => change(key, { percent, state: percent < 100 ? 'sending' : 'indexing' }))
      change(key, { state: outcome })
      await library.loadCorpus()
    } catch (error) {
      change(key, { state: 'failed', problem: error instanceof ServerProblem ? error : new ServerProblem(500, '') })
    }
  }
  const send = (upload: Upload) => {
    change(upload.key, { state: 'sending', percent: 0, problem: null })
    queue.current = queue.current.then(() => sendNow(upload))
  }
  const add = (files: readonly File[]) => {
    const known = new Set((library.documents.peek() ?? []).map(({ id }) => id))
    const added = files.map((file): Upload => {
      const state =
        file.size > MAX_BYTES
          ? 'too-large'
          : !READABLE.test(file.name)
            ? 'wrong-type'
            : known.has(documentIdOf(file.name))
              ? 'exists'
              : 'sending'
      return { key: nextKey.current++, file, state, percent: 0, problem: null }
    })
    setUploads((all) => [...added, ...all])
    for (const one of added) if (one.state === 'sending') send(one)
  }
  const skip = ({ key }: Upload) => setUploads((all) => all.filter((one) => one.key !== key))
  return { uploads, add, send, skip }
}
