// One question and what has come of it: how it was understood, the answer or refusal, its sources beside it, what can be done with it.
import { ProblemNote } from '../parts/problem-note.tsx'
import { usePage } from '../state/page-state.tsx'
import type { Turn } from '../state/turns.ts'
import { AnswerActions } from './answer-actions.tsx'
import { AnswerText } from './answer-text.tsx'
import { PassageList } from './passage-list.tsx'
import { RefusalView } from './refusal-view.tsx'
import { ScopeLine } from './scope-line.tsx'
import { SourceCard } from './source-card.tsx'

/** A turn. */
export function TurnView({ turn }: { readonly turn: Turn }) {
  const page = usePage()
  const { turns, wording } = page
  const { question, state, citations, answer, problem } = turn
  const askAgain = () => {
    turns.drop(turn.key)
    void page.ask(question, turn.filters, turn.scope)
  }
  const busy = state === 'searching' || state === 'warming' || state === 'writing'
  return (
    <article id={`turn-${turn.key}`} class={`turn ${citations.length > 0 ? 'turn-with-sources' : ''}`} aria-busy={busy}>
      <div class="turn-main">
        <h2 class="asked" lang={answer?.language ?? 'vi'}>
          <span class="offscreen">{wording.questionFirst}: </span>
          {question}
        </h2>
        {turn.interpretation === null ? null : <ScopeLine turn={turn} />}
        {busy && turn.text === '' ? <p class="muted waiting">{state === 'warming' ? wording.warmingUp : wording.searching}</p> : null}
        {answer?.refusal ? <RefusalView answer={answer} refusal={answer.refusal} turn={turn} /> : <AnswerText turn={turn} />}
        {answer?.writing?.note ? (
          <p class="muted writing-note" role="note" lang={answer.language}>
            {answer.writing.note}
          </p>
        ) : null}
        {problem === null ? null : <ProblemNote problem={problem} />}
        {state === 'stopped' ? <p class="muted">{wording.stopped}</p> : null}
        {state === 'outdated' ? <p class="muted">{wording.answerOutdated}</p> : null}
        {state === 'failed' || state === 'stopped' || state === 'outdated' ? (
          <button type="button" class="button" onClick={askAgain}>
            {state === 'failed' ? wording.retry : wording.askAgain}
          </button>
        ) : null}
        {answer === null ? null : <AnswerActions answer={answer} />}
        {answer === null || answer.passages.length === 0 ? null : <PassageList passages={answer.passages} answerId={answer.id} />}
      </div>
      {citations.length === 0 ? null : (
        <aside class="sources" aria-label={wording.sources}>
          {citations.map((citation) => (
            <SourceCard key={citation.marker} citation={citation} answerId={answer?.id ?? null} />
          ))}
        </aside>
      )}
    </article>
  )
}
