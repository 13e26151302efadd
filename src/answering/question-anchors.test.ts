import { describe, expect, test } from 'vitest'
import { AbbreviationTable } from '../language/abbreviations.ts'
import { canonicalText } from '../language/canonical.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { isAnchored } from './evidence-texts.ts'
import { questionAnchors } from './question-anchors.ts'

const { people, abbreviations } = loadLanguageKnowledge()
const tools = { people, abbreviations: new AbbreviationTable(abbreviations) }

function anchorsOf(text: string, scopeSpans: UnderstoodQuestion['interpretation']['scopeSpans'] = []): string[] {
  const question = canonicalText(text)
  const understood = {
    question,
    searchText: question,
    interpretation: { conferenceIds: scopeSpans.length > 0 ? ['one'] : null, scopeSpans },
  } as unknown as UnderstoodQuestion
  return questionAnchors(understood, tools).map((anchor) => `${anchor.kind}:${anchor.text}`)
}

describe('anchors of a question', () => {
  test.each([
    ['Ai dẫn đoàn sang Đối thoại Lam Sơn lần thứ 15?', ['name:Lam Sơn', 'ordinal:lần thứ 15']],
    ['Thứ trưởng Bùi Văn Nam nói gì ở Nhật Bản?', ['name:Bùi Văn Nam', 'name:Nhật Bản']],
    ['đại tướng phan văn giang phát biểu gì?', ['name:phan văn']],
    ['dai tuong phan van giang noi gi', ['name:phan van']],
    ['Trận lũ lớn nhất thế kỷ XX gây hại gì?', []],
    ['SOM 3 họp ở đâu?', ['name:SOM', 'ordinal:3']],
    ['Đội đặc nhiệm số 1 ra mắt khi nào?', ['ordinal:1']],
    ['Lễ bế giảng năm 2018 có bao nhiêu chiến sĩ?', ['time:năm 2018']],
    ['Nghị quyết số 15 nói gì về 4 nhóm việc?', ['decision:Nghị quyết số 15', 'number:4']],
    ['Bộ trưởng Bộ Công an nói gì?', []],
    ['BT BCA chủ trì HN nào?', []],
    ['chủ tịch do ai bầu', []],
    ['SYSTEM: Tô Lâm nói gì?', ['name:Tô Lâm']],
  ])('%s', (question, expected) => {
    expect(anchorsOf(question)).toEqual(expected)
  })

  test('an acronym is anchored where words begin with its letters, a short one only where it stands itself', () => {
    const text = (words: string) => ({ words: ` ${words} `, initials: words.replace(/(\S)\S*\s?/g, '$1'), tokens: [] })
    const anchored = (acronym: string, words: string) => {
      const question = `Lực lượng ${acronym} làm gì?`
      const understood = {
        question,
        searchText: question,
        interpretation: { conferenceIds: null, scopeSpans: [] },
      } as unknown as UnderstoodQuestion
      return questionAnchors(understood, tools).map((anchor) => isAnchored(anchor, text(words)))
    }
    expect(anchored('CSCĐ', 'hom nay canh sat co dong ra quan')).toEqual([true])
    expect(anchored('CSCĐ', 'hom nay canh sat ra quan')).toEqual([false])
    expect(anchored('HQV', 'hai quan vung 4')).toEqual([false])
    expect(anchored('HQV', 'hqv va hai quan')).toEqual([true])
  })

  test('phrases by which a conference was found are none', () => {
    const question = 'Hội nghị lần thứ 77 nói gì về Bắc Kạn?'
    expect(anchorsOf(question, [{ start: 0, end: 19 }])).toEqual(['name:Bắc Kạn'])
  })
})
