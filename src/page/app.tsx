// The frame of the page: heading, navigation, list of conversations, the view, the document reader over it, and what is said aloud.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ConnectionNote } from './parts/connection-note.tsx'
import { Dialog } from './parts/dialog.tsx'
import { Icon } from './parts/icon.tsx'
import { KeyDialog } from './parts/key-dialog.tsx'
import { PageLink } from './parts/page-link.tsx'
import { SettingsMenu } from './parts/settings-menu.tsx'
import { usePage } from './state/page-state.tsx'
import { ChatView } from './views/chat-view.tsx'
import { ConferencesView } from './views/conferences-view.tsx'
import { ConversationList } from './views/conversation-list.tsx'
import { DocumentsView } from './views/documents-view.tsx'
import { ReaderDialog } from './views/reader-dialog.tsx'

/** The whole page. */
export function App() {
  const { navigation, library, turns, wording, announcer } = usePage()
  const { view, conversationId, place } = navigation.address.value
  const { sentence, shown } = announcer.current.value
  const [drawerOpen, setDrawerOpen] = useState(false)
  const [keyOpen, setKeyOpen] = useState(false)

  useEffect(() => {
    void library.loadCorpus()
    void library.loadConversations()
  }, [library])
  useEffect(() => {
    if (conversationId !== turns.conversationId.peek()) void turns.open(conversationId)
  }, [conversationId, turns])
  useSignalEffect(() => {
    if (library.problem.value?.kind === 'unauthorised') setKeyOpen(true)
  })
  useEffect(() => {
    document.title = view === 'chat' ? 'Thư Ký' : `${wording[view]} – Thư Ký`
  }, [view, wording])

  return (
    <div class="frame">
      <a class="skip" href="#content">
        {wording.skipToContent}
      </a>
      <header class="topbar">
        <button type="button" class="icon-button drawer-button" aria-label={wording.conversations} onClick={() => setDrawerOpen(true)}>
          <Icon name="menu" />
        </button>
        <PageLink to={{}} class="brand" lang="vi">
          Thư Ký
        </PageLink>
        <nav class="views" aria-label={wording.mainNavigation}>
          <PageLink to={{ conversationId: turns.conversationId.value }} current={view === 'chat'}>
            {wording.ask}
          </PageLink>
          <PageLink to={{ view: 'conferences' }} current={view === 'conferences'}>
            {wording.conferences}
          </PageLink>
          <PageLink to={{ view: 'documents' }} current={view === 'documents'}>
            {wording.documents}
          </PageLink>
        </nav>
        <SettingsMenu onKey={() => setKeyOpen(true)} />
      </header>
      <aside class="sidebar" aria-label={wording.conversations}>
        <ConversationList />
      </aside>
      <main id="content" class="content" tabIndex={-1}>
        <ConnectionNote />
        {view === 'chat' ? <ChatView /> : view === 'conferences' ? <ConferencesView /> : <DocumentsView />}
      </main>
      {place === null ? null : <ReaderDialog place={place} key={place.documentId} />}
      {drawerOpen ? (
        <Dialog title={wording.conversations} shape="drawer" onClose={() => setDrawerOpen(false)}>
          <ConversationList onFollow={() => setDrawerOpen(false)} />
        </Dialog>
      ) : null}
      {keyOpen ? <KeyDialog onClose={() => setKeyOpen(false)} /> : null}
      <p class={shown ? 'announcement' : 'offscreen'} role="status">
        {sentence}
      </p>
    </div>
  )
}
