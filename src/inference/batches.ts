// In: the token counts of texts. Out: batches of their positions: similar lengths together, few padded tokens each.

/** Limits of one batch; measured: larger batches bring no speed on a CPU and make the runtime's memory grow for good. */
export interface BatchLimits {
  /** Padded tokens of one batch (longest text × texts). Default 1,024. */
  readonly maxTokens: number
  /** Texts of one batch. Default 8. */
  readonly maxTexts: number
}

const DEFAULT_LIMITS: BatchLimits = { maxTokens: 1024, maxTexts: 8 }

/** Positions 0…n−1, every one in exactly one batch, shortest texts first; a text over the budget is a batch alone. */
export function lengthSortedBatches(tokenCounts: readonly number[], limits: BatchLimits = DEFAULT_LIMITS): number[][] {
  const order = tokenCounts.map((_, position) => position).sort((a, b) => (tokenCounts[a] as number) - (tokenCounts[b] as number))
  const batches: number[][] = []
  for (const position of order) {
    const batch = batches.at(-1)
    const longest = tokenCounts[position] as number
    if (batch !== undefined && batch.length < limits.maxTexts && longest * (batch.length + 1) <= limits.maxTokens) batch.push(position)
    else batches.push([position])
  }
  return batches
}
