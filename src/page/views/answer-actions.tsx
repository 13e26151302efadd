// What can be done with an answer: copy it with its sources, copy a link to it, say whether it is right.
import { useState } from 'preact/hooks'
import { CopyButton } from '../parts/copy-button.tsx'
import type { Answer, Verdict } from '../state/contract.ts'
import { hrefOf } from '../state/navigation.ts'
import { usePage } from '../state/page-state.tsx'
import { ServerProblem } from '../state/server-problem.ts'
import { answerWithSources } from '../text/citation-text.ts'

/** The line below an answer. */
export function AnswerActions({ answer }: { readonly answer: Answer }) {
  const { library, language, wording } = usePage()
  const { id, conversationId } = answer
  return (
    <div class="answer-actions">
      <CopyButton label={wording.copyAnswer} text={() => answerWithSources(answer, { wording, language })} />
      {conversationId === null ? null : (
        <CopyButton
          icon="link"
          label={wording.linkToAnswer}
          text={() => new URL(hrefOf({ conversationId, answerId: id }), location.href).href}
        />
      )}
      {library.writable.value ? <Feedback answer={answer} /> : null}
    </div>
  )
}

function Feedback({ answer: { id, answerable } }: { readonly answer: Answer }) {
  const { server, announcer, wording } = usePage()
  const [given, setGiven] = useState<Verdict | null>(null)
  const verdicts: Verdict[] = answerable ? ['right', 'wrong-answer', 'wrong-citation'] : ['right', 'should-answer']
  const judge = async (verdict: Verdict) => {
    const before = given
    setGiven(verdict)
    try {
      await server.judge(id, verdict)
      announcer.say(wording.thanks)
    } catch (error) {
      setGiven(before)
      announcer.say(wording.problems[error instanceof ServerProblem ? error.kind : 'unexpected'])
    }
  }
  return (
    <fieldset class="feedback">
      <legend class="offscreen">{wording.feedback}</legend>
      {verdicts.map((verdict) => (
        <button key={verdict} type="button" class="verdict" aria-pressed={given === verdict} onClick={() => judge(verdict)}>
          {wording.verdicts[verdict]}
        </button>
      ))}
    </fieldset>
  )
}
