// In: nothing. Out: every figure an evaluation gives, with what it means. A figure is the mean over the questions it applies to.

/** Figures by name, in the order of the tables. All lie in 0–1 except `abstention` (−1 to 1), and more is better. */
export const METRICS = {
  passed: 'questions that pass: right answer with its proof, or due refusal',
  answers: 'answerable questions that pass',
  refusals: 'unanswerable questions that are refused (recall of refusals)',
  refusalPrecision: 'refusals that are due',
  refusalReason: 'due refusals with the expected reason',
  coverage: 'answerable questions that are not refused',
  abstention: 'right +1, refused 0, wrong −1; due refusal +1',
  exactQuotes: 'quotations that are the text at their place',
  containment: 'of what the answer has to hold, the share it holds',
  tokenF1: 'words shared by first quotation and evidence',
  documentPrecision: 'cited documents that are right',
  documentRecall: 'right documents that are cited',
  conferencePrecision: 'cited conferences that are right',
  conferenceRecall: 'right conferences that are cited',
  supportRecall: 'statements supported by what they cite (ALCE)',
  supportPrecision: 'citations that are needed (ALCE)',
  hit1: 'a proving passage is first',
  hit5: 'a proving passage is among the first 5',
  recall5: 'recall@5 of proving passages',
  recall10: 'recall@10 of proving passages',
  mrr10: 'MRR@10 of proving passages',
  ndcg10: 'nDCG@10 of proving passages',
  map: 'mean average precision of proving passages',
} as const

/** Name of a figure. */
export type MetricName = keyof typeof METRICS

/** Names in the order of the tables. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[]

/** Values of one question; null where the figure does not apply. */
export type MetricValues = Readonly<Record<MetricName, number | null>>
