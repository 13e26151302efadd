// In: a document's id. Out: the document with its text once it has come, or why it has not.
import { useEffect, useState } from 'preact/hooks'
import type { FullDocument } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'

/** Loads a document; `reload` fetches it again. */
export function useDocument(id: string) {
  const { server } = usePage()
  const [document, setDocument] = useState<FullDocument | null>(null)
  const [problem, setProblem] = useState<ServerProblem | null>(null)
  const [times, setTimes] = useState(0)
  useEffect(() => {
    let wanted = true
    setProblem(null)
    server.document(id).then(
      (loaded) => {
        if (wanted) setDocument(loaded)
      },
      (error) => {
        if (wanted) setProblem(error instanceof ServerProblem ? error : new ServerProblem(500, ''))
      },
    )
    return () => {
      wanted = false
    }
  }, [id, times, server])
  return { document, problem, reload: () => setTimes((now) => now + 1) }
}
