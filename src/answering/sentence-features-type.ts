// In: a sentence. Out: whether it holds the kind of thing a question asks for. Must not look at what else the question says.
import type { AnswerType } from '../language/answer-type.ts'
import { foldAligned } from '../language/folding.ts'
import { decisionNumbers, ordinalMentions } from '../language/ordinals.ts'
import { properNames } from '../language/proper-names.ts'
import { holdsQuantity } from '../language/quantities.ts'
import { timeExpressions } from '../language/time-expressions.ts'

/** Times that need no closer look; years before 1900 and centuries among them. */
const PLAIN_TIME =
  /(?<!\p{L})(?:năm|tháng|ngày|mùng|thập niên|thập kỷ|thế kỷ|thế kỉ)\s+(?:thứ\s+)?(?:\d|[IVX]+(?!\p{L}))|(?<![\d.,])(?:1\d{3}|20\d{2})(?![\d.,]*\d)/iu
const SPAN_OF_TIME = /(?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)\s+(?:ngay|thang|nam|tuan|gio|phut|thap ky|the ky|buoi)/u
const PLACE = /(?:tại|ở|Tại|Ở|điểm cầu|tỉnh|thành phố|TP\.?|huyện|quận|xã|phường)\s+(?:\p{L}+\s+){0,3}\p{Lu}/u
const OFFICE =
  /(?<![\p{L}\p{N}])(?:bo truong|thu truong|uy vien|bi thu|chu tich|giam doc|tong thong|thu tuong|tong bi thu|cuc truong|vu truong|truong (?:ban|phong|doan)|vien truong|chanh an|tu lenh|chi huy truong|hieu truong|(?:dai|thuong|trung|thieu) (?:tuong|ta|uy)|trung si|thuong si|giao su|tien si|dai su|thong doc|bo chinh tri|pho (?:bi thu|chu tich|giam doc|thu tuong|truong))(?![\p{L}\p{N}])/u
const CAUSE = /(?<!\p{L})(?:do|vì|bởi|nhằm|để|nhờ|nguyên nhân|khiến|lý do|lí do|nên)(?!\p{L})/iu

/** Whether a sentence holds something of the kind asked for. Kinds that any sentence may serve count as held. */
export function holdsType(sentence: string, type: AnswerType): boolean {
  switch (type) {
    case 'date':
      return PLAIN_TIME.test(sentence) || (/\d/.test(sentence) && timeExpressions(sentence).length > 0)
    case 'number':
      return holdsQuantity(sentence)
    case 'duration':
      return SPAN_OF_TIME.test(foldAligned(sentence))
    case 'ordinal':
      return (
        ordinalMentions(sentence).length + decisionNumbers(sentence).length > 0 ||
        timeExpressions(sentence).some(({ kind }) => kind === 'term')
      )
    case 'office':
      return OFFICE.test(foldAligned(sentence))
    case 'person':
      return properNames(sentence).length > 0
    case 'place':
      return PLACE.test(sentence)
    case 'definition':
      return false
    case 'quote':
      return /["“”]/.test(sentence)
    case 'reason':
      return CAUSE.test(sentence)
    default:
      return true
  }
}
