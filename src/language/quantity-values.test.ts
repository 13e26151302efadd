import { describe, expect, test } from 'vitest'
import { askedUnit, comparedFigures, mayCount, quantities } from './quantity-values.ts'

const read = (text: string) => quantities(text).map(({ value, unit }) => `${value} ${unit}`.trim())

describe('quantities of a text', () => {
  test.each([
    ['Dự hội nghị có 250 đại biểu', ['250 dai']],
    ['Hai trăm năm mươi đại biểu về dự', ['250 dai']],
    ['xử lý 1.250 trường hợp', ['1250 truong']],
    ['hỗ trợ 1,2 tỷ đồng', ['1200000000 dong']],
    ['đạt 1.200 triệu đồng', ['1200000000 dong']],
    ['giảm 94,5%', ['94.5 %']],
    ['giảm 5 phần trăm', ['5 %']],
    ['giảm một nửa', ['50 %']],
    ['một phần tư số cơ sở', ['25 %']],
    ['sau chín tháng thi công', ['9 thang']],
    ['mười hai nghìn hộ dân', ['12000 ho']],
    ['Công an 5 thành phố', ['5 thanh']],
    ['sau hai năm thực hiện', ['2 nam']],
    ['hai mươi năm qua', ['20 nam']],
    ['hai mươi lăm vụ', ['25 vu']],
    ['hai nghìn không trăm linh năm người', ['2005 nguoi']],
  ])('%s → %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each(['Ngày 29/12/2021 họp', 'Nghị quyết số 12', 'Đại hội lần thứ XIII', 'phòng, chống dịch Covid-19', 'năm 2023'])(
    'there is none in “%s”',
    (text) => {
      expect(read(text)).toEqual([])
    },
  )
})

describe('what may be counted', () => {
  test.each([
    ['Chi bao nhiêu tiền?', 'Chi phí là 61,1 tỷ USD.', true],
    ['Chi bao nhiêu tiền?', 'Chi phí là $61,1 tỷ.', true],
    ['Chi bao nhiêu tỷ đồng?', 'Chi phí là $61,1 tỷ.', false],
    ['Chi bao nhiêu tiền?', 'Việc này mất 61 ngày.', false],
  ])('%s %s %s', (question, text, expected) => {
    expect(mayCount(question, text)).toBe(expected)
  })
})

describe('figures of two reports', () => {
  test.each([
    ['xử lý 1.250 trường hợp', '1.205 trường hợp bị xử lý', 'different'],
    ['có 250 đại biểu', 'Hai trăm năm mươi đại biểu', 'same'],
    ['giảm 50% so với cùng kỳ', 'giảm một nửa', 'same'],
    ['4,8 tỷ đồng', '4,6 tỷ đồng', 'different'],
    ['có 27 phương tiện', 'trong 3 giờ', 'unrelated'],
  ])('“%s” and “%s”: %s', (one, other, expected) => {
    expect(comparedFigures(one, other)).toBe(expected)
  })

  test('the unit asked for decides', () => {
    const [one, other] = ['trong 6 tháng xử lý 1.250 trường hợp', '6 tháng có 1.205 trường hợp bị xử lý']
    expect(comparedFigures(one, other)).toBe('same')
    expect(comparedFigures(one, other, 'xử lý bao nhiêu trường hợp?')).toBe('different')
  })

  test('figures of the question do not count', () => {
    expect(comparedFigures('sau 6 tháng xử lý 20 vụ', '6 tháng qua xử lý 30 vụ', '6 tháng xử lý bao nhiêu vụ')).toBe('different')
  })
})

describe('the unit asked for', () => {
  test.each([
    ['Có bao nhiêu đại biểu dự?', 'dai'],
    ['Xây trụ sở hết bao nhiêu tiền?', 'dong'],
    ['Kinh phí làm nhà là bao nhiêu?', 'dong'],
    ['Tỷ lệ kích hoạt tài khoản đạt bao nhiêu?', '%'],
    ['giảm bao nhiêu phần trăm', '%'],
    ['Ai chủ trì hội nghị?', undefined],
  ])('%s → %s', (question, expected) => {
    expect(askedUnit(question)).toBe(expected)
  })
})

test.each([
  ['Có bao nhiêu điểm cầu?', 'Hội nghị sơ kết 2 năm thực hiện Nghị quyết số 12.', false],
  ['Có bao nhiêu điểm cầu?', 'Hội nghị nối với 63 điểm cầu.', true],
  ['Có bao nhiêu người dự?', 'Hội nghị có 250 đại biểu.', true],
  ['Tỷ lệ giảm bao nhiêu phần trăm?', 'Có 3 vụ trong 6 tháng.', false],
  ['Sau 2 năm có bao nhiêu xã đạt?', 'Sau 2 năm, nhiều xã đạt.', false],
])('%s may be answered by "%s": %s', (question, sentence, expected) => {
  expect(mayCount(question, sentence)).toBe(expected)
})
