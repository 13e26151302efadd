// In: nothing. Out: everything the views share, made once and handed down; no view keeps a second copy of it.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Answer, Filters } from './contract.ts'
import type { Language } from '../text/dates.ts'
import { ENGLISH } from '../wording/english.ts'
import { VIETNAMESE, type Wording } from '../wording/vietnamese.ts'
import { Announcer } from './announcer.ts'
import { Library } from './library.ts'
import { Navigation } from './navigation.ts'
import { Preferences } from './preferences.ts'
import { type Question, ServerClient } from './server-client.ts'
import { Turns } from './turns.ts'

/** What the views share. */
export class PageState {
  readonly server = new ServerClient()
  readonly navigation = new Navigation()
  readonly preferences = new Preferences()
  readonly announcer = new Announcer()
  readonly library = new Library(this.server)
  readonly turns = new Turns(this.server)

  /** Texts in the interface language; read in a view, the view follows the language. */
  get wording(): Wording {
    return this.preferences.language.value === 'vi' ? VIETNAMESE : ENGLISH
  }

  get language(): Language {
    return this.preferences.language.value
  }

  /** Asks and, once answered, puts the answer into the address. */
  async ask(question: string, filters: Filters, scope: Question['scope']): Promise<Answer | null> {
    if (this.navigation.address.peek().view !== 'chat') this.navigation.go({ view: 'chat', place: null })
    const answer = await this.turns.ask(question, filters, scope)
    if (answer === null) return null
    this.announcer.whisper(answer.answerable ? this.wording.answered : this.wording.refused)
    if (answer.conversationId !== null && this.navigation.address.peek().view === 'chat') {
      this.navigation.go({ conversationId: answer.conversationId, answerId: answer.id, place: null })
    }
    void this.library.loadConversations()
    return answer
  }
}

const Context = createContext<PageState | null>(null)

/** Hands the state down. */
export const PageStateProvider = Context.Provider

/** The shared state. @throws Error outside of `PageStateProvider` */
export function usePage(): PageState {
  const state = useContext(Context)
  if (state === null) throw new Error('There is no page state here; render below PageStateProvider.')
  return state
}
