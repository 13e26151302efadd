// In: which results of a ranked list are relevant. Out: the usual figures of retrieval. Pure arithmetic, no input or output.
import { mean } from 'simple-statistics'

/** Share of questions whose first relevant result stands at rank `k` or better; `ranks` are 1-based, undefined when not found. */
export function recallAt(ranks: readonly (number | undefined)[], k: number): number {
  return averageOf(ranks.map((rank) => (rank !== undefined && rank <= k ? 1 : 0)))
}

/** Mean reciprocal rank of the first relevant result among the first `k`. */
export function meanReciprocalRank(ranks: readonly (number | undefined)[], k: number): number {
  return averageOf(ranks.map((rank) => (rank !== undefined && rank <= k ? 1 / rank : 0)))
}

/** One question's ranked results. */
export interface JudgedRanking {
  /** 1-based ranks of the relevant results that were found, ascending. */
  readonly ranks: readonly number[]
  /** How many relevant results there are, found or not; at least the number found. */
  readonly relevant: number
}

/** Share of the relevant results among the first `k`: recall@k, 0–1; 0 when nothing is relevant. */
export function recall({ ranks, relevant }: JudgedRanking, k: number): number {
  return relevant === 0 ? 0 : ranks.filter((rank) => rank <= k).length / relevant
}

/** 1 when a relevant result is among the first `k`, else 0. */
export function hit({ ranks }: JudgedRanking, k: number): number {
  return (ranks[0] ?? Number.POSITIVE_INFINITY) <= k ? 1 : 0
}

/** 1 / rank of the first relevant result, 0 beyond `k`. */
export function reciprocalRank({ ranks: [first] }: JudgedRanking, k: number): number {
  return first !== undefined && first <= k ? 1 / first : 0
}

/** Normalised discounted cumulative gain of the first `k` with gain 0 or 1 (Järvelin and Kekäläinen 2002), 0–1. */
export function ndcg({ ranks, relevant }: JudgedRanking, k: number): number {
  const discount = (rank: number) => 1 / Math.log2(rank + 1)
  const gain = ranks.filter((rank) => rank <= k).reduce((sum, rank) => sum + discount(rank), 0)
  let ideal = 0
  for (let rank = 1; rank <= Math.min(k, relevant); rank++) ideal += discount(rank)
  return ideal === 0 ? 0 : gain / ideal
}

/** Average precision: mean over all relevant results of the precision at their rank, 0 for those not found. Its mean is MAP. */
export function averagePrecision({ ranks, relevant }: JudgedRanking): number {
  return relevant === 0 ? 0 : ranks.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / relevant
}

/** Mean; 0 of nothing. */
export function averageOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean([...values])
}
