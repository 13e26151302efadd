// In: rows of numbers by label, as they are read. Out: those read last, in one block that never grows; the oldest give way.

/** Rows kept by label. */
export class RecentRows {
  /** Row-major. */
  readonly values: Float32Array
  readonly #places = new Map<number, number>()
  readonly #labels: Float64Array
  #next = 0

  /** @param limit rows kept */
  constructor(
    private readonly limit: number,
    private readonly dimension: number,
  ) {
    this.values = new Float32Array(limit * dimension)
    this.#labels = new Float64Array(limit).fill(-1)
  }

  /** Where the row of a label begins in `values`; −1 when it is not kept. */
  find(label: number): number {
    return this.#places.get(label) ?? -1
  }

  /** Keeps the row that begins at a place of some values. */
  keep(label: number, from: Float32Array, at: number): void {
    if (this.#places.has(label)) return
    const slot = this.#next
    this.#next = (slot + 1) % this.limit
    this.#places.delete(this.#labels[slot] as number)
    this.#labels[slot] = label
    const place = slot * this.dimension
    this.values.set(from.subarray(at, at + this.dimension), place)
    this.#places.set(label, place)
  }
}
