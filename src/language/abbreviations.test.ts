import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AbbreviationTable, abbreviationFileSchema, definedAbbreviations } from './abbreviations.ts'
import { readDataFile } from './data-file.ts'

const shipped = new AbbreviationTable(readDataFile('abbreviations.json', abbreviationFileSchema).entries)

describe('AbbreviationTable', () => {
  test.each([
    ['ANTT', 'an ninh trật tự'],
    ['antt', 'an ninh trật tự'],
    ['A.N.T.T', 'an ninh trật tự'],
    ['T.Ư', 'Trung ương'],
    ['TW', 'Trung ương'],
    ['đ/c', 'đồng chí'],
    ['ĐUCATW', 'Đảng ủy Công an Trung ương'],
    ['DUCATW', 'Đảng ủy Công an Trung ương'],
    ['6T', '6 tháng'],
    ['ntn', 'như thế nào'],
    ['TTATXH', 'trật tự an toàn xã hội'],
  ])('the shipped table expands %s', (short, long) => {
    expect(shipped.expansions(`vấn đề ${short}.`)).toEqual([long])
  })

  test.each(['Từ', 'TỪ', 'Tư', 'tự', 'Ca', 'ca', 'Cả', 'Bị'])('"%s" is a word, not a short form', (word) => {
    expect(shipped.expansions(`${word} năm 2021`)).toEqual([])
    expect(shipped.capitalised(`${word} năm 2021`)).toBe(`${word} năm 2021`)
  })

  test('a marked letter may be typed without its mark, each by itself', () => {
    for (const word of ['ĐUCATƯ', 'DUCATƯ', 'ĐUCATU', 'DUCATU']) expect(shipped.expansions(word), word).toHaveLength(1)
    expect(shipped.expansions('CẠND')).toEqual([])
  })

  test('any text is expanded word for word as a pattern would find the words', () => {
    const table = new AbbreviationTable(['a', 'b', 'ab', '1', 'a1'].map((short) => ({ short: [short.toUpperCase()], long: `<${short}>` })))
    const byPattern = (text: string) => (text.match(/[\p{L}\p{N}]+(?:[./]\p{L}+)*/gu) ?? []).flatMap((word) => table.expansions(word))
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B', '1', '.', '/', ' ', '\u0301')), (parts) => {
        expect(table.expansions(parts.join(''))).toEqual(byPattern(parts.join('')))
      }),
    )
  })

  test('expands all abbreviations of a text in their order and leaves words alone', () => {
    expect(shipped.expansions('PCCC&CNCH của CAND: công tác thường xuyên')).toEqual([
      'phòng cháy chữa cháy',
      'cứu nạn cứu hộ',
      'Công an nhân dân',
    ])
  })

  test('gives every meaning of one that stands for several things, each once', () => {
    const table = new AbbreviationTable([
      { short: ['TT'], long: 'Thứ trưởng' },
      { short: ['TT', 'tt'], long: 'Thượng tướng' },
      { short: ['TT'], long: 'Thứ trưởng' },
    ])
    expect(table.expansions('TT nói')).toEqual(['Thứ trưởng', 'Thượng tướng'])
  })
})

describe('definedAbbreviations', () => {
  test('learns the pairs a text defines itself', () => {
    const text = 'giữ gìn trật tự, an toàn xã hội (TTATXH) và an ninh, trật tự (ANTT) cho lực lượng Công an nhân dân (CAND).'
    expect(definedAbbreviations(text)).toEqual([
      { short: ['TTATXH'], long: 'trật tự, an toàn xã hội' },
      { short: ['ANTT'], long: 'an ninh, trật tự' },
      { short: ['CAND'], long: 'Công an nhân dân' },
    ])
  })

  test.each(['Hội nghị tại Hà Nội (ABC)', 'Tô Lâm (ảnh)', '(HN)', 'năm (5)'])('learns nothing from "%s"', (text) => {
    expect(definedAbbreviations(text)).toEqual([])
  })
})
