import { describe, expect, test } from 'vitest'
import type { SourceDocument } from '../corpus/source-document.ts'
import { AbbreviationTable } from '../language/abbreviations.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { questionAnchors } from './question-anchors.ts'
import { claimedRoles, contradiction } from './role-statements.ts'

const knowledge = loadLanguageKnowledge()
const report = {
  id: 'report',
  text: 'Ông Lê Văn Sơn khai mạc hội nghị. Bà Trần Thị Hoa nêu nhiều khó khăn. Phát biểu bế mạc, bà khen các đơn vị. Hội nghị do ông Đỗ Minh Hải chủ trì.',
} as SourceDocument

function claims(question: string) {
  const understood = {
    question,
    searchText: question,
    interpretation: { conferenceIds: null, scopeSpans: [] },
  } as unknown as UnderstoodQuestion
  const names = questionAnchors(understood, { ...knowledge, abbreviations: new AbbreviationTable([]) })
  return claimedRoles(
    question,
    names.filter(({ kind }) => kind === 'name'),
    knowledge,
  )
}

const truthOf = (question: string) =>
  claims(question).flatMap((claim) => {
    const truth = contradiction(claim, [report], knowledge)
    return truth === undefined ? [] : [report.text.slice(truth.start, truth.end)]
  })

describe('roles a question gives to people', () => {
  test.each([
    ['Vì sao ông Trần Quốc Tỏ bế mạc hội nghị?', ['closing']],
    ['Ông Lê Văn Sơn nói gì khi khai mạc hội nghị?', ['opening']],
    ['Ông Lê Văn Sơn nói gì ở buổi khai mạc triển lãm?', []],
    ['Ai chủ trì hội nghị có ông Lê Văn Sơn dự?', []],
    ['Ông Lê Văn Sơn nói gì về nhà ở?', []],
  ])('%s', (question, expected) => {
    expect(claims(question).map(({ role }) => role)).toEqual(expected)
  })
})

describe('what the documents say instead', () => {
  test('somebody else opened', () => {
    expect(truthOf('Vì sao ông Đỗ Minh Hải khai mạc hội nghị?')).toEqual(['Ông Lê Văn Sơn khai mạc hội nghị.'])
  })

  test('nothing against what they confirm, also where a pronoun stands for the name', () => {
    expect(truthOf('Vì sao ông Lê Văn Sơn khai mạc hội nghị?')).toEqual([])
    expect(truthOf('Bà Trần Thị Hoa bế mạc hội nghị thế nào?')).toEqual([])
  })

  test('nothing where no role is told', () => {
    expect(truthOf('Vì sao ông Lê Văn Sơn điều hành hội nghị?')).toEqual([])
  })
})
