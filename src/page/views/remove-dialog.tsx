// Asks before something is removed for good.
import { useRef, useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { usePage } from '../state/page-state.tsx'

/** The question; the way back is focused first. */
export function RemoveDialog({
  title,
  text,
  onRemove,
  onClose,
}: {
  readonly title: string
  readonly text: string
  readonly onRemove: () => Promise<void>
  readonly onClose: () => void
}) {
  const { wording } = usePage()
  const back = useRef<HTMLButtonElement>(null)
  const [removing, setRemoving] = useState(false)
  const remove = async () => {
    setRemoving(true)
    await onRemove()
    onClose()
  }
  return (
    <Dialog title={title} description={text} role="alertdialog" onClose={onClose} initialFocus={() => back.current}>
      <div class="form-buttons">
        <button ref={back} type="button" class="button" onClick={onClose}>
          {wording.cancel}
        </button>
        <button type="button" class="button button-danger" disabled={removing} onClick={remove}>
          {wording.remove}
        </button>
      </div>
    </Dialog>
  )
}
