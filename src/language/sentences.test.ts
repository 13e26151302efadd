import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sentenceSpans } from './sentences.ts'

const sentences = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end))

describe('sentenceSpans', () => {
  test.each([
    ['the full stop of T.Ư', ['Đại hội Đảng bộ Công an T.Ư lần thứ 7 đã kết thúc.', 'Hội nghị bế mạc.']],
    ['the city TP. Hồ Chí Minh', ['Đoàn đến TP. Hồ Chí Minh dự lễ.', 'Mọi người ra về.']],
    ['our era', ['Họ đến vào khoảng năm 1000 CN.', 'Không ai ở lại.']],
    ['degrees', ['PGS. TS. Trần Bình nói.', 'GS. Nguyễn An nghe.']],
    ['wards and districts', ['Công an P. Bến Nghé, Q. Một lập công.', 'Nhân dân phấn khởi.']],
    ['v.v.', ['Có ma túy, cờ bạc, v.v. Các đơn vị đã bắt giữ.', 'Án đã khởi tố.']],
    ['dates, decimals and percentages', ['Ngày 29-12 có 3.500 vụ.', 'Giảm 5.5% so với 7/12.']],
    ['three dots that end a sentence', ['Giảm tội phạm bền vững...', 'Tăng cường tuần tra.']],
    ['three dots inside a sentence', ['Các vụ trộm, cướp... đều giảm.', 'Dân yên tâm.']],
    ['the closing mark of official texts', ['Chỉ tiêu đã đề ra./.']],
    ['the numbers of a list', ['1. Mục tiêu chung.', '2. Giải pháp cụ thể.']],
    ['curly quotations with full stops inside', ['“Khó lắm! Nhưng phải làm. Không lùi.”', 'Bộ trưởng nhấn mạnh.']],
    ['straight quotations with full stops inside', ['Ông nói: "Khó lắm! Nhưng phải làm. Không lùi."', 'Mọi người vỗ tay.']],
    ['a quotation mark never closed', ['Ông nói "sẽ làm.', 'Câu hai ở đây.', 'Câu ba ở đây.']],
  ])('understands %s', (_, expected) => {
    expect(sentences(expected.join(' '))).toEqual(expected)
  })

  test('reads only within the span given, with offsets in the whole text', () => {
    const text = 'Câu đầu bỏ qua. Câu hai. Câu ba. Câu cuối bỏ qua.'
    const within = { start: text.indexOf('Câu hai'), end: text.indexOf(' Câu cuối') }
    expect(sentenceSpans(text, within).map(({ start, end }) => text.slice(start, end))).toEqual(['Câu hai.', 'Câu ba.'])
  })

  test('finds the same sentences in a text longer than what is read at once', () => {
    const story = ['Hội nghị đã họp tại TP. Hồ Chí Minh.', 'Ông nói: "Khó lắm! Nhưng phải làm."', 'Giảm 5% so với 7/12...']
    const long = Array.from({ length: 300 }, () => story).flat()
    expect(sentences(long.join(' '))).toEqual(long)
  })

  test('finds none where there is only white space', () => {
    expect(sentenceSpans(' \n\n ')).toEqual([])
  })

  test('covers everything but white space, in order, each sentence trimmed', () => {
    const piece = fc.constantFrom(
      'Hội nghị',
      ' đã họp',
      '. ',
      '! ',
      '... ',
      '" ',
      '“',
      '”',
      'TP. ',
      'T.Ư',
      '\n\n',
      ' 5%',
      '; ',
      'đạt',
      '🚓',
      './.',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const { start, end } of sentenceSpans(text)) {
          expect(text.slice(last, start)).toMatch(/^\s*$/)
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(text.slice(last)).toMatch(/^\s*$/)
      }),
    )
  })
})
