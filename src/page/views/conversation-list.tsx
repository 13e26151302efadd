// The conversations that are kept: open, rename, export, delete.
import { useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { PageLink } from '../parts/page-link.tsx'
import type { ConversationSummary } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { shownDate } from '../text/dates.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { useConversationExport } from './use-conversation-export.ts'

/** The list. `onFollow` is called when something has been opened. */
export function ConversationList({ onFollow }: { readonly onFollow?: () => void }) {
  const { library, navigation, wording } = usePage()
  const { conversationId } = navigation.address.value
  const conversations = library.conversations.value
  const follow = onFollow === undefined ? {} : { onFollow }
  return (
    <div class="conversations">
      <PageLink to={{}} class="button new-conversation" {...follow}>
        <Icon name="plus" />
        {wording.newConversation}
      </PageLink>
      {conversations === null ? null : conversations.length === 0 ? (
        <p class="muted">{wording.noConversations}</p>
      ) : (
        <ul>
          {conversations.map((conversation) => (
            <Entry key={conversation.id} conversation={conversation} current={conversation.id === conversationId} {...follow} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Entry({
  conversation,
  current,
  onFollow,
}: {
  readonly conversation: ConversationSummary
  readonly current: boolean
  readonly onFollow?: () => void
}) {
  const page = usePage()
  const { server, library, navigation, turns, announcer, wording, language } = page
  const { id, title, updatedAt } = conversation
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null)
  const exportAs = useConversationExport(id)
  const remove = async () => {
    try {
      await server.removeConversation(id)
    } catch (error) {
      if (!(error instanceof ServerProblem) || error.kind !== 'notFound') {
        announcer.say(wording.problems[error instanceof ServerProblem ? error.kind : 'unexpected'])
        return
      }
    }
    if (turns.conversationId.peek() === id) {
      await turns.open(null)
      navigation.go({ conversationId: null, answerId: null, place: null })
    }
    await library.loadConversations()
  }
  const exports = [
    { value: 'markdown', label: wording.exportMarkdown, run: () => void exportAs('md') },
    { value: 'json', label: wording.exportJson, run: () => void exportAs('json') },
  ]
  const changes = [
    { value: 'rename', label: wording.rename, run: () => setAsking('rename') },
    { value: 'remove', label: wording.remove, run: () => setAsking('remove') },
  ]
  const items = library.writable.value ? [...exports, ...changes] : exports
  return (
    <li class={current ? 'conversation conversation-current' : 'conversation'}>
      <PageLink to={{ conversationId: id }} current={current} class="conversation-title" {...(onFollow === undefined ? {} : { onFollow })}>
        <span lang="vi">{title}</span>
        <small class="muted">{shownDate(updatedAt.slice(0, 10), language)}</small>
      </PageLink>
      <Menu label={wording.conversationActions(title)} groups={[{ heading: '', items }]}>
        <Icon name="more" />
      </Menu>
      {asking === 'rename' ? <RenameDialog conversation={conversation} onClose={() => setAsking(null)} /> : null}
      {asking === 'remove' ? (
        <RemoveDialog
          title={wording.removeConversationTitle}
          text={wording.removeConversationText(title)}
          onRemove={remove}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </li>
  )
}
