import { describe, expect, test } from 'vitest'
import { typedTokens } from './typed-tokens.ts'

describe('typedTokens', () => {
  test.each([
    ['29-12', '29/12'],
    ['29/12', 'ngày 29 tháng 12'],
    ['ngày 29 tháng 12', 'Chiều 29-12'],
    ['29/12/2021', 'December 29, 2021'],
    ['6 tháng đầu năm 2021', 'nửa đầu năm 2021'],
    ['quý I năm 2021', 'quí 1/2021'],
    ['Đại hội XIII', 'Đại hội lần thứ 13'],
    ['hội nghị lần thứ 77', 'hoi nghi lan thu bay muoi bay'],
    ['Nghị quyết số 12', 'NQ 12'],
    ['5%', '5 phần trăm'],
    ['5,5 %', '5.5 percent'],
  ])('%s and %s meet', (one, other) => {
    expect(typedTokens(one)).not.toEqual([])
    expect(typedTokens(one)).toEqual(typedTokens(other))
  })

  test('a full date is also found by its day, its month and its year', () => {
    expect(typedTokens('ngày 7/12/2020')).toEqual(['day:2020-12-07', 'md:12-7', 'month:2020-12', 'year:2020'])
  })

  test('7 of a conference is not 7 of a congress, nor 7 of a decision, nor 7 percent', () => {
    const tokens = ['hội nghị lần thứ 7', 'Đại hội lần thứ 7', 'Chỉ thị số 7', '7%'].flatMap(typedTokens)
    expect(tokens).toEqual(['ord:conference:7', 'ord:congress:7', 'doc:chi thi:7', 'pct:7'])
  })

  test('repeats a token as often as the text says it', () => {
    expect(typedTokens('giảm 5%, rồi 5% nữa')).toEqual(['pct:5', 'pct:5'])
  })

  test('a plain sentence has none', () => {
    expect(typedTokens('Bộ trưởng yêu cầu Công an các đơn vị tập trung thực hiện.')).toEqual([])
  })
})
