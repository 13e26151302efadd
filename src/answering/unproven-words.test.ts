import { describe, expect, test } from 'vitest'
import type { SourceDocument } from '../corpus/source-document.ts'
import type { Conference } from '../indexing/conferences.ts'
import type { Citation } from './answer.ts'
import { unprovenWords } from './unproven-words.ts'

const conference: Conference = {
  id: 'hn-3',
  name: 'Hội nghị lần thứ 3',
  ordinal: 3,
  date: '2021-12-29',
  from: '2021-12-29',
  to: '2021-12-29',
  documentIds: ['a'],
  isEvent: true,
}
const document = {
  id: 'a',
  metadata: { title: 'Bế mạc hội nghị', publisher: 'Báo Lạc Giang', publishedAt: '2021-12-30', conferenceName: conference.name },
} as unknown as SourceDocument
const citation: Citation = {
  marker: 1,
  conference,
  document,
  quote: 'Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.',
  start: 0,
  end: 42,
  score: 1,
}

describe('words of an answer that nothing proves', () => {
  test.each([
    ['Lê Văn Tám — theo Hội nghị lần thứ 3 (29/12/2021): “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', []],
    ['1.250 — theo Báo Lạc Giang (30/12/2021): “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', []],
    ['1.205 — theo Hội nghị lần thứ 3: “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', ['1.205']],
    ['250 — theo Hội nghị lần thứ 3: “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', ['250']],
    ['Theo ông Nguyễn Văn Bảy: “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', ['Nguyễn Văn Bảy']],
    ['Theo Hội nghị lần thứ 4: “Ông Lê Văn Tám cho biết đã xử lý 1.250 vụ.” [1]', ['4']],
  ])('%s', (text, expected) => {
    expect(unprovenWords(text, [citation])).toEqual(expected)
  })

  test('a conference that is only mentioned proves its own name', () => {
    const other = { ...conference, id: 'hn-9', name: 'Hội nghị lần thứ 9', date: '2024-01-02' }
    const text = 'Trong Hội nghị lần thứ 9 (02/01/2024): không tìm thấy nội dung này.'
    expect(unprovenWords(text, [])).not.toEqual([])
    expect(unprovenWords(text, [], [other])).toEqual([])
  })
})
