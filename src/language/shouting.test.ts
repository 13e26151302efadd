import { expect, test } from 'vitest'
import { calmed } from './shouting.ts'

test.each([
  ['HỘI NGHỊ LẦN THỨ 76 BÀN GÌ', 'Hội nghị lần thứ 76 bàn gì'],
  ['ÔNG ẤY LÀ AI?', 'Ông ấy là ai?'],
  ['HOI NGHI 77 HOP KHI NAO', 'Hoi nghi 77 hop khi nao'],
  ['TTATXH', 'TTATXH'],
  ['ĐUCATW', 'ĐUCATW'],
  ['Bộ trưởng là ai?', 'Bộ trưởng là ai?'],
])('%s → %s', (typed, expected) => {
  expect(calmed(typed)).toBe(expected)
})
