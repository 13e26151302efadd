import { describe, expect, it } from 'vitest'
import { answerType } from '../language/answer-type.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import type { Interpretation } from '../retrieval/interpretation.ts'
import { saysOnlyThatItWasSaid } from './empty-statements.ts'

const knowledge = loadLanguageKnowledge()
const interpretation: Interpretation = {
  conferenceIds: null,
  compared: [],
  from: null,
  to: null,
  years: [],
  unmatched: [],
  scopeSpans: [],
  answerType: 'statement',
}

function isEmpty(question: string, sentence: string): boolean {
  const understood = { searchText: question, interpretation: { ...interpretation, answerType: answerType(question) } }
  return saysOnlyThatItWasSaid(understood, sentence, knowledge)
}

describe('a sentence tells no more than that somebody spoke', () => {
  it.each([
    [
      'Thủ tướng Lê Văn Bình giao những nhiệm vụ nào khi phát biểu chỉ đạo hội nghị?',
      'Ủy viên Bộ Chính trị, Thủ tướng Chính phủ Lê Văn Bình tới dự và phát biểu chỉ đạo Hội nghị.',
    ],
    [
      'Đại tá Hoàng Minh Đức nói gì tại điểm cầu Lào Cai?',
      'Đại tá Hoàng Minh Đức, Phó Giám đốc Công an tỉnh chủ trì tại điểm cầu Lào Cai.',
    ],
  ])('%s', (question, sentence) => expect(isEmpty(question, sentence)).toBe(true))

  it.each([
    [
      'Thủ tướng Lê Văn Bình đã phát biểu những gì?',
      'Thủ tướng Lê Văn Bình yêu cầu lực lượng bảo vệ rừng đầu nguồn và hỗ trợ người dân vùng lũ.',
    ],
    ['Ai phát biểu khai mạc hội nghị?', 'Đại tướng Lê Văn Bình phát biểu khai mạc hội nghị.'],
    ['Thủ tướng Lê Văn Bình dự hội nghị nào?', 'Thủ tướng Lê Văn Bình dự và chỉ đạo hội nghị.'],
    ['Hội nghị bàn những gì?', 'Hội nghị bàn về lũ.'],
  ])('not: %s', (question, sentence) => expect(isEmpty(question, sentence)).toBe(false))
})
