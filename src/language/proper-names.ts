// In: a text with capitals. Out: names of people and places in it: capitalised syllables in a row that are no office, rank or body.
import type { Span } from './spans.ts'

/** Syllables of offices, ranks, bodies and sentence openings that are written with a capital but name nobody. */
const NOT_NAMES = new Set(
  `bộ thứ trưởng phó giám đốc công an đảng ủy uỷ viên chính trị trung ương đại tướng thượng thiếu tá úy hội nghị quyết chỉ thị đề án quốc ban bí thư
  tổng chủ tịch nhà nước nhân dân mặt trận tổ việt nam tỉnh thành huyện xã phường lần khóa theo trong sau trước khi vì sao tại ai ông bà đồng chí hỏi sơ
  kết lực luật tòa toà viện toàn cảnh sát thủ phủ đội đoàn sở cục vụ phòng trưởng quân khu ngày tháng năm từ cho hãy xin system`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

const SEQUENCE = /\p{Lu}\p{Ll}+(?:[ \u00A0]\p{Lu}\p{Ll}+)+/gu

/** A name at its place. */
export interface NameSpan extends Span {
  readonly name: string
}

/**
 * Runs of two to four capitalised syllables after leading offices and ranks are taken off; of a run that opens the text the
 * first syllable is left out too, for it would be written with a capital anyway. Empty for text in capitals or without any.
 */
export function properNameSpans(text: string): NameSpan[] {
  const names: NameSpan[] = []
  for (const { 0: sequence, index } of text.matchAll(SEQUENCE)) {
    const words = sequence.split(/[ \u00A0]/)
    const all = words.length
    while (words.length > 0 && NOT_NAMES.has((words[0] as string).toLowerCase())) words.shift()
    if (index === 0 && words.length === all) words.shift()
    const end = index + sequence.length
    if (words.length >= 2 && words.length <= 4) names.push({ name: words.join(' '), start: end - words.join(' ').length, end })
  }
  return names
}

/** The names of `properNameSpans`, in order. */
export function properNames(text: string): string[] {
  return properNameSpans(text).map(({ name }) => name)
}
