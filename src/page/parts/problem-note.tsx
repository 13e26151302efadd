// In: a failure. Out: what happened and what can be done, in words; the server's own words and the request id to look up.
import type { ComponentChildren } from 'preact'
import { usePage } from '../state/page-state.tsx'
import type { ServerProblem } from '../state/server-problem.ts'

/** A failure in words; controls to mend it go inside. */
export function ProblemNote({ problem, children }: { readonly problem: ServerProblem; readonly children?: ComponentChildren }) {
  const { wording } = usePage()
  return (
    <div class="problem" role="alert">
      <p>{wording.problems[problem.kind]}</p>
      {problem.detail === '' ? null : (
        <p class="problem-detail" lang="en">
          {wording.problemDetail(problem.detail)}
        </p>
      )}
      {problem.kind === 'unexpected' && problem.requestId !== null ? (
        <p class="problem-detail">{wording.requestId(problem.requestId)}</p>
      ) : null}
      {children}
    </div>
  )
}
