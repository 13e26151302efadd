// In: a text. Out: a button that puts it on the clipboard and says so; where the browser has no clipboard (plain HTTP on another
// machine) the older way is tried.
import { usePage } from '../state/page-state.tsx'
import { Icon, type IconName } from './icon.tsx'

/** A button that copies. */
export function CopyButton({
  label,
  text,
  icon = 'copy',
}: {
  readonly label: string
  readonly text: () => string
  readonly icon?: IconName
}) {
  const { announcer, wording } = usePage()
  const copy = async () => announcer.say((await copied(text())) ? wording.copied : wording.copyFailed)
  return (
    <button type="button" class="quiet-button" onClick={copy}>
      <Icon name={icon} />
      {label}
    </button>
  )
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection(text)
  }
}

function copiedBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'offscreen'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  return done
}
