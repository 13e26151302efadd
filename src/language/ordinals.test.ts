import { describe, expect, test } from 'vitest'
import { decisionNumbers, ordinalMentions } from './ordinals.ts'

const ordinals = (text: string) => ordinalMentions(text).map(({ noun, value }) => `${noun} ${value}`)
const decisions = (text: string) => decisionNumbers(text).map(({ noun, value }) => `${noun} ${value}`)

describe('ordinalMentions', () => {
  test.each([
    ['Hội nghị Công an toàn quốc lần thứ 77', ['conference 77']],
    ['Hội nghị Công an toàn quốc lần thứ bảy mươi sáu', ['conference 76']],
    ['Hội nghị lần thứ LXXVII', ['conference 77']],
    ['HỘI NGHỊ LẦN THỨ BẢY MƯƠI BẢY', ['conference 77']],
    ['hoi nghi cong an toan quoc lan thu 77', ['conference 77']],
    ['hoi nghi lan thu bay muoi bay', ['conference 77']],
    ['hội nghi lan 76', ['conference 76']],
    ['HN 77', ['conference 77']],
    ['hội nghị 76 năm 2020', ['conference 76']],
    ['the 76th National Public Security Conference', ['conference 76']],
    ['Đại hội đại biểu toàn quốc lần thứ XIII của Đảng', ['congress 13']],
    ['Nghị quyết Đại hội khóa 13', ['congress 13']],
    ['nửa đầu nhiệm kỳ Đại hội 13 của Đảng', ['congress 13']],
    ['dai hoi xiii', ['congress 13']],
    ['the 13th Party Congress', ['congress 13']],
    ['Nghị quyết Đại hội Đảng bộ Công an T.Ư lần thứ 7', ['congress 7']],
    ['Đại hội đại biểu Đảng bộ Công an Trung ương lần thứ VII', ['congress 7']],
    ['bầu cử đại biểu Quốc hội khóa XV', ['legislature 15']],
    ['khóa XV của Quốc hội', ['legislature 15']],
    ['15th National Assembly', ['legislature 15']],
    ['kỳ họp thứ năm, Quốc hội khóa XV', ['conference 5', 'legislature 15']],
    ['Hội nghị lần thứ 3, khóa 13', ['conference 3', 'congress 13']],
    ['kỷ niệm lần thứ ba', ['event 3']],
  ])('reads "%s"', (text, expected) => {
    expect(ordinals(text)).toEqual(expected)
  })

  test.each([
    'chiều thứ 7',
    'sáng thứ hai, Thứ trưởng dự hội nghị',
    'hội nghị trực tuyến thực hiện nghị quyết',
    'hội nghị sơ kết 6 tháng đầu năm 2021',
    'hội nghị 6 tháng đầu năm 2021',
    'hội nghị 2 năm thực hiện Chỉ thị',
    'hội nghị năm 2020',
    'hội nghị vi phạm quy định',
    'hội nghị lần sau',
    'hội nghị lần đầu tiên',
    'khoa vi sinh của bệnh viện',
    'hội nghị ngày 7/12',
    '7th December',
  ])('finds no ordinal in "%s"', (text) => {
    expect(ordinals(text)).toEqual([])
  })

  test('tells the numbers of one sentence apart by their nouns', () => {
    const text = 'Hội nghị lần thứ 76 diễn ra trước Đại hội XIII của Đảng và bầu cử Quốc hội khóa XV.'
    expect(ordinals(text)).toEqual(['conference 76', 'congress 13', 'legislature 15'])
  })

  test('says where an ordinal stands', () => {
    const text = 'Khai mạc Hội nghị lần thứ 76.'
    expect(ordinalMentions(text).map(({ start, end }) => text.slice(start, end))).toEqual(['lần thứ 76'])
  })
})

describe('decisionNumbers', () => {
  test.each([
    ['Nghị quyết số 12 của Đảng ủy', ['nghi quyet 12']],
    ['NQ 12 va CT 11', ['nghi quyet 12', 'chi thi 11']],
    ['Chỉ thị số 11 của Bộ trưởng', ['chi thi 11']],
    ['Đề án 06 của Chính phủ', ['de an 6']],
    ['Nghị quyết 12-NQ/TW', ['nghi quyet 12']],
    ['Resolution No. 12 and Directive 11', ['nghi quyet 12', 'chi thi 11']],
    ['Project 06', ['de an 6']],
  ])('reads "%s"', (text, expected) => {
    expect(decisions(text)).toEqual(expected)
  })

  test.each(['nghị quyết năm 2021', 'kế hoạch 2021', 'kế hoạch 5 năm', 'kết luận 5 vấn đề', 'nghị quyết giảm 5%', 'chương trình 5.000 tỷ'])(
    'finds no decision in "%s"',
    (text) => {
      expect(decisions(text)).toEqual([])
    },
  )
})
