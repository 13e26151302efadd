// In: a question. Out: what is to be said when nothing is asked of the documents: a greeting, or a question for what there is.
import { isHeldWithin } from '../indexing/conferences.ts'
import { timeExpressions } from '../language/time-expressions.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import type { RefusalMeasures } from './refusal-features.ts'
import type { Verdict } from './verdict.ts'

/** What is said to the assistant itself is told what there is; of a time it names, what there was then. */
export function talkVerdict(
  { spelling: { text } }: UnderstoodQuestion,
  { index, knowledge }: Pick<RefusalMeasures, 'index' | 'knowledge'>,
): Verdict | undefined {
  const times = timeExpressions(text).filter(({ from }) => from !== undefined)
  const rest = times.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  if (!knowledge.smallTalk.isAll(rest)) return undefined
  if (times.length === 0) return { reason: 'out-of-corpus', isTalk: true }
  const then = index.events.filter((event) => times.some(({ from = '', to = from }) => isHeldWithin(event, from, to)))
  if (then.length > 0) return { reason: 'out-of-corpus', isTalk: true, choices: then }
  return { reason: 'unknown-conference', phrases: times.map(({ start, end }) => text.slice(start, end)) }
}
