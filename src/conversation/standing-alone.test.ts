import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standaloneQuestion } from './standalone-question.ts'

describe('a question that stands alone is returned unit for unit', () => {
  const ALONE = [
    'Vậy hội nghị 77 bế mạc ngày nào?',
    'hoi nghi 77 ket thuc khi nao',
    'Bộ trưởng nói gì tại hội nghị sơ kết 6 tháng đầu năm 2023?',
    'Who chaired the 76th conference?',
    'Năm 2024 ai là Bộ trưởng Bộ Công an?',
    'Nghị quyết số 12 nói về việc gì?',
    'Ông Trần Quốc Tỏ giữ chức vụ gì?',
    'Trích câu về mục tiêu CAND đến năm 2030 của lực lượng',
    'Hệ thống dữ liệu dân cư kết nối với những đơn vị nào',
    'Tình hình an ninh chính trị năm 2020 diễn biến sao?',
    'nam 2021 phai keo giam toi pham it nhat bao nhieu',
    'Which term does the 7th congress of the Central Police Party organisation cover?',
    'Cách nấu phở bò cho 4 người?',
    'Giá vàng hôm nay bao nhiêu một lượng?',
    'Hội nghị 77 tổ chức ở đâu và ai phát biểu ở đó?',
    'Hội nghị 77 do ai chủ trì, ông ấy nói gì khi hội nghị đó kết thúc?',
  ]
  const EARLIER = ['Hội nghị Công an toàn quốc lần thứ 76 diễn ra khi nào?', 'Năm 2021 có gì mới?', 'xin chào']

  test.each(ALONE)('%s', (question) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EARLIER), { maxLength: 4 }), (turns) => {
        expect(standaloneQuestion(question, turns)).toEqual({ text: question, carried: [], described: [] })
      }),
      { numRuns: 20 },
    )
  })

  test('with nothing asked before, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (question) => standaloneQuestion(question, []).text === question))
  })

  test('when what was asked before says nothing', () => {
    expect(standaloneQuestion('Ai chủ trì?', ['xin chào']).text).toBe('Ai chủ trì?')
  })
})
