import { expect, test } from 'vitest'
import type { Conference } from '../indexing/conferences.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { statedFact } from './stated-fact.ts'

const { persons } = loadLanguageKnowledge()
const conference = { date: null } as Conference

test.each([
  ['number', 'Giảm bao nhiêu phần trăm số vụ?', 'Mục tiêu là giảm ít nhất 5% số vụ trộm.', 'ít nhất 5%'],
  ['number', 'Có bao nhiêu đại biểu dự?', 'Hội nghị có hơn 250 đại biểu dự.', 'hơn 250 đại biểu'],
  ['number', 'Có bao nhiêu đại biểu dự?', 'Hội nghị có 250 đại biểu dự.', '250 đại biểu'],
  ['person', 'Thứ trưởng nào điều hành?', 'Thứ trưởng Trần Quốc Tỏ điều hành phiên họp.', 'Trần Quốc Tỏ'],
  ['person', 'Bộ trưởng nào ký chỉ thị?', 'Thứ trưởng Trần Quốc Tỏ điều hành phiên họp.', undefined],
] as const)('%s: "%s" by "%s" is %s', (answerType, searchText, sentence, fact) => {
  const understood = { searchText, interpretation: { answerType, compared: [] }, aboutEvent: false } as unknown as UnderstoodQuestion
  expect(statedFact(understood, { sentence, conference }, persons)).toBe(fact)
})
