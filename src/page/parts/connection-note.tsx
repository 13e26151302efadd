// Says that the server cannot be reached and what to do; looks every few seconds whether it is back, then loads what was missed.
import { useEffect, useRef } from 'preact/hooks'
import { usePage } from '../state/page-state.tsx'

/** Time between looks, in milliseconds. */
const LOOK_MS = 2000

/** The note; nothing while all is well. */
export function ConnectionNote() {
  const { server, library, announcer, navigation, turns, wording } = usePage()
  const lost = !server.reachable.value
  const wasLost = useRef(false)
  useEffect(() => {
    if (lost) {
      wasLost.current = true
      const timer = setInterval(() => server.ready().catch(() => {}), LOOK_MS)
      return () => clearInterval(timer)
    }
    if (wasLost.current) {
      wasLost.current = false
      announcer.say(wording.backOnline)
      void library.loadCorpus()
      void library.loadConversations()
      if (turns.problem.peek() !== null) void turns.open(navigation.address.peek().conversationId)
    }
    return undefined
  }, [lost, server, library, announcer, navigation, turns, wording])
  if (!lost) return null
  return (
    <div class="problem connection-note" role="alert">
      <p>
        <strong>{wording.offlineTitle}</strong>
      </p>
      <p>{wording.offlineText}</p>
    </div>
  )
}
