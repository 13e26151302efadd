import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText } from './canonical.ts'
import { timeExpressions } from './time-expressions.ts'

/** "day 2021-12-29", "month-day 12-29", "half 2021-01-01..2021-06-30", with the role where it is not the event itself. */
function written(text: string): string[] {
  return timeExpressions(text).map(({ kind, from, to, month, day, role }) => {
    const when = kind === 'month-day' ? `${month}-${day}` : from === to ? from : `${from}..${to}`
    return `${kind} ${when}${role === 'event' ? '' : ` ${role}`}`
  })
}

const YEAR_2020 = '2020-01-01..2020-12-31'

describe('timeExpressions', () => {
  test.each([
    ['ngày 29 tháng 12 năm 2021', ['day 2021-12-29']],
    ['ngày 29/12/2021', ['day 2021-12-29']],
    ['29-12-2021', ['day 2021-12-29']],
    ['29.12.2021', ['day 2021-12-29']],
    ['2021-12-29', ['day 2021-12-29']],
    ['ngay 26 thang 6 nam 2023', ['day 2023-06-26']],
    ['ngày 26 tháng 6, 2023', ['day 2023-06-26']],
    ['mùng 2 tháng 9 năm 2023', ['day 2023-09-02']],
    ['29 December 2021', ['day 2021-12-29']],
    ['December 29, 2021', ['day 2021-12-29']],
    ['the 29th of December 2021', ['day 2021-12-29']],
    ['Sept 2, 2023', ['day 2023-09-02']],
    ['từ ngày 27 đến 29/12/2021', ['day 2021-12-29']],
    ['ngày 27-29/12/2021', ['day 2021-12-27..2021-12-29']],
    ['24/06/2021 07:36', ['day 2021-06-24']],
    ['Chiều 29-12', ['month-day 12-29']],
    ['29-12', ['month-day 12-29']],
    ['29/12', ['month-day 12-29']],
    ['ngày 29 tháng 12', ['month-day 12-29']],
    ['ngày 29 tháng chạp', ['month-day 12-29']],
    ['chieu 29-12', ['month-day 12-29']],
    ['Ngày 7/12', ['month-day 12-7']],
    ['sáng 24.6', ['month-day 6-24']],
    ['7 December', ['month-day 12-7']],
    ['December 7', ['month-day 12-7']],
    ['tháng 12 năm 2021', ['month 2021-12-01..2021-12-31']],
    ['tháng 12-2021', ['month 2021-12-01..2021-12-31']],
    ['tháng 12/2021', ['month 2021-12-01..2021-12-31']],
    ['T12/2021', ['month 2021-12-01..2021-12-31']],
    ['tháng mười hai năm 2021', ['month 2021-12-01..2021-12-31']],
    ['thang tu nam 2020', ['month 2020-04-01..2020-04-30']],
    ['tháng Giêng năm 2022', ['month 2022-01-01..2022-01-31']],
    ['tháng 10, 2024', ['month 2024-10-01..2024-10-31']],
    ['2024-10', ['month 2024-10-01..2024-10-31']],
    ['October 2024', ['month 2024-10-01..2024-10-31']],
    ['tháng 2/2024', ['month 2024-02-01..2024-02-29']],
    ['6 tháng đầu năm 2021', ['half 2021-01-01..2021-06-30']],
    ['sáu tháng cuối năm 2021', ['half 2021-07-01..2021-12-31']],
    ['6T đầu năm 2023', ['half 2023-01-01..2023-06-30']],
    ['nua dau nam 2021', ['half 2021-01-01..2021-06-30']],
    ['the first six months of 2021', ['half 2021-01-01..2021-06-30']],
    ['second half of 2023', ['half 2023-07-01..2023-12-31']],
    ['quý I năm 2021', ['quarter 2021-01-01..2021-03-31']],
    ['quí I/2021', ['quarter 2021-01-01..2021-03-31']],
    ['quy iv nam 2022', ['quarter 2022-10-01..2022-12-31']],
    ['fourth quarter of 2022', ['quarter 2022-10-01..2022-12-31']],
    ['giữa năm 2021', ['season 2021-05-01..2021-08-31']],
    ['nhiệm kỳ 2021 – 2026', ['term 2021-01-01..2026-12-31']],
    ['giai đoạn 2020-2025', ['term 2020-01-01..2025-12-31']],
    ['năm 2020', [`year ${YEAR_2020}`]],
    ['in 2020', [`year ${YEAR_2020}`]],
    ['từ năm 2020 đến năm 2021', [`year ${YEAR_2020}`, 'year 2021-01-01..2021-12-31']],
  ])('reads "%s"', (text, expected) => {
    expect(written(text)).toEqual(expected)
  })

  test.each([
    ['so với năm 2020', 'baseline'],
    ['so với cùng kỳ năm 2020', 'baseline'],
    ['so voi 2020', 'baseline'],
    ['compared with 2020', 'baseline'],
    ['đến năm 2020', 'horizon'],
    ['tầm nhìn đến năm 2020', 'horizon'],
    ['đến hết năm 2020', 'horizon'],
    ['by 2020', 'horizon'],
    ['nhiệm vụ công tác năm 2020', 'plan'],
    ['phương hướng năm 2020', 'plan'],
    ['tasks for 2020', 'plan'],
    ['tổng kết năm 2020', 'event'],
  ])('reads the year of "%s" as %s', (text, role) => {
    expect(timeExpressions(text).map((time) => [time.from, time.role])).toEqual([['2020-01-01', role]])
  })

  test.each([
    '31/2/2021',
    'ngày 30 tháng 2',
    'tháng 13/2021',
    '2-3 vụ',
    '5-10 đối tượng',
    'năm 5 thành phố',
    'thu giữ 10 máy tính',
    'sếp và 5 máy',
    '6 tháng',
    'SĐT 0902020123',
    'điều 12/2021/3',
    '',
  ])('finds no time in "%s"', (text) => {
    expect(timeExpressions(text)).toEqual([])
  })

  test('gives a place to the longest phrase only, and all phrases in their order', () => {
    expect(written('Ngày 26/6, sơ kết 6 tháng đầu năm 2023; phấn đấu đến năm 2025 giảm so với tháng 6/2022')).toEqual([
      'month-day 6-26',
      'half 2023-01-01..2023-06-30',
      'year 2025-01-01..2025-12-31 horizon',
      'month 2022-06-01..2022-06-30 baseline',
    ])
  })

  test('never overlaps, never leaves the text, never invents a day', () => {
    const piece = fc.constantFrom(
      'ngày ',
      '29',
      '12',
      '/',
      '-',
      ' tháng ',
      ' năm ',
      '2021',
      '2',
      '31',
      ' đến ',
      'quý ',
      'I ',
      'đầu ',
      'June ',
      '🚓',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = canonicalText(pieces.join(''))
        let last = 0
        for (const { start, end, from, to } of timeExpressions(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          last = end
          for (const day of [from, to]) {
            if (day !== undefined) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
          }
          if (from !== undefined && to !== undefined) expect(from <= to).toBe(true)
        }
      }),
    )
  })
})
