// Asks for the access key. It stays in this tab and is sent with every request; it is never put into an address.
import { useRef } from 'preact/hooks'
import { usePage } from '../state/page-state.tsx'
import { Dialog } from './dialog.tsx'

/** The dialog for the key. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { server, library, navigation, turns, wording } = usePage()
  const field = useRef<HTMLInputElement>(null)
  const use = (key: string) => {
    server.setKey(key.trim())
    onClose()
    void library.loadCorpus()
    void library.loadConversations()
    void turns.open(navigation.address.peek().conversationId)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    use(field.current?.value ?? '')
  }
  return (
    <Dialog title={wording.keyTitle} description={wording.keyText} onClose={onClose} initialFocus={() => field.current}>
      <form class="form" onSubmit={submit}>
        <label class="field">
          {wording.keyLabel}
          <input ref={field} type="password" autocomplete="off" defaultValue={server.key.value} spellcheck={false} />
        </label>
        <div class="form-buttons">
          {server.key.value === '' ? null : (
            <button type="button" class="button" onClick={() => use('')}>
              {wording.keyForget}
            </button>
          )}
          <button type="submit" class="button button-main">
            {wording.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
