// In: a claim and the quotation it cites. Out: whether every rank and office the claim gives stands in the quotation, and stands
// there by the person it is given to.
import { isSameName } from '../language/speakers.ts'
import type { Titles } from '../language/titles.ts'

/** Whether all ranks and offices of a claim are proven. */
export function hasProvenTitles(claim: string, quote: string, titles: Titles): boolean {
  const known = new Set(titles.in(quote).map(({ key }) => key))
  if (!titles.in(claim).every(({ key }) => known.has(key))) return false
  const here = titles.byPerson(quote)
  return [...titles.byPerson(claim, true)].every(([name, given]) => {
    const own = [...here].find(([other]) => isSameName(other, name))?.[1]
    return own === undefined || [...given].every((key) => own.has(key))
  })
}
