// Gives a conversation another title.
import { useRef, useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import type { ConversationSummary } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'

/** The dialog. */
export function RenameDialog({
  conversation: { id, title },
  onClose,
}: {
  readonly conversation: ConversationSummary
  readonly onClose: () => void
}) {
  const { server, library, wording } = usePage()
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<ServerProblem | null>(null)
  const rename = async (event: SubmitEvent) => {
    event.preventDefault()
    try {
      await server.rename(id, field.current?.value ?? '')
      await library.loadConversations()
      onClose()
    } catch (error) {
      setProblem(error instanceof ServerProblem ? error : new ServerProblem(500, ''))
    }
  }
  return (
    <Dialog title={wording.rename} onClose={onClose} initialFocus={() => field.current}>
      <form class="form" onSubmit={rename}>
        <label class="field">
          {wording.newTitle}
          <input ref={field} defaultValue={title} required maxLength={200} autocomplete="off" />
        </label>
        {problem === null ? null : <ProblemNote problem={problem} />}
        <div class="form-buttons">
          <button type="submit" class="button button-main">
            {wording.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
