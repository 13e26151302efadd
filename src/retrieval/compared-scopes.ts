// In: what a question names: conferences and years. Out: the sides it sets beside each other, each a set of conferences. A
// question that names one thing, or several that agree, compares nothing.
import { type Conference, isHeldWithin } from '../indexing/conferences.ts'
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import type { TimeExpression } from '../language/time-expressions.ts'

/** Conferences that a phrase of the question stands for. */
export interface NamedSide {
  readonly conferenceIds: ReadonlySet<string>
}

/** What sides are found in. */
export interface ComparedYears {
  readonly question: string
  readonly answerType: AnswerType
  /** Bare years of the question. */
  readonly years: readonly TimeExpression[]
  readonly conferences: readonly Conference[]
}

/** The sides, each at least one conference, or none when fewer than two. Sides that overlap are one phrase said twice. */
export function comparedSides(named: readonly NamedSide[], years: ComparedYears): ReadonlySet<string>[] {
  const sides = named.map(({ conferenceIds }) => conferenceIds).filter(({ size }) => size > 0)
  const all = [...sides, ...yearSides(sides, years)]
  const apart = all.filter((side, i) => !all.slice(0, i).some((earlier) => [...side].some((id) => earlier.has(id))))
  const agree = all.length > 1 && [...(all[0] as ReadonlySet<string>)].some((id) => all.every((side) => side.has(id)))
  return apart.length > 1 && !agree ? apart : []
}

const CONTRAST = /(?<![\p{L}\p{N}])(?:con|so voi|voi|va|hay|hoac|khac|versus|vs|and|with|than|to)(?:\s+(?:nam|o|in|hoi nghi|the))*\s*$/u
const COMPARING: ReadonlySet<AnswerType> = new Set(['comparison', 'yes-no'])

/** Years whose conferences are set beside something: two years compared, or one set against a conference named otherwise. */
function yearSides(named: readonly ReadonlySet<string>[], { question, answerType, years, conferences }: ComparedYears) {
  const folded = foldAligned(question)
  const contrasted = years.filter(({ start }) => CONTRAST.test(folded.slice(0, start)))
  const wanted = named.length === 1 ? contrasted : years.length > 1 && (COMPARING.has(answerType) || contrasted.length > 0) ? years : []
  return wanted
    .map(({ from = '', to = '' }) => heldIn(from, to, conferences))
    .filter((side) => side.size > 0 && !named.some((other) => [...side].some((id) => other.has(id))))
}

function heldIn(from: string, to: string, conferences: readonly Conference[]): ReadonlySet<string> {
  const held = conferences.filter((conference) => isHeldWithin(conference, from, to))
  return new Set(held.map(({ id }) => id))
}
