import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assistant, createAssistant } from '../assistant.ts'
import { makeWorkspace, type Workspace } from '../testing/faces-workspace.ts'
import { comparisonKey } from './answer-match.ts'
import { clozeClause } from './draft-cloze.ts'
import { feedbackDrafts, withEvidence } from './draft-feedback.ts'
import { draftQuestions } from './draft-questions.ts'
import { draftSource } from './draft-source.ts'
import { evaluatedSystem } from './evaluated-system.ts'
import { goldFaults } from './gold-faults.ts'
import type { GoldQuestion } from './gold-question.ts'

let workspace: Workspace
let assistant: Assistant
let drafts: GoldQuestion[]

beforeAll(async () => {
  workspace = await makeWorkspace()
  assistant = createAssistant(workspace.config)
  drafts = draftQuestions(draftSource(await assistant.index()))
})
afterAll(async () => {
  await assistant?.close()
  await workspace?.remove()
})

describe('drafts over the five reports', () => {
  test('are many, of many kinds, near-misses among them', () => {
    expect(drafts.length).toBeGreaterThanOrEqual(40)
    const kinds = new Set(drafts.map(({ category }) => category))
    expect(kinds.size).toBeGreaterThanOrEqual(6)
    expect(kinds).toContain('near_miss')
  })

  test('are proven by the documents, word for word, and none asks the same as another', async () => {
    expect(goldFaults(drafts, (await evaluatedSystem(assistant)).documents)).toEqual([])
  })

  test('do not give their answer away', () => {
    for (const { question, must_include } of drafts) {
      for (const way of must_include.flat()) expect(comparisonKey(question), question).not.toContain(comparisonKey(way))
    }
  })

  test('ask what was found in the text', () => {
    const answers = new Map(drafts.map(({ question, must_include, reason }) => [question, must_include[0] ?? reason]))
    expect(answers.get('Ai khai mạc Hội nghị Công an toàn quốc lần thứ 76?')).toEqual(['Tô Lâm'])
    expect(answers.get('TTATXH là viết tắt của cụm từ nào?')).toEqual(['trật tự, an toàn xã hội'])
    expect(answers.get('Hội nghị Công an toàn quốc lần thứ 78 diễn ra khi nào?')).toBe('unknown-conference')
  })

  test('are the same each time', async () => {
    expect(draftQuestions(draftSource(await assistant.index()))).toEqual(drafts)
  })
})

describe('a clause as a question', () => {
  const words = { openers: ['phấn đấu'], leading: ['trong'] }
  const asked = (sentence: string, answer: string, questionWord = 'gì') => {
    const start = sentence.indexOf(answer)
    return clozeClause(sentence, { start, end: start + answer.length, questionWord }, words)
  }

  test('has the question word where the answer stood, and begins where a clause does', () => {
    expect(asked('Hội nghị xác định: phấn đấu đến năm 2030 xây dựng lực lượng tinh nhuệ, hiện đại.', 'năm 2030', 'năm nào')).toBe(
      'phấn đấu đến năm nào xây dựng lực lượng tinh nhuệ',
    )
  })

  test('is not cut within an enumeration', () => {
    expect(asked('Hội nghị biểu dương Công an xã, thị trấn đã hoàn thành tốt 15 chỉ tiêu.', '15', 'bao nhiêu')).toBe(
      'Hội nghị biểu dương Công an xã, thị trấn đã hoàn thành tốt bao nhiêu chỉ tiêu',
    )
  })

  test('is none where too little would be asked', () => {
    expect(asked('Năm 2020.', '2020')).toBeUndefined()
  })
})

describe('feedback as gold', () => {
  const answer = {
    answerable: true,
    refusal: null,
    citations: [{ quote: 'Hội nghị kết thúc chiều 29-12.', document: { id: 'bai-77' } }],
  }
  const judged = (verdict: Parameters<typeof feedbackDrafts>[0][number]['verdict'], given: unknown = answer) =>
    feedbackDrafts([{ answerId: '0123456789ab', verdict, note: 'ghi chú', turn: { question: 'Khi nào?', history: [], answer: given } }])[0]

  test('takes the proof of a right answer, and none of a wrong one', () => {
    expect(judged('right')).toMatchObject({
      answerable: true,
      evidence: [answer.citations[0]?.quote],
      source_docs: ['bai-77'],
      note: 'ghi chú',
    })
    expect(judged('wrong-answer')).toMatchObject({ answerable: true, evidence: [], source_docs: [] })
    expect(judged('should-answer')).toMatchObject({ answerable: true, evidence: [] })
  })

  test('takes a refusal as due when it was said to be', () => {
    expect(judged('should-refuse')).toMatchObject({ answerable: false, reason: 'not-stated' })
    const refused = { answerable: false, refusal: { reason: 'out-of-corpus' }, citations: [] }
    expect(judged('right', refused)).toMatchObject({ answerable: false, reason: 'out-of-corpus' })
  })

  test('gets its evidence from a person, if a document has it', () => {
    const gold = judged('wrong-answer') as GoldQuestion
    const texts = new Map([['bai-77', 'Chiều 29-12,\nhội nghị đã kết thúc.']])
    expect(withEvidence(gold, 'hội nghị đã kết thúc.', texts)).toMatchObject({ source_docs: ['bai-77'] })
    expect(withEvidence(gold, 'hội nghị chưa kết thúc.', texts)).toBeUndefined()
    expect(withEvidence(gold, ' ', texts)).toBeUndefined()
  })
})
