import { expect, test } from 'vitest'
import { loadLanguageKnowledge } from './knowledge.ts'

const { titles } = loadLanguageKnowledge()
const owned = (text: string, close = false) =>
  Object.fromEntries([...titles.byPerson(text, close)].map(([name, keys]) => [name, [...keys].sort()]))

test('of two titles that overlap the longer one counts', () => {
  expect(titles.in('Phó Giám đốc Công an tỉnh và Thứ trưởng Bộ Công an').map(({ key }) => key)).toEqual(['phó giám đốc', 'thứ trưởng'])
})

test('a title belongs to the person it stands by, before the name or behind it', () => {
  const text = 'Thượng tướng Lương Tam Quang, Bộ trưởng Bộ Công an và Đại tá Hà Trọng Trung dự.'
  expect(owned(text)).toEqual({ 'lương tam quang': ['bộ trưởng', 'thượng tướng'], 'hà trọng trung': ['đại tá'] })
})

test('right at the name only what introduces it or follows it behind a comma', () => {
  expect(owned('Bộ trưởng Bộ Công an Lương Tam Quang yêu cầu các Giám đốc chấp hành.', true)).toEqual({ 'lương tam quang': ['bộ trưởng'] })
})
