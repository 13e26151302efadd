import { expect, test } from 'vitest'
import { shownDate, typedDate } from './dates.ts'

test.each([
  ['2021-12-29', '29/12/2021', '29 Dec 2021'],
  ['2021-12', '12/2021', 'Dec 2021'],
  ['2021', '2021', '2021'],
  ['2021-06-24T07:36', '24/06/2021, 07:36', '24 Jun 2021, 07:36'],
])('%s is shown as precise as it is', (date, vi, en) => {
  expect(shownDate(date, 'vi')).toBe(vi)
  expect(shownDate(date, 'en')).toBe(en)
})

test.each([
  ['29/12/2021', '2021-12-29'],
  [' 1-2-2021 ', '2021-02-01'],
  ['12/2021', '2021-12'],
  ['2021', '2021'],
  ['2021-12-29', '2021-12-29'],
  ['31/02/2021', null],
  ['13/2021', null],
  ['hôm qua', null],
  ['', null],
  ['1/2/3/2021', null],
])('what is typed as %s is read', (typed, iso) => {
  expect(typedDate(typed)).toBe(iso)
})
