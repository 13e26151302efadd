// Why a question is not answered, what comes nearest, and the nearest conferences as buttons that ask again there.
import type { Answer, Conference, Refusal } from '../state/contract.ts'
import { usePage } from '../state/page-state.tsx'
import type { Turn } from '../state/turns.ts'
import { SourceCard } from './source-card.tsx'

/** Most conferences offered. */
const MAX_OFFERED = 3

/** A refusal. */
export function RefusalView({ answer, refusal, turn }: { readonly answer: Answer; readonly refusal: Refusal; readonly turn: Turn }) {
  const page = usePage()
  const { wording } = page
  const isTalk = isTold(refusal)
  const offered = isTalk ? [] : nearestConferences(refusal)
  const title = isTalk ? wording.whatToAsk : wording.refusalTitles[refusal.reason]
  return (
    <section class="refusal" aria-label={title}>
      <h3 class="refusal-title">{title}</h3>
      <p lang={answer.language}>{answer.answer}</p>
      {offered.length === 0 ? null : (
        <>
          <h4>{wording.nearestConferences}</h4>
          <ul class="offers">
            {offered.map(({ id, name }) => (
              <li key={id}>
                <button
                  type="button"
                  class="example"
                  aria-label={wording.askAt(name)}
                  onClick={() => page.ask(answer.standaloneQuestion, { ...turn.filters, conferenceIds: [id] }, 'filters')}
                >
                  <span lang="vi">{name}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {refusal.nearest.length === 0 ? null : (
        <>
          <h4>{refusal.reason === 'false-premise' ? wording.whatIsTrue : wording.nearest}</h4>
          <div class="nearest">
            {refusal.nearest.map((citation) => (
              <SourceCard key={citation.marker} citation={citation} answerId={answer.id} numbered={false} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

/** Whether it only tells what there is, as to a greeting: then nothing comes near, and there is nothing to ask again. */
function isTold({ reason, nearest, searched }: Refusal): boolean {
  return reason === 'out-of-corpus' && nearest.length === 0 && searched.length > 0
}

/** Those of the nearest passages first, then others that were searched. */
function nearestConferences({ nearest, searched }: Refusal): Conference[] {
  const byId = new Map([...nearest.map(({ conference }) => conference), ...searched].map((conference) => [conference.id, conference]))
  return [...byId.values()].slice(0, MAX_OFFERED)
}
