import { describe, expect, test } from 'vitest'
import { loadLanguageKnowledge } from './knowledge.ts'

const { glossary } = loadLanguageKnowledge()

describe('EnglishGlossary', () => {
  test.each([
    ['Who chaired the 76th conference?', 'ai chủ trì hội nghị lần thứ 76?'],
    ['When did the 77th National Public Security Conference end?', 'khi nào hội nghị công an toàn quốc lần thứ 77 kết thúc?'],
    ['How many cities pilot model ward police?', 'bao nhiêu thành phố thí điểm kiểu mẫu công an phường?'],
  ])('%s → %s', (english, searchWords) => {
    expect(glossary.searchWords(english)).toBe(searchWords)
  })

  test('keeps names and numbers', () => {
    expect(glossary.searchWords('What did Tô Lâm say in 2021?')).toContain('Tô Lâm')
    expect(glossary.searchWords('What did Tô Lâm say in 2021?')).toContain('2021')
  })

  test('does not take "an" out of a Vietnamese term', () => {
    expect(glossary.searchWords('the police')).toBe('công an')
  })
})
