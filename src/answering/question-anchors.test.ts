import { describe, expect, test } from 'vitest'
import { AbbreviationTable } from '../language/abbreviations.ts'
import { canonicalText } from '../language/canonical.ts'
import { loadLanguageKnowledge } from '../language/knowledge.ts'
import { syllables } from '../language/syllables.ts'
import type { UnderstoodQuestion } from '../retrieval/understand.ts'
import { isAnchored } from './evidence-texts.ts'
import { type Anchor, questionAnchors } from './question-anchors.ts'

const knowledge = loadLanguageKnowledge()
const tools = { ...knowledge, abbreviations: new AbbreviationTable(knowledge.abbreviations) }

type Spans = UnderstoodQuestion['interpretation']['scopeSpans']

function understoodOf(text: string, scopeSpans: Spans = []): UnderstoodQuestion {
  const question = canonicalText(text)
  const interpretation = { conferenceIds: scopeSpans.length > 0 ? ['one'] : null, scopeSpans }
  return { question, searchText: question, interpretation } as unknown as UnderstoodQuestion
}

function anchorsOf(text: string, scopeSpans: Spans = []): string[] {
  return questionAnchors(understoodOf(text, scopeSpans), tools).map((anchor) => `${anchor.kind}:${anchor.text}`)
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
      return questionAnchors(understoodOf(`Lực lượng ${acronym} làm gì?`), tools).map((anchor) => isAnchored(anchor, text(words)))
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

  test('a name is anchored where a text uses another name for the same', () => {
    const [us] = questionAnchors(understoodOf('Ai đại diện cho Mỹ ký?'), tools)
    const words = syllables('đại diện Hoa Kỳ ký biên bản').map(({ folded }) => folded)
    expect(isAnchored(us as Anchor, { words: ` ${words.join(' ')} `, initials: '', tokens: [] })).toBe(true)
  })

  test('with accents only a title written so opens a name in small letters', () => {
    expect(anchorsOf('Hội nghị nêu chủ trương gì về biên giới?')).toEqual([])
    expect(anchorsOf('chú trương ba nói gì?')).toEqual(['name:trương ba'])
  })
})
