import { expect, test } from 'vitest'
import { readDataFile } from './data-file.ts'
import { SmallTalk, smallTalkFileSchema } from './small-talk.ts'

const talk = new SmallTalk(readDataFile('small-talk.json', smallTalkFileSchema))

test.each([
  'Xin chào!',
  'chao ban',
  'Cảm ơn bạn nhiều ạ.',
  'Chào, bạn là ai?',
  'Bạn có thể làm gì',
  'hello, what can you do?',
  'Có những hội nghị nào trong kho?',
  'kể tên các hội nghị',
  'Kho tài liệu hiện có gì?',
  'trong kho co bao nhieu tai lieu',
  'Liệt kê tất cả các báo cáo đang có',
  'Which conferences do you have?',
])('"%s" is said to the assistant', (text) => {
  expect(talk.isAll(text)).toBe(true)
})

test.each([
  '',
  '?!',
  'Hội nghị ở đâu?',
  'Hội nghị khai mạc khi nào?',
  'Các hội nghị nói gì về ma túy?',
  'Hội nghị lần thứ 77 có những ai dự?',
  'Cảm ơn ai?',
  'Chào cờ lúc mấy giờ?',
  'Có bao nhiêu đại biểu dự hội nghị?',
  'Hội nghị nào nói về Công an xã?',
  'Bộ Công an tặng quà cảm ơn ai?',
])('"%s" is not', (text) => {
  expect(talk.isAll(text)).toBe(false)
})
