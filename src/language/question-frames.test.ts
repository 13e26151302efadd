import { describe, expect, test } from 'vitest'
import { contentOf, withoutFrame } from './question-frames.ts'

describe('withoutFrame', () => {
  test.each([
    ['Cho tôi xin hỏi: Ai chủ trì hội nghị ạ?', 'Ai chủ trì hội nghị'],
    ['cho minh hoi ai chu tri hoi nghi voi', 'ai chu tri hoi nghi'],
    ['Xin chào, ai khai mạc hội nghị?', 'ai khai mạc hội nghị'],
    ['Hãy cho biết nhiệm vụ năm 2022 là gì?', 'nhiệm vụ năm 2022 là gì'],
    ['Could you please tell me: who chaired it?', 'who chaired it'],
  ])('%s → %s', (question, core) => {
    expect(withoutFrame(question)).toBe(core)
  })

  test.each(['Hội nghị 77 nói gì', 'Hội đồng nhân dân là gì', 'Công an xã', 'ai', 'cho'])('%s stays', (question) => {
    expect(withoutFrame(question)).toBe(question)
  })
})

describe('contentOf', () => {
  test('leaves what is asked about, without question words and scope', () => {
    const question = 'Hội nghị lần thứ 77 ai phát biểu kết luận?'
    expect(contentOf(question, [{ start: 0, end: 19 }])).toBe('phát biểu kết luận')
  })

  test.each([
    ['Đầu năm 2021 máy bay não bộ đậu ở đâu?', 'Đầu năm 2021 máy bay não bộ đậu'],
    ['Thế giới nói gì về tội phạm?', 'Thế giới nói về tội phạm'],
    ['the gioi noi gi ve toi pham', 'the gioi noi ve toi pham'],
    ['dau nam 2021 ai khai mac', 'nam 2021 khai mac'],
    ['Who opened the conference?', 'opened conference'],
  ])('%s → %s', (question, content) => {
    expect(contentOf(question)).toBe(content)
  })

  test('is empty when nothing but the scope is named', () => {
    expect(contentOf('khi nào?', [])).toBe('')
  })
})
