// The conversation: its turns, or a welcome with example questions; the field for the next question below.
import { useEffect } from 'preact/hooks'
import { ProblemNote } from '../parts/problem-note.tsx'
import { usePage } from '../state/page-state.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { QuestionForm } from './question-form.tsx'
import { TurnView } from './turn-view.tsx'
import { Welcome } from './welcome.tsx'

/** The view of a conversation. */
export function ChatView() {
  const { turns, navigation, wording } = usePage()
  const { conversationId, answerId } = navigation.address.value
  const all = turns.all.value
  const problem = turns.problem.value

  const newest = all.at(-1)
  useEffect(() => {
    if (newest === undefined || newest.state === 'outdated') return
    if (newest.answer === null) document.getElementById(`turn-${newest.key}`)?.scrollIntoView({ block: 'start' })
  }, [newest?.key])
  useEffect(() => {
    if (answerId === null || newest === undefined) return
    const turn = turns.all.peek().find(({ answer }) => answer?.id === answerId)
    if (turn !== undefined) document.getElementById(`turn-${turn.key}`)?.scrollIntoView({ block: 'start' })
  }, [answerId, conversationId, newest === undefined])

  return (
    <div class="chat">
      <div class="turns">
        {problem !== null ? (
          <div class="notice">
            {problem.kind === 'notFound' ? <p role="alert">{wording.conversationGone}</p> : <ProblemNote problem={problem} />}
            <PageLink to={{}} class="button">
              {wording.newConversation}
            </PageLink>
          </div>
        ) : all.length === 0 && !turns.loading.value ? (
          <Welcome />
        ) : (
          all.map((turn) => <TurnView key={turn.key} turn={turn} />)
        )}
        {turns.loading.value ? <p class="muted">{wording.loading}</p> : null}
      </div>
      <QuestionForm />
    </div>
  )
}
