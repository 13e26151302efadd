// In: candidate questions and somebody who decides. Out: those that are kept, one line each, appended to a gold file as they are
// decided; what was rejected is remembered beside it and not asked again.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type GoldQuestion, goldQuestions } from '../evaluation/gold-question.ts'

/** What is decided about a candidate: kept as it is or changed, rejected, or no more of them. */
export type Decision = { readonly kept: GoldQuestion } | 'rejected' | 'stop'

/** Somebody who decides. */
export type Reviewer = (candidate: GoldQuestion, at: { readonly number: number; readonly of: number }) => Promise<Decision>

/** How a review went. */
export interface ReviewOutcome {
  readonly kept: number
  readonly rejected: number
  readonly left: number
}

/** File beside the gold that holds the ids of rejected candidates. */
export const rejectedPath = (out: string) => `${out.replace(/\.jsonl$/, '')}.rejected.txt`

/** Candidates nobody has decided about yet. @throws ThukyError `usage` when the gold file is damaged */
export function openCandidates(candidates: readonly GoldQuestion[], out: string): GoldQuestion[] {
  const decided = new Set([
    ...(existsSync(out) ? goldQuestions(readFileSync(out, 'utf8'), out).map(({ id }) => id) : []),
    ...(existsSync(rejectedPath(out)) ? readFileSync(rejectedPath(out), 'utf8').split('\n') : []),
  ])
  return candidates.filter(({ id }) => !decided.has(id))
}

/** Asks about each open candidate. */
export async function reviewDrafts(candidates: readonly GoldQuestion[], out: string, reviewer: Reviewer): Promise<ReviewOutcome> {
  const open = openCandidates(candidates, out)
  let [kept, rejected] = [0, 0]
  for (const [i, candidate] of open.entries()) {
    const decision = await reviewer(candidate, { number: i + 1, of: open.length })
    if (decision === 'stop') break
    if (decision === 'rejected') {
      appendFileSync(rejectedPath(out), `${candidate.id}\n`)
      rejected++
    } else {
      appendFileSync(out, `${JSON.stringify(withoutEmpty(decision.kept))}\n`)
      kept++
    }
  }
  return { kept, rejected, left: open.length - kept - rejected }
}

/** A line without what says nothing. */
export function withoutEmpty(gold: GoldQuestion): object {
  return Object.fromEntries(Object.entries(gold).filter(([, value]) => !Array.isArray(value) || value.length > 0))
}
