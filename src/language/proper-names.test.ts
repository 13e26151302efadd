import { describe, expect, test } from 'vitest'
import { properNames } from './proper-names.ts'
import { holdsQuantity } from './quantities.ts'

describe('properNames', () => {
  test.each([
    ['phát biểu của Đại tướng Tô Lâm tại hội nghị', ['Tô Lâm']],
    ['hỏi về Thượng tướng Trần Quốc Tỏ và Lương Tam Quang', ['Trần Quốc Tỏ', 'Lương Tam Quang']],
    ['tại điểm cầu Bắc Kạn', ['Bắc Kạn']],
    ['Bộ Công an, Đảng ủy Công an Trung ương', []],
    ['hội nghị công an toàn quốc', []],
    ['HỘI NGHỊ CÔNG AN', []],
  ])('%s → %j', (text, names) => {
    expect(properNames(text)).toEqual(names)
  })

  test('does not take the first word of a sentence for part of a name', () => {
    expect(properNames('Chống Covid ra sao?')).toEqual([])
  })
})

describe('holdsQuantity', () => {
  test.each(['giảm ít nhất 5% số vụ', 'bắt giữ 1.250 đối tượng', 'sau ba ngày làm việc', 'Công an 5 thành phố'])('%s does', (sentence) => {
    expect(holdsQuantity(sentence)).toBe(true)
  })

  test.each(['Hội nghị lần thứ 76', 'Ngày 7/12, năm 2020', 'Nghị quyết số 12', 'dịch Covid-19', 'Đại hội XIII'])(
    '%s does not',
    (sentence) => {
      expect(holdsQuantity(sentence)).toBe(false)
    },
  )
})
