// In: the conferences of the corpus. Out: a few questions about some of them, as people would ask. Pure.
import type { Conference } from '../state/contract.ts'
import type { Wording } from '../wording/vietnamese.ts'

/** At most four questions, each about another conference, those with most documents first. */
export function exampleQuestions(conferences: readonly Conference[], wording: Wording): string[] {
  const kinds = [wording.exampleWhen, wording.exampleWhat, wording.exampleWho, wording.exampleWhen]
  const known = [...conferences].sort((a, b) => b.documents - a.documents || Number(b.ordinal !== null) - Number(a.ordinal !== null))
  return known.slice(0, kinds.length).flatMap(({ name }, i) => kinds[i]?.(name) ?? [])
}
