import { describe, expect, it } from 'vitest'
import { asksForResult, isAimedAt } from './intentions.ts'

describe('a question asks for what was reached', () => {
  it.each([
    'Thực tế 6 tháng đầu năm số vụ đã giảm được bao nhiêu phần trăm?',
    'Sau một năm, tỷ lệ hộ nghèo đã giảm bao nhiêu?',
    'nam 2021 so vu chay da giam bao nhieu phan tram',
    'Diện tích rừng đã thực sự tăng thêm mấy phần trăm?',
  ])('%s', (question) => expect(asksForResult(question)).toBe(true))

  it.each([
    'Năm 2021 đặt chỉ tiêu giảm bao nhiêu phần trăm?',
    'Hội nghị đã đề ra mục tiêu giảm bao nhiêu phần trăm số vụ?',
    'Công an cần kéo giảm bao nhiêu phần trăm?',
    'Hội nghị có bao nhiêu đại biểu?',
    'nam 2021 dat chi tieu giam bao nhieu phan tram',
  ])('not: %s', (question) => expect(asksForResult(question)).toBe(false))
})

describe('a figure is aimed at', () => {
  const at = (sentence: string, figure: string) => isAimedAt(sentence, { start: sentence.indexOf(figure), end: sentence.length })

  it.each([
    ['Tỉnh phấn đấu giảm ít nhất 5% số vụ.', '5%'],
    ['Bộ trưởng yêu cầu các đơn vị kéo giảm 7% số vụ cháy so với năm trước.', '7%'],
    ['Tinh phan dau giam it nhat 5% so vu.', '5%'],
  ])('%s', (sentence, figure) => expect(at(sentence, figure)).toBe(true))

  it.each([
    ['Số vụ giảm 7,3%, vượt chỉ tiêu đề ra là 5%.', '7,3%'],
    ['Thực hiện mục tiêu đó, các đơn vị đã kéo giảm 7,3% số vụ.', '7,3%'],
    ['Đó là yêu cầu cao. Số vụ giảm 7,3%.', '7,3%'],
  ])('not: %s (%s)', (sentence, figure) => expect(at(sentence, figure)).toBe(false))
})
