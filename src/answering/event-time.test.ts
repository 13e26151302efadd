import { expect, test } from 'vitest'
import type { Interpretation } from '../retrieval/interpretation.ts'
import { isOfAnotherTime } from './event-time.ts'

const asked = (answerType: Interpretation['answerType'], conferenceIds: string[] | null = ['a'], aboutEvent = true) => ({
  aboutEvent,
  interpretation: { answerType, conferenceIds, compared: [], from: null, to: null, years: [], unmatched: [], scopeSpans: [] },
})
const conference = { from: '2020-12-07', to: '2020-12-07' }

test.each([
  ['Phát biểu khai mạc, ông cho biết năm 2021 là năm có ý nghĩa đặc biệt quan trọng.', true],
  ['Sáng 7/12, hội nghị khai mạc tại Hà Nội, triển khai nhiệm vụ năm 2021.', false],
  ['Ngày 5/12/2020, hội nghị khai mạc.', false],
  ['Tháng 12/2020, hội nghị khai mạc.', false],
  ['Ngày 7/12/2019, hội nghị lần trước khai mạc.', true],
  ['Hội nghị khai mạc trọng thể.', false],
])('when an event opened: %s', (sentence, other) => {
  expect(isOfAnotherTime(asked('date'), sentence, conference)).toBe(other)
})

test('nothing is said of other questions, nor of an event without a date', () => {
  const sentence = 'Phát biểu khai mạc, ông cho biết năm 2021 là năm có ý nghĩa đặc biệt quan trọng.'
  expect(isOfAnotherTime(asked('person'), sentence, conference)).toBe(false)
  expect(isOfAnotherTime(asked('date', null), sentence, conference)).toBe(false)
  expect(isOfAnotherTime(asked('date', ['a'], false), sentence, conference)).toBe(false)
  expect(isOfAnotherTime(asked('date'), sentence, { from: null, to: null })).toBe(false)
})
