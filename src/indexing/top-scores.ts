// In: scored labels in any order. Out: the best few, best first. Keeps no more than it returns.

/** A label and its score. */
export interface ScoredLabel {
  readonly label: number
  readonly score: number
}

/** Collects the `limit` best scores with a binary heap; of equal scores the lower label is better. */
export class TopScores {
  readonly #labels: number[] = []
  readonly #scores: number[] = []

  constructor(private readonly limit: number) {}

  /** Offers one label. */
  add(label: number, score: number): void {
    if (this.#labels.length < this.limit) {
      this.#labels.push(label)
      this.#scores.push(score)
      this.#up(this.#labels.length - 1)
    } else if (this.limit > 0 && this.#worse(this.#scores[0] as number, this.#labels[0] as number, score, label)) {
      this.#labels[0] = label
      this.#scores[0] = score
      this.#down(0)
    }
  }

  /** The best, best first. */
  sorted(): ScoredLabel[] {
    const all = this.#labels.map((label, i) => ({ label, score: this.#scores[i] as number }))
    return all.sort((a, b) => b.score - a.score || a.label - b.label)
  }

  #worse(scoreA: number, labelA: number, scoreB: number, labelB: number): boolean {
    return scoreA < scoreB || (scoreA === scoreB && labelA > labelB)
  }

  #less(a: number, b: number): boolean {
    return this.#worse(this.#scores[a] as number, this.#labels[a] as number, this.#scores[b] as number, this.#labels[b] as number)
  }

  #swap(a: number, b: number): void {
    ;[this.#labels[a], this.#labels[b]] = [this.#labels[b] as number, this.#labels[a] as number]
    ;[this.#scores[a], this.#scores[b]] = [this.#scores[b] as number, this.#scores[a] as number]
  }

  #up(start: number): void {
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#less(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #down(start: number): void {
    let at = start
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let worst = at
      if (left < this.#labels.length && this.#less(left, worst)) worst = left
      if (right < this.#labels.length && this.#less(right, worst)) worst = right
      if (worst === at) return
      this.#swap(at, worst)
      at = worst
    }
  }
}
