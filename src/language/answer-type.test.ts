import { describe, expect, test } from 'vitest'
import { type AnswerType, answerType, isEnglish } from './answer-type.ts'
import { fold } from './folding.ts'

const TABLE: [string, AnswerType][] = [
  ['Ai chủ trì hội nghị?', 'person'],
  ['Bộ trưởng là ai?', 'person'],
  ['Hội nghị diễn ra khi nào?', 'date'],
  ['Hội nghị họp ngày nào?', 'date'],
  ['Hội nghị tổ chức ở đâu?', 'place'],
  ['Giảm bao nhiêu phần trăm?', 'number'],
  ['Hội nghị kéo dài bao lâu?', 'duration'],
  ['Vì sao năm 2021 quan trọng?', 'reason'],
  ['Đại hội lần thứ mấy?', 'ordinal'],
  ['Quốc hội khóa nào?', 'ordinal'],
  ['Trích nguyên văn lời Bộ trưởng', 'quote'],
  ['Hội nghị 76 và 77 khác nhau ra sao?', 'comparison'],
  ['Hội nghị gồm những gì?', 'list'],
  ['ANTT là gì?', 'definition'],
  ['Tội phạm được xử lý như thế nào?', 'manner'],
  ['Bối cảnh hội nghị', 'statement'],
]

describe('answerType', () => {
  test.each(TABLE)('%s → %s', (question, type) => {
    expect(answerType(question)).toBe(type)
  })

  test.each(TABLE)('%s without accents → %s', (question, type) => {
    expect(answerType(fold(question))).toBe(type)
  })

  test('"ai" inside another word asks for nobody', () => {
    expect(answerType('tại hội nghị')).toBe('statement')
  })
})

describe('isEnglish', () => {
  test.each(['Who chaired the 2024 conference?', 'When was it held?', 'what is the crime reduction target'])('%s is', (question) => {
    expect(isEnglish(question)).toBe(true)
  })

  test.each(['the nao la the ky', 'to lam la ai', 'hoi nghi an ninh to chuc o dau', 'Who là ai?'])('%s is not', (question) => {
    expect(isEnglish(question)).toBe(false)
  })
})
