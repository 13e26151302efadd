// In: scores of two kinds of questions. Out: how well the scores tell them apart. Pure.

/** Probability that a random one of the first has a higher score than a random one of the second; ties count half. 0–1. */
export function areaUnderCurve(higher: readonly number[], lower: readonly number[]): number {
  let won = 0
  for (const a of higher) for (const b of lower) won += a > b ? 1 : a === b ? 0.5 : 0
  return won / (higher.length * lower.length)
}
