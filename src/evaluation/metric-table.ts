// In: nothing. Out: every figure an evaluation gives, with what it means. A figure is the mean over the questions it applies to.

/** Figures by name, in the order of the tables. All lie in 0–1 except `abstention` (−1 to 1), and more is better. */
export const METRICS = {
  passed: {
    en: 'questions that pass: right answer with its proof, or due refusal',
    vi: 'câu đạt: trả lời đúng kèm bằng chứng, hoặc từ chối đúng lúc',
  },
  answers: { en: 'answerable questions that pass', vi: 'câu có lời giải được trả lời đạt' },
  refusals: {
    en: 'unanswerable questions that are refused (recall of refusals)',
    vi: 'câu không có lời giải được từ chối (độ phủ từ chối)',
  },
  refusalPrecision: { en: 'refusals that are due', vi: 'lần từ chối là đúng lúc' },
  refusalReason: { en: 'due refusals with the expected reason', vi: 'lần từ chối đúng lúc nêu đúng lý do' },
  coverage: { en: 'answerable questions that are not refused', vi: 'câu có lời giải không bị từ chối' },
  abstention: { en: 'right +1, refused 0, wrong −1; due refusal +1', vi: 'đúng +1, từ chối 0, sai −1; từ chối đúng lúc +1' },
  exactQuotes: { en: 'quotations that are the text at their place', vi: 'trích dẫn đúng nguyên văn tại vị trí đã ghi' },
  containment: { en: 'of what the answer has to hold, the share it holds', vi: 'phần ý bắt buộc mà câu trả lời có' },
  tokenF1: { en: 'words shared by first quotation and evidence', vi: 'từ chung giữa trích dẫn đầu và bằng chứng' },
  documentPrecision: { en: 'cited documents that are right', vi: 'tài liệu được dẫn là đúng' },
  documentRecall: { en: 'right documents that are cited', vi: 'tài liệu đúng được dẫn' },
  conferencePrecision: { en: 'cited conferences that are right', vi: 'hội nghị được dẫn là đúng' },
  conferenceRecall: { en: 'right conferences that are cited', vi: 'hội nghị đúng được dẫn' },
  supportRecall: { en: 'statements supported by what they cite (ALCE)', vi: 'mệnh đề được nguồn dẫn chứng minh (ALCE)' },
  supportPrecision: { en: 'citations that are needed (ALCE)', vi: 'nguồn dẫn là cần thiết (ALCE)' },
  document1: { en: 'a passage of a right document is first', vi: 'đoạn đứng đầu thuộc tài liệu đúng' },
  hit1: { en: 'a proving passage is first', vi: 'đoạn chứng minh đứng đầu' },
  hit5: { en: 'a proving passage is among the first 5', vi: 'đoạn chứng minh nằm trong 5 đoạn đầu' },
  recall5: { en: 'recall@5 of proving passages', vi: 'recall@5 của các đoạn chứng minh' },
  recall10: { en: 'recall@10 of proving passages', vi: 'recall@10 của các đoạn chứng minh' },
  mrr10: { en: 'MRR@10 of proving passages', vi: 'MRR@10 của các đoạn chứng minh' },
  ndcg10: { en: 'nDCG@10 of proving passages', vi: 'nDCG@10 của các đoạn chứng minh' },
  map: { en: 'mean average precision of proving passages', vi: 'độ chính xác trung bình (MAP) của các đoạn chứng minh' },
} as const

/** Name of a figure. */
export type MetricName = keyof typeof METRICS

/** Names in the order of the tables. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[]

/** Values of one question; null where the figure does not apply. */
export type MetricValues = Readonly<Record<MetricName, number | null>>
