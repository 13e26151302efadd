// In: the labels of rows. Out: the row of a label. Labels mostly stand in order, and then nothing is kept beside them.

/** Finds rows by label. */
export class LabelRows {
  readonly #rows: ReadonlyMap<number, number> | undefined

  constructor(readonly labels: Uint32Array) {
    const inOrder = labels.every((label, row) => row === 0 || label > (labels[row - 1] as number))
    this.#rows = inOrder ? undefined : new Map(Array.from(labels, (label, row) => [label, row]))
  }

  /** The rows of those labels that have one, in the order given. */
  rowsOf(labels: Iterable<number>): number[] {
    const rows: number[] = []
    for (const label of labels) {
      const row = this.rowOf(label)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  /** The row of a label; undefined when there is none. */
  rowOf(label: number): number | undefined {
    if (this.#rows !== undefined) return this.#rows.get(label)
    let [low, high] = [0, this.labels.length - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.labels[middle] as number
      if (found === label) return middle
      if (found < label) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }
}
